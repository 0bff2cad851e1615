"""Issuing for a list of people: previewed, released by a second person where the achievement says so, then queued."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.credentials.models.achievements import AchievementVersion


class BatchState(models.TextChoices):
    """How far it is. Rows that could not be issued stay with their reason; a finished batch may be continued."""

    PREVIEW = "preview", "Preview: nothing issued"
    WAITING = "waiting", "Waits for a second person"
    RUNNING = "running", "Issuing"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class IssueBatch(models.Model):
    """A list of people who get one achievement. Issuing goes on where it stopped; a row is never issued twice."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(AchievementVersion, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=BatchState.choices, default=BatchState.PREVIEW)
    valid_from = models.DateTimeField()
    sends_mail = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=40)
    released_by = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_in_all = models.PositiveIntegerField(default=0)
    rows_issued = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name_plural = "issue batches"

    def __str__(self) -> str:
        return self.name or str(self.uid)


class IssueRow(models.Model):
    """One person of a list. `problem` says why the row cannot be issued and how to mend it; `issued` that it was.

    `holder` is set for who holds all parts of the achievement: the credential goes into their account, once.
    """

    batch = models.ForeignKey(IssueBatch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(help_text="Row in the file, from 1, without the heading.")
    holder = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    issued = models.BooleanField(default=False)

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="issue_row_position_unique")]
        indexes = [
            models.Index(
                fields=["batch", "position"], condition=models.Q(issued=False, problem=""), name="issue_row_open"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.position} of {self.batch_id}"
