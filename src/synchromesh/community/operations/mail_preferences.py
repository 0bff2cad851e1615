"""Switch kinds of mail on and off, signed in or with the key from a mail. Off holds until the person says otherwise."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import may_see_person, require
from synchromesh.accounts.queries.people import has_confirmed_address
from synchromesh.community.models.mail_preferences import (
    EmailSuppression,
    MailKind,
    MailPreference,
    SuppressionReason,
)
from synchromesh.community.models.news import DigestSubscription
from synchromesh.community.queries.mail_keys import find_mail_key, hash_address
from synchromesh.community.queries.mail_preferences import find_bounce, list_mail_switches
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.plumbing import audit

CONFIRM_FIRST = "Confirm your e-mail address first: somebody who had it before ended the mails to it."
WRONG_KEY = "This address is not complete. Open it from the mail once more, or sign in to end the mails."


def set_mail_kinds(*, by: User, wanted: Collection[MailKind], now: datetime | None = None) -> None:
    """Say for each kind whether its mails may come: those in `wanted` and no others.

    Raises NotAllowed, and Conflict where the address was switched off and is not shown to be the person's.
    """
    require(may_see_person(by, by), "Sign in to choose your mails.")
    at = now or timezone.now()
    confirmed = has_confirmed_address(by)
    with transaction.atomic():
        changed = [one.kind for one in list_mail_switches(by) if one.is_on != (one.kind in wanted)]
        if any(kind in wanted for kind in changed) and _is_switched_off(by, changed) and not confirmed:
            raise Conflict(CONFIRM_FIRST)
        for kind in changed:
            _say(by, kind, kind in wanted, at, through_mail=False)
        if changed:
            audit.record(by=by, action="set_mail_kinds", kind="person", uid=by.uid, kinds=sorted(changed))


def unsubscribe_mails(*, by: audit.Actor, key: str, everything: bool = False, now: datetime | None = None) -> None:
    """End the mails that a key from a mail is for, or all kinds; the key is the permission. Again changes nothing.

    It holds for the person and for the address, also when the account is deleted or the address comes back by another
    way. Raises NotFound for a wrong key.
    """
    found = find_mail_key(key)
    if found is None:
        raise NotFound(WRONG_KEY)
    at = now or timezone.now()
    kinds = list(MailKind) if everything else [found.kind]
    with transaction.atomic():
        if found.person is not None:
            for kind in kinds:
                _say(found.person, kind, False, at, through_mail=True)
            uid = str(found.person.uid)
        elif found.address_hash:
            for kind in kinds:
                _suppress(found.address_hash, kind, at)
            uid = found.address_hash[:16]
        else:
            return
        if MailKind.DIGEST in kinds:
            digest = hash_address(found.person.email or "") if found.person else found.address_hash
            DigestSubscription.objects.filter(address_hash=digest, person=None).delete()  # the address is not needed
        audit.record(by=by, action="unsubscribe_mails", kind="mail", uid=uid, kinds=kinds, through="mail")


def end_bounce(*, by: User) -> None:
    """Try a person's own address again after mails to it came back. Raises NotAllowed, Conflict."""
    require(may_see_person(by, by), "Sign in to choose your mails.")
    with transaction.atomic():
        if find_bounce(by) is None:
            raise Conflict("Mails go to your address already.")
        if not has_confirmed_address(by):
            raise Conflict(CONFIRM_FIRST)
        EmailSuppression.objects.filter(address_hash=hash_address(str(by.email)), kind="").delete()
        audit.record(by=by, action="end_bounce", kind="person", uid=by.uid)


def _say(person: User, kind: MailKind, wanted: bool, at: datetime, *, through_mail: bool) -> None:
    row = MailPreference.objects.filter(person=person, kind=kind).first()
    if row is None or row.is_wanted != wanted:
        columns = {"is_wanted": wanted, "said_at": at, "through_mail": through_mail}
        MailPreference.objects.update_or_create(person=person, kind=kind, defaults=columns)
    if not person.email:
        return
    digest = hash_address(person.email)
    if not wanted:
        _suppress(digest, kind, at)
        return
    EmailSuppression.objects.filter(address_hash=digest, kind=kind, reason=SuppressionReason.UNSUBSCRIBED).delete()


def _is_switched_off(person: User, kinds: Collection[MailKind]) -> bool:
    """Whether somebody who had this address before switched one of these kinds off."""
    digest = hash_address(person.email or "")
    return EmailSuppression.objects.filter(address_hash=digest, kind__in=kinds).exists()


def _suppress(address_hash: str, kind: MailKind, at: datetime) -> None:
    EmailSuppression.objects.get_or_create(
        address_hash=address_hash, kind=kind, reason=SuppressionReason.UNSUBSCRIBED, defaults={"added_at": at}
    )
