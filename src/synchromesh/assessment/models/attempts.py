"""Attempts: what a person answered, when, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.assessment.models.banks import Question, QuestionBank
from synchromesh.assessment.models.instruments import Instrument


class Attempt(models.Model):
    """One go of a person at an instrument. What was drawn stands in its responses, made when it starts.

    `occasion` is the uid of what it is taken for, such as an enrolment: attempts are counted for each occasion.
    `due_at` follows the server's clock. `submitted_at` is set by handing in or when time is up; `marked_at` when no
    response waits for a person any more, and only then is there a result.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attempts")
    occasion = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    time_was_up = models.BooleanField(default=False)
    marked_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    most_points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["instrument_id", "person_id", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "person", "occasion", "number"], name="attempt_number_unique"
            ),
            models.UniqueConstraint(
                fields=["instrument", "person", "occasion"],
                condition=models.Q(submitted_at=None),
                name="attempt_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(marked_at=None) | models.Q(submitted_at__isnull=False),
                name="attempt_marked_after_submission",
            ),
        ]
        indexes = [models.Index(fields=["occasion"], name="attempt_occasion")]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.person_id} at {self.instrument_id}"


class Response(models.Model):
    """One question of an attempt with the answer. `save_number` counts up with every save, so that an older page that
    is still open on another device cannot overwrite a newer answer.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="responses")
    answer = models.JSONField(null=True, blank=True)
    save_number = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="Feedback was shown: the answer stands.")
    seconds = models.PositiveIntegerField(default=0, help_text="Time on the question, as the server saw it.")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    is_correct = models.BooleanField(null=True, blank=True)
    waits_for_mark = models.BooleanField(default=False)

    class Meta:
        ordering = ["attempt_id", "position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_position_unique")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"


class AnswerFile(models.Model):
    """A file handed in as an answer; it lies in the data folder under its uid."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["response_id", "id"]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """What a person gave for one criterion of a response. A new mark does not erase the former: the latest counts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=80)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    comment = models.TextField(blank=True)
    marked_by = models.CharField(max_length=40)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["response_id", "criterion", "-marked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


class TimeAllowance(models.Model):
    """More time for one person in all tests of a bank; why is not kept."""

    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="time_allowances")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="time_allowances")
    percent = models.PositiveSmallIntegerField(help_text="Added to the time limit: 25 makes 40 minutes 50.")
    granted_by = models.CharField(max_length=40)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["bank_id", "person_id"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "person"], name="time_allowance_unique"),
            models.CheckConstraint(condition=models.Q(percent__gte=1, percent__lte=300), name="time_allowance_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} +{self.percent} %"
