"""Credentials, their envelopes, what happened to their status, and the links by which holders claim them."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.credentials.models.achievements import AchievementVersion
from synchromesh.credentials.models.batches import IssueBatch
from synchromesh.credentials.models.issuers import SigningKey
from synchromesh.credentials.models.status_lists import StatusList


class CredentialState(models.TextChoices):
    """What the issuer says of it today. That it has expired follows from `valid_until`."""

    VALID = "valid", "Valid"
    SUSPENDED = "suspended", "Suspended"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PageDetail(models.TextChoices):
    """What the page of a credential shows to whoever has its address; the holder chooses."""

    FULL = "full", "My full name and everything in it"
    INITIALS = "initials", "First name and initials"
    VERDICT = "verdict", "Only whether it is valid, and what it is"


class Credential(models.Model):
    """One achievement of one person, signed. `code` is its short public address `/c/{code}`, not guessable.

    The record is what was signed and never changes: a correction is a new credential that `replaces` this one.
    `occasion` says what it was issued for (such as `completion:` and a uid) and is unique, so that nothing is issued
    twice. `holder` is empty until claimed; `holder_email` serves for claiming and never enters an envelope.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    version = models.ForeignKey(AchievementVersion, on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="credentials")
    holder_name = models.CharField(max_length=200)
    holder_email = models.EmailField(blank=True, db_index=True)
    holder_did = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, default="en")
    occasion = models.CharField(max_length=80, unique=True)
    batch = models.ForeignKey(IssueBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="credentials")
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    evidence = models.JSONField(default=list, help_text="names, descriptions, url, sha256, media_type of each.")
    issued_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=CredentialState.choices, default=CredentialState.VALID)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    log_index = models.PositiveBigIntegerField(null=True, blank=True, help_text="Of its issue in the transparency log.")
    log_salt = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    claimed_at = models.DateTimeField(null=True, blank=True)
    page_detail = models.CharField(max_length=8, choices=PageDetail.choices, default=PageDetail.INITIALS)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credential_status_place_unique")
        ]

    def __str__(self) -> str:
        return self.code


class CredentialEnvelope(models.Model):
    """A credential in one format, made once and kept: the same bytes for ever. `format` is a plug-in's name."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="envelopes")
    format = models.CharField(max_length=40)
    language = models.CharField(max_length=2, blank=True, help_text="Of formats for people (PDF); else empty.")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["credential", "format"]
        constraints = [
            models.UniqueConstraint(fields=["credential", "format", "language"], name="credential_envelope_unique")
        ]

    def __str__(self) -> str:
        return f"{self.format} of {self.credential_id}"


class StatusReason(models.TextChoices):
    """Classes of reasons that the page may show; the words behind stay with the issuer and the holder."""

    ERROR = "error", "It was issued in error"
    CORRECTED = "corrected", "A corrected credential replaces it"
    CONDUCT = "conduct", "The rules of the assessment were broken"
    HOLDER = "holder", "The holder asked for it"
    CHECK = "check", "It is being checked"
    CLEARED = "cleared", "The check is over"
    OTHER = "other", "Another reason"


class StatusChange(models.Model):
    """A credential was withdrawn, suspended or made valid again: why, by whom, and where the log says so."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="status_changes")
    state = models.CharField(max_length=9, choices=CredentialState.choices)
    reason = models.CharField(max_length=9, choices=StatusReason.choices)
    note = models.CharField(max_length=1000, blank=True)
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    log_index = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["credential", "changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.credential_id} {self.state}"


class ClaimLink(models.Model):
    """A link by which a holder claims a credential without an account's address. Only its hash is kept."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="claim_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["credential", "made_at"]

    def __str__(self) -> str:
        return f"claim of {self.credential_id}"
