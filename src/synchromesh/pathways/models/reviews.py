"""What people who took a course say about it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course


class ReviewState(models.TextChoices):
    """Whether a review is shown."""

    WAITING = "waiting", "Waiting to be read"
    SHOWN = "shown", "Shown"
    REFUSED = "refused", "Not shown"


class Review(models.Model):
    """A person's words about a course that they finished; shown without their name, after somebody read it.

    `helped` is the answer to "Did it help you at work?": 3 yes, 2 partly, 1 no. `answer` is the provider's.
    """

    goes_with_its_whole = True  # see plumbing.undo

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="reviews")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reviews")
    helped = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=7)
    finished_on = models.DateField()
    written_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.WAITING)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is not shown, told to its author.")
    answer = models.TextField(max_length=1000, blank=True)
    answer_language = models.CharField(max_length=7, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="review_once_a_course"),
            models.CheckConstraint(condition=models.Q(helped__gte=1, helped__lte=3), name="review_helped_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"review {self.uid}"
