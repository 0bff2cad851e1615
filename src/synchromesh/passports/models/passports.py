"""Practice passports and their versions."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models.classrooms import ClassroomTeam
from synchromesh.plumbing.sources import Origin

KIND_LABELS = {
    BatteryKind.EV: "Electric vehicle",
    BatteryKind.LMT: "Light means of transport",
    BatteryKind.INDUSTRIAL: "Industrial, above 2 kWh",
}


class PassportState(models.TextChoices):
    """How far a battery has come in its life."""

    DRAFT = "draft", "Draft"
    MADE = "made", "Made"
    PLACED = "placed", "On the market"
    IN_USE = "in_use", "In use"
    REPURPOSED = "repurposed", "Repurposed"
    RECYCLED = "recycled", "Recycled"
    CEASED = "ceased", "Ceased to exist"


class Passport(models.Model):
    """A practice passport. What it states lies in its versions; `number` is that of the newest.

    It belongs to a person or to an organisation; one of a class to its teacher, and `team` works on it. `gtin` and
    `serial` repeat what the newest version states, so that the address behind a QR code leads here. Public visitors
    see it once it is `published_at`, from version `published_number` on.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="passports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="passports"
    )
    team = models.ForeignKey(ClassroomTeam, on_delete=models.CASCADE, null=True, blank=True, related_name="passports")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    state = models.CharField(max_length=10, choices=PassportState.choices, default=PassportState.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.REAL)
    number = models.PositiveIntegerField(default=0)
    gtin = models.CharField(max_length=14, blank=True, db_index=True)
    serial = models.CharField(max_length=80, blank=True)
    predecessor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_number = models.PositiveIntegerField(null=True, blank=True)
    ceased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(organisation=None), name="passport_one_owner"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_number=None)
                | models.Q(published_at__isnull=False, published_number__isnull=False),
                name="passport_published_with_version",
            ),
            models.UniqueConstraint(
                fields=["gtin", "serial"],
                condition=~models.Q(gtin="") & ~models.Q(serial="") & models.Q(published_at__isnull=False),
                name="passport_published_identity_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PassportVersion(models.Model):
    """What a passport stated after one change: the document in our own form. It never changes."""

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField(help_text="The document of engine.passport_models.writing.")
    changed = models.JSONField(default=list, help_text="Keys of the fields that differ from the version before.")
    note = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["passport", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["passport", "number"], name="passport_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.passport_id} version {self.number}"
