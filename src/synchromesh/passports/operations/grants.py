"""Share a passport: with a person, with an organisation, or with whoever has a link, as one tier, until a day."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import Tier
from synchromesh.engine.vocabulary.storable_text import printable
from synchromesh.passports.models import ChainRole, Passport, PassportGrant
from synchromesh.passports.permissions import live_grants, may_share
from synchromesh.passports.queries.sight import get_seen, hash_secret
from synchromesh.plumbing import audit

LONGEST = timedelta(days=366)
MOST_LIVE = 100
LONGEST_NOTE = 200
_ROLES = {
    Tier.INTEREST: frozenset({ChainRole.CARMAKER, ChainRole.WORKSHOP, ChainRole.RECYCLER}),
    Tier.AUTHORITY: frozenset[ChainRole](),
}
_ONLY_OWNERS = "Only who owns a passport shares it; in a class the roles decide who sees what."


def grant_access(
    *,
    by: audit.Actor,
    uid: UUID,
    tier: Tier,
    ends_on: date,
    email: str = "",
    organisation: Organisation | None = None,
    role: ChainRole | None = None,
    note: str = "",
) -> tuple[PassportGrant, str]:
    """Let a person, an organisation, or without either whoever has a link see the passport until the end of a day.

    With a `role` they record its events as well, and the owner no longer does. The text is the secret of a link, which
    is shown once. Raises NotFound, also where nobody has the e-mail, NotAllowed, InvalidInput, and Conflict.
    """
    passport, _ = get_seen(uid, visible_to=by)
    require(may_share(by, passport), _ONLY_OWNERS)
    now = timezone.now()
    ends_at = _end_of(ends_on, now)
    person = _person(email) if email.strip() else None
    _check(tier, role, person=person, organisation=organisation, note=note)
    is_link = person is None and organisation is None
    secret = secrets.token_urlsafe(24) if is_link else ""
    with transaction.atomic():
        Passport.objects.select_for_update(of=("self",)).get(pk=passport.pk)
        if live_grants(now).filter(passport=passport).count() >= MOST_LIVE:
            raise Conflict(f"The passport is shared {MOST_LIVE} times already. Withdraw some first.")
        grant = PassportGrant.objects.create(
            passport=passport,
            person=person,
            organisation=organisation,
            secret_sha256=hash_secret(secret) if is_link else "",
            tier=tier.value,
            role=role or "",
            note=printable(" ".join(note.split())),
            granted_by=by.public_id,
            made_at=now,
            ends_at=ends_at,
        )
        audit.record(by=by, action="grant_access", kind="passport", uid=passport.uid, grant=str(grant.uid), tier=tier)
    return grant, secret


def withdraw_access(*, by: audit.Actor, uid: UUID, grant: UUID) -> None:
    """End a grant at once. Raises NotFound, NotAllowed."""
    passport, _ = get_seen(uid, visible_to=by)
    require(may_share(by, passport), _ONLY_OWNERS)
    with transaction.atomic():
        found = PassportGrant.objects.select_for_update(of=("self",)).filter(passport=passport, uid=grant).first()
        if found is None:
            raise NotFound("The passport is not shared in this way.")
        if found.ended_at is None:
            found.ended_at = timezone.now()
            found.save(update_fields=["ended_at"])
            audit.record(by=by, action="withdraw_access", kind="passport", uid=passport.uid, grant=str(grant))


def _end_of(day: date, now: datetime) -> datetime:
    """The instant at which a day ends. Raises InvalidInput for one that is over, or more than a year away."""
    today = timezone.localdate(now)
    if not today <= day <= today + LONGEST:
        raise InvalidInput("Choose a last day within the next twelve months.", field="ends_on")
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC)


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise NotFound("Nobody here has this e-mail. Ask the person to make an account first.", field="email")
    return person


def _check(
    tier: Tier, role: ChainRole | None, *, person: User | None, organisation: Organisation | None, note: str
) -> None:
    if tier not in _ROLES:
        raise InvalidInput("Share the passport as with a legitimate interest, or as with an authority.", field="tier")
    if person is not None and organisation is not None:
        raise InvalidInput("Choose a person or an organisation, not both.", field="organisation")
    if role is not None and role not in _ROLES[tier]:
        raise InvalidInput("This role does not go with what is shared.", field="role")
    if role is not None and person is None and organisation is None:
        raise InvalidInput(
            "Whoever has a link can only read. Give the role to a person or an organisation.", field="role"
        )
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(f"A note has at most {LONGEST_NOTE} characters.", field="note")
