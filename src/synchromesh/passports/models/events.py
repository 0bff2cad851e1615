"""What happened in the life of a battery, and who may say so."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.passports.models.classrooms import ChainRole
from synchromesh.passports.models.passports import Passport


class EventKind(models.TextChoices):
    """What can happen to a battery."""

    MADE = "made", "Made"
    PLACED = "placed", "Placed on the market"
    USED = "used", "Values of use recorded"
    REPURPOSED = "repurposed", "Repurposed"
    RECYCLED = "recycled", "Recycled"
    CEASED = "ceased", "Passport ceased to exist"


class LifeCycleEvent(models.Model):
    """One event, by which role of the chain. `before` and `number` are the versions before and after it.

    `changed` names the fields that it changed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    role = models.CharField(max_length=10, choices=ChainRole.choices)
    happened_on = models.DateField()
    before = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    changed = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["passport", "recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["passport", "kind"],
                condition=~models.Q(kind="used"),
                name="passport_event_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.passport_id} {self.kind}"
