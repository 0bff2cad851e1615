"""Classes that pass practice passports along the chain: a teacher, teams, and a seat for each learner."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind


class ChainRole(models.TextChoices):
    """Who does what in the life of a battery."""

    MAKER = "maker", "Cell maker"
    CARMAKER = "carmaker", "Car maker"
    WORKSHOP = "workshop", "Workshop"
    RECYCLER = "recycler", "Recycler"
    AUTHORITY = "authority", "Authority"


class Classroom(models.Model):
    """A class. Learners come in with its `code`, without an e-mail address if need be."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teacher = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passport_classrooms")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in BatteryKind])
    code = models.CharField(max_length=9, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.title


class ClassroomTeam(models.Model):
    """Learners who pass one battery along the chain; `holder` has its passport at the moment.

    `faults` are those that were planted: the field, the kind of fault, and what the field states as long as nobody has
    mended it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="teams")
    number = models.PositiveSmallIntegerField()
    holder = models.CharField(max_length=10, choices=ChainRole.choices, default=ChainRole.MAKER)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ["classroom", "number"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "number"], name="classroom_team_number_unique"),
        ]

    def __str__(self) -> str:
        return f"team {self.number} of {self.classroom_id}"


class ClassroomSeat(models.Model):
    """A learner in a class: in which team, and in which role."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passport_seats")
    team = models.ForeignKey(ClassroomTeam, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=10, choices=ChainRole.choices)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["classroom", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "person"], name="classroom_seat_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"
