"""What a holder keeps and shares: credentials from elsewhere, collections, links with chosen fields and an end."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.credentials.models.credentials import Credential


class HeldCredential(models.Model):
    """A credential from elsewhere, kept as it came. `verdicts` are those of the last check, at `checked_at`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_credentials")
    format = models.CharField(max_length=40)
    name = models.CharField(max_length=200, help_text="The file's name.")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    issuer_name = models.CharField(max_length=300, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    verdicts = models.JSONField(default=dict)
    checked_at = models.DateTimeField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "sha256"], name="held_credential_unique")]

    def __str__(self) -> str:
        return self.title


class CredentialCollection(models.Model):
    """Credentials of one person under a name of their own."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="credential_collections")
    name = models.CharField(max_length=120)
    credentials = models.ManyToManyField(Credential, related_name="+", blank=True)
    held = models.ManyToManyField(HeldCredential, related_name="+", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["person", "name", "id"]

    def __str__(self) -> str:
        return self.name


class CredentialShare(models.Model):
    """A link that shows chosen fields of credentials until a day. Only the hash of its secret is kept.

    Exactly one of `credential`, `held` and `collection` is set. `fields` names what is shown besides title, issuer and
    verdict: name, result, evidence, skills, workload, dates, files.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="credential_shares")
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    held = models.ForeignKey(HeldCredential, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    collection = models.ForeignKey(
        CredentialCollection, on_delete=models.CASCADE, null=True, blank=True, related_name="shares"
    )
    fields = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True, help_text="For whom; only the holder sees it.")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Ended early by the holder.")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credential__isnull=False, held=None, collection=None)
                | models.Q(credential=None, held__isnull=False, collection=None)
                | models.Q(credential=None, held=None, collection__isnull=False),
                name="credential_share_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"share {self.uid}"


class WalletOffer(models.Model):
    """An offer to a wallet (OpenID4VCI, pre-authorised code). Only hashes of its secrets are kept."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="wallet_offers")
    code_sha256 = models.CharField(max_length=64, unique=True)
    pin_sha256 = models.CharField(max_length=64, blank=True)
    token_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"offer {self.uid}"


class WalletNonce(models.Model):
    """A number that a wallet has signed to show its key, kept until it runs out so that none serves twice."""

    sha256 = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["ends_at", "id"]

    def __str__(self) -> str:
        return f"nonce {self.sha256[:8]}"


class WalletRequest(models.Model):
    """A request to a wallet to show a credential here (OpenID4VP), and the verdicts of what it showed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nonce = models.CharField(max_length=64)
    state = models.CharField(max_length=64, unique=True)
    query = models.JSONField(help_text="What is asked for (DCQL).")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    verdicts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"request {self.uid}"
