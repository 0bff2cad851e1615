"""Make, change and give up signing keys. Old ones stay, because what they signed must stay checkable."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Issuer, KeyKind, KeyPurpose, SigningKey
from synchromesh.credentials.operations.key_secrets import encrypt_secret
from synchromesh.credentials.permissions import may_manage_keys
from synchromesh.engine.credential_formats.multikeys import did_key, read_multikey
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit

ONLY_MANAGERS = "Only managers of the issuer change its keys; those of the log belong to the operator of the server."


def rotate_key(
    *, by: audit.Actor, issuer: Issuer | None, purpose: KeyPurpose, now: datetime | None = None
) -> SigningKey:
    """Make a new Ed25519 key and retire the active one. What was signed before stays good.

    `issuer` None means the transparency log of the site. Raises NotAllowed.
    """
    require(may_manage_keys(by, issuer), ONLY_MANAGERS)
    at = now or timezone.now()
    secret = Ed25519PrivateKey.generate()
    with transaction.atomic():
        _retire(issuer, purpose, at)
        key = SigningKey(
            issuer=issuer,
            purpose=purpose,
            algorithm="EdDSA",
            name=_free_name(issuer, purpose),
            public=did_key(secret.public_key().public_bytes_raw()).removeprefix("did:key:"),
            made_at=at,
        )
        key.encrypted_secret = encrypt_secret(secret.private_bytes_raw(), key_uid=key.uid)
        key.save(force_insert=True)
        audit.record(by=by, action="rotate_key", kind="signing key", uid=key.uid, purpose=str(purpose))
    return key


def add_remote_key(
    *, by: audit.Actor, issuer: Issuer, purpose: KeyPurpose, remote_name: str, public: str
) -> SigningKey:
    """Take a key whose secret lies with a remote signer; `public` is its Multikey. Raises NotAllowed, InvalidInput."""
    require(may_manage_keys(by, issuer), ONLY_MANAGERS)
    if not remote_name.strip():
        raise InvalidInput("Say how the remote signer calls the key.", field="remote_name")
    algorithm = read_multikey(public).algorithm
    if algorithm != "EdDSA":
        raise InvalidInput("Credentials are signed with Ed25519. Give the Multikey of such a key.", field="public")
    with transaction.atomic():
        at = timezone.now()
        _retire(issuer, purpose, at)
        key = SigningKey.objects.create(
            issuer=issuer,
            purpose=purpose,
            algorithm=algorithm,
            name=_free_name(issuer, purpose),
            public=public.strip(),
            kind=KeyKind.REMOTE,
            remote_name=remote_name.strip(),
            made_at=at,
        )
        audit.record(by=by, action="add_remote_key", kind="signing key", uid=key.uid, remote_name=remote_name)
    return key


def mark_compromised(*, by: audit.Actor, key: SigningKey, since: datetime) -> SigningKey:
    """Say that a key was in wrong hands since an instant: what it signed later is refused; a new key is made.

    Raises NotAllowed, InvalidInput for an instant in the future, Conflict where it was said already.
    """
    require(may_manage_keys(by, key.issuer), ONLY_MANAGERS)
    if since > timezone.now():
        raise InvalidInput(
            "The instant lies in the future. Give the one from which the key was in danger.", field="since"
        )
    with transaction.atomic():
        locked = SigningKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
        if locked.compromised_at is not None:
            raise Conflict("This was said of the key already.")
        was_active = locked.retired_at is None
        locked.compromised_at = since
        locked.retired_at = locked.retired_at or timezone.now()
        locked.save(update_fields=["compromised_at", "retired_at"])
        audit.record(by=by, action="mark_compromised", kind="signing key", uid=key.uid, since=since.isoformat())
        if was_active:
            rotate_key(by=by, issuer=locked.issuer, purpose=KeyPurpose(locked.purpose))
    return locked


def _retire(issuer: Issuer | None, purpose: KeyPurpose, at: datetime) -> None:
    SigningKey.objects.filter(issuer=issuer, purpose=purpose, retired_at=None).update(retired_at=at)


def _free_name(issuer: Issuer | None, purpose: KeyPurpose) -> str:
    """key-1, key-2 ...: a name is never used again."""
    stem = "key" if purpose == KeyPurpose.CREDENTIALS else str(purpose)
    return f"{stem}-{SigningKey.objects.filter(issuer=issuer, purpose=purpose).count() + 1}"
