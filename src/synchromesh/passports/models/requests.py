"""What an authority of a class asks a team for, and what it was given."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.passports.models.classrooms import ChainRole, ClassroomTeam


class DataRequest(models.Model):
    """A request for fields that are not for everybody. `handed` holds what was handed over, as it was stated then.

    An answer without a field is a refusal, and `note` says why.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(ClassroomTeam, on_delete=models.CASCADE, related_name="requests")
    asked = models.JSONField(help_text="Keys of the fields that are asked for.")
    reason = models.CharField(max_length=300)
    requested_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    handed = models.JSONField(default=dict, help_text="The document of engine.passport_models.writing.")
    note = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_as = models.CharField(max_length=10, choices=ChainRole.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answered_by=""),
                name="data_request_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"request to {self.team_id}"
