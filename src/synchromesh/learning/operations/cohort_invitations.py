"""Invitations into a cohort by e-mail: an address that lets one account in, once. Only the hash of its key is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_operator, require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound, Problem
from synchromesh.learning.models import Cohort, CohortInvitation
from synchromesh.learning.operations.cohort_mails import send_invitation_mail
from synchromesh.learning.operations.cohorts import require_author
from synchromesh.learning.queries.joining_keys import hash_key
from synchromesh.learning.queries.known_addresses import KnownAddresses, clean_address
from synchromesh.plumbing import audit
from synchromesh.plumbing.rate_limits import Rate, take

VALID_DAYS = 30
LONGEST_VALIDITY_DAYS = 365
MOST_AT_ONCE = 500
KEPT_AFTER_EXPIRY = timedelta(days=90)
MAILS = Rate(name="cohort-mails", most=3_000, seconds=24 * 3600)
"""Mails to people who did not ask for them, for one course: enough for every group, and no way to flood others."""
_KEY_BYTES = 24  # 192 random bits, 32 characters of an address


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsSent:
    """How many invitations went out, and what was wrong with the other lines."""

    sent: int
    problems: tuple[Problem, ...]


def send_invitations(
    *, by: audit.Actor, cohort: Cohort, addresses: Sequence[str], valid_days: int = VALID_DAYS
) -> InvitationsSent:
    """Invite people by e-mail, one address a line; good lines go out also where others are wrong.

    Whoever has an open invitation gets none again (see `renew_invitation`), and neither does whoever is in. Raises
    NotAllowed, Conflict for a closed cohort or too many mails in a day, and InvalidInput for too many lines or a wrong
    number of days.
    """
    require_author(by, cohort.run.course)
    _check_size(addresses, valid_days)
    check_open(cohort)
    problems: list[Problem] = []
    good: dict[str, CohortInvitation | None] = {}
    with transaction.atomic():
        known = KnownAddresses(cohort, [clean_address(line) for line in addresses])
        for number, line in enumerate(addresses, start=1):
            address = clean_address(line)
            why = known.why_not(address) if address not in good else "This address stands here twice."
            if not line.strip():
                continue
            if why:
                problems.append(Problem(position=f"line {number}", field="email", message=why))
            else:
                good[address] = known.invitations.get(address)
        take_mails(cohort, len(good))
        for address, expired in good.items():
            invitation = expired or CohortInvitation(cohort=cohort, email=address)
            key = renew_key(invitation, by=by, days=valid_days)
            invitation.save()
            audit.record(by=by, action="send_invitations", kind="cohort_invitation", uid=invitation.uid)
            send_key(invitation, key, language=known.language_of(address))
    return InvitationsSent(sent=len(good), problems=tuple(problems))


def renew_invitation(*, by: audit.Actor, cohort: Cohort, uid: UUID) -> CohortInvitation:
    """Send an invitation again with a new key; the old one lets nobody in any more.

    Raises NotAllowed, NotFound, and Conflict where it was accepted or the cohort is closed.
    """
    require_author(by, cohort.run.course)
    check_open(cohort)
    with transaction.atomic():
        invitation = _not_accepted(cohort, uid)
        invitation.cohort = cohort
        take_mails(cohort, 1)
        key = renew_key(invitation, by=by, days=VALID_DAYS)
        invitation.save()
        audit.record(by=by, action="renew_invitation", kind="cohort_invitation", uid=invitation.uid)
        language = KnownAddresses(cohort, [invitation.email]).language_of(invitation.email)
        send_key(invitation, key, language=language)
    return invitation


def withdraw_cohort_invitation(*, by: audit.Actor, cohort: Cohort, uid: UUID) -> None:
    """Take an invitation back; its address is forgotten. Raises NotAllowed, NotFound, Conflict after it was used."""
    require_author(by, cohort.run.course)
    with transaction.atomic():
        invitation = _not_accepted(cohort, uid)
        invitation.delete()
        audit.record(by=by, action="withdraw_cohort_invitation", kind="cohort_invitation", uid=uid)


def remove_expired_invitations(*, by: audit.Actor, now: datetime) -> int:
    """Forget addresses of people whose invitation ended 90 days ago or earlier; returns how many. The operator may."""
    require(is_operator(by), "Only the operator of the server can do this.")
    old = CohortInvitation.objects.filter(accepted_at=None, expires_at__lt=now - KEPT_AFTER_EXPIRY)
    with transaction.atomic():
        count = int(old.delete()[0])
        if count:
            audit.record(by=by, action="remove_expired_invitations", kind="cohort_invitation", uid="", count=count)
    return count


def renew_key(invitation: CohortInvitation, *, by: audit.Actor, days: int) -> str:
    """Give an invitation, stored or not, a new key and a new end; returns the key, which is said nowhere else."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    invitation.key_hash, invitation.made_by = hash_key(key), by.public_id
    invitation.expires_at = timezone.now() + timedelta(days=days)
    return key


def send_key(invitation: CohortInvitation, key: str, *, language: str, name: str = "") -> None:
    """Mail the key to whom it is for, after the commit."""
    send_invitation_mail(
        to=invitation.email,
        name=name,
        language=language,
        run=invitation.cohort.run,
        key=key,
        expires_at=invitation.expires_at,
    )


def take_mails(cohort: Cohort, count: int) -> None:
    """Count mails that are about to be sent for the course of a cohort. Raises Conflict where they are too many."""
    if not take(MAILS, str(cohort.run.course.uid), units=count).granted:
        raise Conflict(f"At most {MAILS.most} people are written to for a course in a day. Go on tomorrow.")


def check_open(cohort: Cohort) -> None:
    """Raise Conflict for a closed cohort."""
    if cohort.closed_at is not None:
        raise Conflict("This cohort takes nobody any more. Open it again first.")


def _check_size(addresses: Sequence[str], valid_days: int) -> None:
    if len(addresses) > MOST_AT_ONCE:
        raise InvalidInput(f"At most {MOST_AT_ONCE} addresses at once. Use a file for more.", field="addresses")
    if not 1 <= valid_days <= LONGEST_VALIDITY_DAYS:
        raise InvalidInput(f"An invitation is valid for 1 to {LONGEST_VALIDITY_DAYS} days.", field="valid_days")


def _not_accepted(cohort: Cohort, uid: UUID) -> CohortInvitation:
    found = CohortInvitation.objects.select_for_update(of=("self",)).filter(cohort=cohort, uid=uid).first()
    if found is None:
        raise NotFound("There is no such invitation.")
    if found.accepted_at is not None:
        raise Conflict("This invitation was accepted already.")
    return found
