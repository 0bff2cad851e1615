"""Who works on a course besides the editors of its provider."""

from __future__ import annotations

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models.courses import Course


class CoursePart(models.TextChoices):
    """What somebody does for a course."""

    AUTHOR = "author", "Author"
    TUTOR = "tutor", "Tutor"
    REVIEWER = "reviewer", "Reviewer"


class CourseRole(models.Model):
    """A person's part in a course. Editors of its provider and alliance staff need none."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="course_roles")
    part = models.CharField(max_length=8, choices=CoursePart.choices)
    given_by = models.CharField(max_length=40)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["course_id", "part", "person_id"]
        constraints = [models.UniqueConstraint(fields=["course", "person", "part"], name="course_role_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.part} of {self.course_id}"
