"""Which mails somebody gets: what they said themselves, and what is known of their address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.community.models.mail_preferences import (
    EmailSuppression,
    MailKind,
    MailPreference,
    SuppressionReason,
)
from synchromesh.community.queries.mail_keys import hash_address


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSwitch:
    """One kind of mail as the person sees it. `said` is None where they never said anything."""

    kind: MailKind
    is_on: bool
    said: MailPreference | None


def list_mail_switches(person: User) -> list[MailSwitch]:
    """All kinds of mail in their order, and whether the person gets them."""
    said = {row.kind: row for row in MailPreference.objects.filter(person=person)}
    off = _switched_off(person.email)
    return [MailSwitch(kind=kind, is_on=_is_on(said.get(kind), kind, off), said=said.get(kind)) for kind in MailKind]


def find_bounce(person: User) -> EmailSuppression | None:
    """Why nothing at all goes to a person's address: mails came back, or were reported as unwanted."""
    return _undeliverable(person.email).first() if person.email else None


def wants_mail(person: User, kind: MailKind) -> bool:
    """Whether a mail of this kind may go to a person: active, with an address that takes mails, not switched off."""
    if not person.is_active or not person.email or _undeliverable(person.email).exists():
        return False
    said = MailPreference.objects.filter(person=person, kind=kind).first()
    return _is_on(said, kind, _switched_off(person.email))


def takes_mail(address: str, kind: MailKind) -> bool:
    """Whether a mail of this kind may go to an address without an account."""
    known = EmailSuppression.objects.filter(address_hash=hash_address(address))
    return not known.filter(Q(kind="") | Q(kind=kind)).exists()


def _is_on(said: MailPreference | None, kind: MailKind, off: set[str]) -> bool:
    """An address that was switched off stays so, whoever enters it as theirs: only its owner switches it on again."""
    return (said is None or said.is_wanted) and kind not in off


def _switched_off(address: str | None) -> set[str]:
    if not address:
        return set()
    known = EmailSuppression.objects.filter(address_hash=hash_address(address), reason=SuppressionReason.UNSUBSCRIBED)
    return set(known.values_list("kind", flat=True))


def _undeliverable(address: str) -> QuerySet[EmailSuppression]:
    return EmailSuppression.objects.filter(address_hash=hash_address(address), kind="")
