"""Ask for a digest, confirm it, send what is due, forget what nobody confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, may_see_person, require
from synchromesh.accounts.queries.people import has_confirmed_address
from synchromesh.community.models import DigestSubscription, EmailSuppression, MailKind, MailPreference
from synchromesh.community.operations.digest_mails import send_confirmation, send_digest
from synchromesh.community.operations.mail_preferences import set_mail_kinds
from synchromesh.community.queries.digests import (
    DAYS_TO_CONFIRM,
    DigestChoice,
    find_confirmation,
    find_digest,
    list_due_digests,
)
from synchromesh.community.queries.mail_keys import hash_address
from synchromesh.community.queries.mail_preferences import list_mail_switches
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.models import Topic
from synchromesh.places.models import Region
from synchromesh.plumbing import audit

BETWEEN_CONFIRMATIONS = timedelta(hours=1)


def save_digest(*, by: User, choice: DigestChoice, now: datetime | None = None) -> DigestSubscription:
    """Ask for a digest with an account, or change it. Raises NotAllowed, InvalidInput, Conflict.

    Conflict where the address of the account is not confirmed. Digests that were switched off are switched on.
    """
    require(may_see_person(by, by), "Sign in to ask for a digest.")
    _check(choice)
    if not has_confirmed_address(by):
        raise Conflict("Confirm your e-mail address first.")
    at = now or timezone.now()
    with transaction.atomic():
        found, _ = DigestSubscription.objects.get_or_create(
            person=by, defaults={"language": choice.language, "asked_at": at, "told_until": at}
        )
        _write(found, choice, at)
        switches = list_mail_switches(by)
        set_mail_kinds(by=by, wanted=[one.kind for one in switches if one.is_on or one.kind == MailKind.DIGEST])
        audit.record(by=by, action="save_digest", kind="digest", uid=found.uid, frequency=found.frequency)
    return found


def end_digest(*, by: User) -> None:
    """Ask for no digest any more. Raises NotFound where there is none."""
    with transaction.atomic():
        found = DigestSubscription.objects.filter(person=by).first()
        if found is None:
            raise NotFound("You have no digest.")
        uid = found.uid
        found.delete()
        audit.record(by=by, action="end_digest", kind="digest", uid=uid)


def ask_for_digest(*, by: audit.Actor, address: str, choice: DigestChoice, now: datetime | None = None) -> None:
    """Ask for a digest without an account: a mail asks whether it was really the owner of the address.

    Until then nothing of the choice holds, also where the address has a digest already. Who asks learns nothing about
    the address; it is asked at most once in an hour, and not at all where mails to it came back. Raises InvalidInput.
    """
    _check(choice)
    text = address.strip()
    try:
        validate_email(text)
    except ValidationError:
        raise InvalidInput("Enter a whole e-mail address, such as name@example.org.", field="address") from None
    at, digest = now or timezone.now(), hash_address(text)
    if EmailSuppression.objects.filter(address_hash=digest, kind="").exists():
        return
    with transaction.atomic():
        found, made = DigestSubscription.objects.get_or_create(
            address_hash=digest, defaults={"address": text, "language": choice.language, "asked_at": at}
        )
        if not made and at - found.asked_at < BETWEEN_CONFIRMATIONS:
            return
        found.asked_at = at
        found.save(update_fields=["asked_at"])
        send_confirmation(found, choice)
        audit.record(by=by, action="ask_for_digest", kind="digest", uid=found.uid)


def confirm_digest(*, by: audit.Actor, key: str, now: datetime | None = None) -> DigestSubscription:
    """Confirm a digest with the key from the mail, which is the permission. Raises NotFound for a wrong or old key."""
    confirmed = find_confirmation(key)
    if confirmed is None:
        raise NotFound("This address is not complete, or older than 7 days. Ask for the digest once more.")
    found, choice = confirmed
    at = now or timezone.now()
    with transaction.atomic():
        _write(found, choice, at)
        # Whoever reads the mail owns the address, and has just said that they want it.
        EmailSuppression.objects.filter(address_hash=found.address_hash, kind=MailKind.DIGEST).delete()
        MailPreference.objects.filter(
            person__email__iexact=found.address, kind=MailKind.DIGEST, is_wanted=False
        ).delete()
        audit.record(by=by, action="confirm_digest", kind="digest", uid=found.uid)
    return found


def send_digests(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Send the digests that are due; returns how many mails go out. Nothing new means no mail.

    Up to when a reader was told is written in the transaction that queues the mail, and only if no other run was
    quicker: a run that breaks off, or two at once, tell nothing twice. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can send digests.")
    at = now or timezone.now()
    return sum(_tell(pk, at) for pk in list_due_digests(now=at))


def remove_unconfirmed(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Forget the addresses for which nobody confirmed a digest in time; says how many. Raises NotAllowed."""
    require(is_alliance_staff(by), "Only alliance staff can remove unconfirmed digests.")
    before = (now or timezone.now()) - timedelta(days=DAYS_TO_CONFIRM)
    return DigestSubscription.objects.filter(confirmed_at=None, asked_at__lt=before).delete()[0]


def _tell(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        found = DigestSubscription.objects.select_related("person").prefetch_related("topics", "regions").get(pk=pk)
        same = DigestSubscription.objects.filter(pk=pk, told_until=found.told_until)
        digest = find_digest(found, now=at)
        if not same.update(told_until=at) or not digest or not send_digest(found, digest):
            return False
        DigestSubscription.objects.filter(pk=pk).update(sent_at=at)
    return True


def _write(found: DigestSubscription, choice: DigestChoice, at: datetime) -> None:
    """What is told begins now: nobody is sent what was there before they asked."""
    found.frequency, found.language = choice.frequency, choice.language
    found.with_news, found.with_events, found.with_courses = choice.with_news, choice.with_events, choice.with_courses
    found.confirmed_at = found.confirmed_at or at
    found.told_until = found.told_until or at
    found.save()
    found.topics.set(Topic.objects.filter(slug__in=choice.topics))
    found.regions.set(Region.objects.filter(code__in=choice.regions))


def _check(choice: DigestChoice) -> None:
    if not (choice.with_news or choice.with_events or choice.with_courses):
        raise InvalidInput("Choose at least one: news, events or courses.", field="contents")
    if choice.language not in settings.INTERFACE_LANGUAGES:
        raise InvalidInput("This site does not speak that language.", field="language")
