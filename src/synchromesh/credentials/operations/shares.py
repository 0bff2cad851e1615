"""Links by which a holder shows credentials to somebody: chosen fields, until a day, ended at any time."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Credential, CredentialCollection, CredentialShare, HeldCredential
from synchromesh.credentials.operations.claiming import hash_secret
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.engine.credential_formats.envelopes import selective_jwt
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit

_SELECTIVE = "selective_jwt"
# What may be shown besides title, issuer and verdicts.
FIELDS = ("name", "result", "evidence", "skills", "workload", "dates", "files")
LONGEST = timedelta(days=366)
MOST_LIVE = 200
# Which claims of a token each of them stands for. What the achievement itself is, says nothing about a person.
_ALWAYS = ("description",)
_CLAIMS = {
    "name": ("sub", "holder_name"),
    "result": ("result",),
    "evidence": ("evidence",),
    "skills": ("skills", "outcomes"),
    "workload": (
        "workload", "level", "eqf", "ects", "criteria", "assessment", "participation", "quality_assurance",
        "identity_check",
    ),
}  # fmt: skip
_NOT_YOURS = "Only the holder shares a credential."


def share_credential(
    *,
    by: User,
    thing: Credential | HeldCredential | CredentialCollection,
    fields: Collection[str],
    ends_at: datetime,
    note: str = "",
    now: datetime | None = None,
) -> tuple[CredentialShare, str]:
    """Make a link and return it with its secret, which is shown once and kept as a hash only.

    Raises NotAllowed, InvalidInput for unknown fields or an end that is past or more than a year away, Conflict.
    """
    at = now or timezone.now()
    owner = thing.holder_id if isinstance(thing, Credential) else thing.person_id
    require(owner == by.pk and by.is_active, _NOT_YOURS)
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise InvalidInput(f"There is no field '{unknown[0]}' to show.", field="fields")
    if not at < ends_at <= at + LONGEST:
        raise InvalidInput("Choose a last day within the next twelve months.", field="ends_at")
    if CredentialShare.objects.filter(person=by, ended_at=None, ends_at__gt=at).count() >= MOST_LIVE:
        raise Conflict(f"You have {MOST_LIVE} links in force. End some first.")
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = CredentialShare.objects.create(
            person=by,
            credential=thing if isinstance(thing, Credential) else None,
            held=thing if isinstance(thing, HeldCredential) else None,
            collection=thing if isinstance(thing, CredentialCollection) else None,
            fields=sorted(set(fields)),
            note=note.strip()[:200],
            secret_sha256=hash_secret(secret),
            made_at=at,
            ends_at=ends_at,
        )
        audit.record(by=by, action="share_credential", kind="credential share", uid=made.uid, fields=made.fields)
    return made, secret


def end_share(*, by: User, made: CredentialShare) -> None:
    """End a link at once. Raises NotAllowed."""
    require(made.person_id == by.pk, _NOT_YOURS)
    with transaction.atomic():
        made.ended_at = made.ended_at or timezone.now()
        made.save(update_fields=["ended_at"])
        audit.record(by=by, action="end_share", kind="credential share", uid=made.uid)


def open_share(secret: str, *, now: datetime | None = None) -> CredentialShare:
    """What a link shows now. Raises NotFound where it has ended, whoever asks."""
    at = now or timezone.now()
    found = CredentialShare.objects.select_related(
        "person",
        "credential__version__achievement__issuer__organisation",
        "credential__status_list",
        "held",
        "collection",
    )
    made = found.filter(
        secret_sha256=hash_secret(secret), ended_at=None, ends_at__gt=at, person__is_active=True
    ).first()
    if made is None:
        raise NotFound("This link has ended. Ask the holder for a new one.")
    return made


def take_shared_token(made: CredentialShare, credential: Credential) -> bytes:
    """A signed token of a credential behind the link that discloses no more than the link shows.

    Title, issuer and dates stay in sight in every such token, since nobody could check it without them.
    """
    chosen = {claim for field in made.fields for claim in _CLAIMS.get(field, ())}
    token = bytes(take_envelope(credential, _SELECTIVE).data)
    return selective_jwt.choose_fields(token, fields={*_ALWAYS, *chosen})
