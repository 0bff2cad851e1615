"""What completing a course earns: an achievement that its provider awards."""

from __future__ import annotations

from django.db import models

from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement


class CourseAchievement(models.Model):
    """Whoever completes a version that issues credentials is awarded this achievement."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="earned_achievement")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="+")
    linked_by = models.CharField(max_length=40)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["course"]

    def __str__(self) -> str:
        return f"{self.course_id} earns {self.achievement_id}"
