"""Who issues, with which keys, and which issuers of the world are known."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation


class Issuer(models.Model):
    """An organisation as one that awards. `did` (did:web) is made from the site's address and `uid` once.

    It stays when the site moves: what was signed names it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="issuer")
    did = models.CharField(max_length=500, unique=True)
    legal_name = models.CharField(max_length=200)
    legal_id = models.CharField(max_length=100, blank=True, help_text="Such as a VAT number or a national register's.")
    email = models.EmailField(blank=True)
    is_higher_education = models.BooleanField(default=False, help_text="Only such a body states ECTS points.")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Issues nothing any more; checks go on.")

    class Meta:
        ordering = ["legal_name", "id"]

    def __str__(self) -> str:
        return self.legal_name


class KeyKind(models.TextChoices):
    """Where the secret lies."""

    LOCAL = "local", "In the database, encrypted"
    REMOTE = "remote", "With a remote signer or an HSM"


class KeyPurpose(models.TextChoices):
    """What a key signs."""

    CREDENTIALS = "credentials", "Credentials and status lists"
    SEAL = "seal", "E-seal of European credentials and PDF files"
    LOG = "log", "Heads of the transparency log"
    REQUESTS = "requests", "Requests to wallets"


class SigningKey(models.Model):
    """A key of an issuer, or of the site itself: of its log, of its requests (`issuer` empty).

    Retired keys stay: old signatures need them. `encrypted_secret` is AES-256-GCM under the key-encryption secret of
    the installation, bound to this row's uid. `public` is Multikey (multibase). A key known to be stolen has
    `compromised_at`: what it signed later is refused.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, null=True, blank=True, related_name="keys")
    purpose = models.CharField(max_length=12, choices=KeyPurpose.choices)
    algorithm = models.CharField(max_length=10, help_text="EdDSA, ES256 or RS256.")
    name = models.SlugField(max_length=40, help_text="The fragment of its address in the DID document.")
    public = models.TextField()
    certificate = models.TextField(blank=True, help_text="PEM of the seal's certificate and its chain.")
    kind = models.CharField(max_length=6, choices=KeyKind.choices, default=KeyKind.LOCAL)
    encrypted_secret = models.BinaryField(null=True, blank=True)
    remote_name = models.CharField(max_length=200, blank=True, help_text="How the remote signer calls it.")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "name"], name="signing_key_name_unique"),
            models.UniqueConstraint(
                fields=["issuer", "purpose"],
                condition=models.Q(retired_at=None, issuer__isnull=False),
                name="signing_key_one_active",
            ),
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(retired_at=None, issuer=None), name="signing_key_one_active_log"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.issuer_id}"


class TrustedList(models.Model):
    """A trusted list (ETSI TS 119 612) as it was loaded last from its source: who keeps it, and how new it is.

    A list without `next_update_at` is closed: its keeper publishes no further one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(max_length=300, unique=True, help_text="The source under which it is imported.")
    operator = models.CharField(max_length=300)
    name = models.CharField(max_length=500, blank=True)
    territory = models.CharField(max_length=10, blank=True)
    sequence_number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    next_update_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["operator", "id"]

    def __str__(self) -> str:
        return f"{self.operator} {self.sequence_number}"


class KnownIssuer(models.Model):
    """An issuer of the world that the registry knows: by whom accredited, since and until when, and from where.

    One with a `trusted_list` is a trust service instead: it certifies the names of those who seal.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    country = models.CharField(max_length=2, blank=True)
    accredited_by = models.CharField(max_length=300, blank=True)
    known_since = models.DateField()
    known_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, help_text="The trust list or the person that says so.")
    source_url = models.URLField(max_length=1000, blank=True)
    trusted_list = models.ForeignKey(
        TrustedList, on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    service = models.CharField(max_length=300, blank=True, help_text="What a trust service is called.")
    service_type = models.CharField(max_length=300, blank=True, help_text="Its type, an address of ETSI.")
    service_status = models.CharField(max_length=300, blank=True, help_text="Its status, an address of ETSI.")
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class KnownIssuerIdentifier(models.Model):
    """A DID, an address, or `sha256:` with the fingerprint of a certificate, under which a known issuer appears.

    A certificate that a trusted list holds itself stands beside its fingerprint (base64 of its DER) with the identifier
    of its key (hexadecimal), by which the certificates that it signed name it.
    """

    issuer = models.ForeignKey(KnownIssuer, on_delete=models.CASCADE, related_name="identifiers")
    value = models.CharField(max_length=500, unique=True)
    key_id = models.CharField(max_length=128, blank=True, db_index=True)
    certificate = models.TextField(blank=True)

    class Meta:
        ordering = ["value"]

    def __str__(self) -> str:
        return self.value
