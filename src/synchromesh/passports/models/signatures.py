"""A version of a passport, signed by an issuer."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.credentials.models import SigningKey
from synchromesh.passports.models.passports import Passport


class PassportSignature(models.Model):
    """A version as a verifiable credential. `files` holds one signed text for each kind of visitor.

    Each signs no more than that visitor may see, because a signature cannot be cut down afterwards.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="signatures")
    number = models.PositiveIntegerField(help_text="Of the signed version.")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    files = models.JSONField(help_text="Signed tokens by owner, authority, interest and public.")
    issued_by = models.CharField(max_length=40)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["passport", "-issued_at", "-id"]

    def __str__(self) -> str:
        return f"{self.passport_id} version {self.number} signed"
