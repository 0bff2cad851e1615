"""Holders claim what was issued to them: by a verified address of their account, or by a link without any account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import ClaimLink, Credential
from synchromesh.credentials.permissions import may_change_status
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.plumbing import audit, jobs

LINK_LASTS = timedelta(days=90)
_GONE = "This link has ended or was used. Ask the issuer for a new one."


def claim_by_addresses(*, by: User, addresses: Collection[str]) -> list[Credential]:
    """Take all credentials that were issued to any of these addresses; the caller knows that they are verified."""
    if not by.is_active:
        raise NotAllowed("This account is closed.")
    wanted = {address.lower() for address in addresses if address}
    with transaction.atomic():
        found = list(
            Credential.objects.select_for_update(of=("self",)).filter(
                holder=None, holder_email__in=wanted, claimed_at=None
            )
        )
        for credential in found:
            _give(by, credential)
    return found


def make_claim_link(*, by: audit.Actor, credential: Credential, now: datetime | None = None) -> str:
    """Make a link for the holder and return its secret, which is kept as a hash only. Raises NotAllowed, Conflict."""
    require(may_change_status(by, credential), "Only managers of the issuer send a link to the holder.")
    if credential.holder_id is not None:
        raise Conflict("The holder has claimed it already.")
    at = now or timezone.now()
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        ClaimLink.objects.create(
            credential=credential, secret_sha256=hash_secret(secret), made_at=at, ends_at=at + LINK_LASTS
        )
        audit.record(by=by, action="make_claim_link", kind="credential", uid=credential.uid)
    return secret


def send_claim_link(*, by: audit.Actor, credential: Credential) -> None:
    """Send the mail about the award again, with a new link. Raises NotAllowed, Conflict where nobody can get it."""
    require(may_change_status(by, credential), "Only managers of the issuer send a link to the holder.")
    if credential.holder_id is not None:
        raise Conflict("The holder has claimed it already.")
    if not credential.holder_email:
        raise Conflict("No e-mail address of the holder is known. Make a link and hand it over.")
    with transaction.atomic():
        audit.record(by=by, action="send_claim_link", kind="credential", uid=credential.uid)
        jobs.enqueue("credentials.tasks.send_award_mail", credential_uid=str(credential.uid))


def find_by_claim_link(secret: str, *, now: datetime | None = None) -> Credential:
    """The credential behind a link, which its holder may see and download without an account. Raises NotFound."""
    found = (
        _live_links(now)
        .filter(secret_sha256=hash_secret(secret))
        .select_related("credential__version__achievement__issuer__organisation", "credential__status_list")
    )
    link = found.first()
    if link is None:
        raise NotFound(_GONE)
    return link.credential


def claim_by_link(*, by: User, secret: str, now: datetime | None = None) -> Credential:
    """Take the credential behind a link into one's account. Raises NotFound, NotAllowed."""
    if not by.is_active:
        raise NotAllowed("This account is closed.")
    with transaction.atomic():
        link = _live_links(now).select_for_update().filter(secret_sha256=hash_secret(secret)).first()
        if link is None:
            raise NotFound(_GONE)
        credential = Credential.objects.select_for_update(of=("self",)).get(pk=link.credential_id)
        if credential.holder_id is not None:
            raise NotFound(_GONE)
        link.used_at = now or timezone.now()
        link.save(update_fields=["used_at"])
        _give(by, credential)
    return credential


def hash_secret(secret: str) -> str:
    """What is kept of a secret: guessing 24 random bytes is hopeless, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _live_links(now: datetime | None) -> QuerySet[ClaimLink]:
    return ClaimLink.objects.filter(used_at=None, ends_at__gt=now or timezone.now(), credential__holder=None)


def _give(by: User, credential: Credential) -> None:
    credential.holder, credential.claimed_at = by, timezone.now()
    credential.save(update_fields=["holder", "claimed_at"])
    audit.record(by=by, action="claim_credential", kind="credential", uid=credential.uid)
