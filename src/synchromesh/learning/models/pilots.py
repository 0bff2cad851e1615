"""Pilots: a course version that is tried with a target group before it is offered to everybody."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.assessment.models import Instrument
from synchromesh.learning.models.content import ContentVersion


class PilotDecision(models.TextChoices):
    """What a pilot ends with."""

    GO = "go", "Offer it to everybody"
    REVISE = "revise", "Revise it"


class Pilot(models.Model):
    """A trial of one published version: who, what is measured before and after, what was decided.

    `least_gain` is the gain between the tests, in percentage points, that the pilot wants to see; `least_learners` how
    many must have taken both tests before a decision.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.OneToOneField(ContentVersion, on_delete=models.PROTECT, related_name="pilot")
    target_group = models.CharField(max_length=500)
    least_learners = models.PositiveSmallIntegerField(default=10)
    least_gain = models.PositiveSmallIntegerField(default=10)
    before_test = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    after_test = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    questionnaire = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=6, choices=PilotDecision.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return f"pilot of {self.version_id}"
