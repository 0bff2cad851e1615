"""Who else may look at a passport, as whom, and until when."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.passports.models.classrooms import ChainRole
from synchromesh.passports.models.passports import Passport

GRANTED_TIERS = [("interest", "Legitimate interest"), ("authority", "Authority")]


class PassportGrant(models.Model):
    """A person, all members of an organisation, or whoever has a link may see more than the public.

    `role` lets a person or an organisation record the events of that role too. Of a link only the hash is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="grants")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="passport_grants")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="passport_grants"
    )
    secret_sha256 = models.CharField(max_length=64, blank=True)
    tier = models.CharField(max_length=10, choices=GRANTED_TIERS)
    role = models.CharField(max_length=10, choices=ChainRole.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    granted_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["passport", "-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation=None, secret_sha256="")
                | models.Q(person=None, organisation__isnull=False, secret_sha256="")
                | models.Q(person=None, organisation=None) & ~models.Q(secret_sha256=""),
                name="passport_grant_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["secret_sha256"], condition=~models.Q(secret_sha256=""), name="passport_grant_link_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} of {self.passport_id}"
