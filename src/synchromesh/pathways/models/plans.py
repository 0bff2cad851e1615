"""The training that a person plans."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.framework.models import FrameworkVersion, JobRole


class Plan(models.Model):
    """A path that a person saved, with the version and the wishes it was computed for."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="plans")
    role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="plans")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="plans")
    hour_value_cents = models.PositiveIntegerField(default=2000)
    proved = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-saved_at", "-id"]

    def __str__(self) -> str:
        return f"plan {self.uid}"


class StepStatus(models.TextChoices):
    """How far a course of a plan has come."""

    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    FINISHED = "finished", "Finished"


class PlanStep(models.Model):
    """One course of a plan, in order."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="plan_steps")
    position = models.PositiveSmallIntegerField()
    closes = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=StepStatus.choices, default=StepStatus.PLANNED)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plan_step_position_unique")]

    def __str__(self) -> str:
        return f"{self.plan_id} step {self.position}"
