"""What a learner does: enrolment, progress, what was earned, notes."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.learning.models.content import ContentVersion, Unit


class EnrolmentState(models.TextChoices):
    """The life of an enrolment. `waiting` is a place on the waiting list of a cohort."""

    WAITING = "waiting", "On the waiting list"
    ACTIVE = "active", "Learning"
    COMPLETED = "completed", "Completed"
    LEFT = "left", "Left"


class Enrolment(models.Model):
    """A person in a course, alone or in a cohort (`run`). Taking a course again is another round.

    `last_unit` is where they were last, on whatever device. The version stays the one with which they began.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(ContentVersion, on_delete=models.PROTECT, related_name="enrolments")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE)
    language = models.CharField(max_length=2)
    joined_by = models.CharField(max_length=10, help_text="open, code, invitation, list or staff")
    enrolled_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True, help_text="When a place was free; empty while waiting.")
    last_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    shares_pilot_answers = models.BooleanField(default=False)

    class Meta:
        ordering = ["-enrolled_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "round"], name="enrolment_round_unique"),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=models.Q(state__in=["waiting", "active"]),
                name="enrolment_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state", "enrolled_at"], name="enrolment_of_run"),
            models.Index(fields=["version", "state"], name="enrolment_of_version"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.course_id} ({self.state})"


class UnitProgress(models.Model):
    """What a learner's browser reported about one unit, and what the server made of it.

    `state` has the shape that the unit's kind says. `save_number` counts up with every save (see assessment.Response).
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="progress")
    state = models.JSONField(default=dict, blank=True)
    save_number = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment_id", "unit_id"]
        verbose_name_plural = "unit progress"
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit"], name="unit_progress_unique")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_id}"


class EarnedAchievement(models.Model):
    """What a learner earned by completing a course. `result` is the rule and what was reached, as it was shown.

    Kept until it is issued: `credential_uid` stays empty until there is a credential of it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="achievement")
    earned_at = models.DateTimeField()
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    result = models.JSONField()
    to_be_issued = models.BooleanField(default=False)
    credential_uid = models.UUIDField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-earned_at", "-id"]

    def __str__(self) -> str:
        return f"achievement of {self.enrolment_id}"


class PrivateNote(models.Model):
    """A learner's own note beside a unit. Nobody else reads it, also not alliance staff."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="private_notes")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    unit_key = models.SlugField(max_length=80)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["course_id", "unit_key", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "course", "unit_key"], name="private_note_unique")]

    def __str__(self) -> str:
        return f"note of {self.person_id} on {self.unit_key}"


class StuckReport(models.Model):
    """A learner says that they cannot go on at a unit, and perhaps why. Tutors and the pilot report read it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="stuck_reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stuck_reports")
    text = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} stuck at {self.unit_id}"
