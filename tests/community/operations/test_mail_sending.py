"""Mails that can be switched off: to whom they go, and what they carry."""

from __future__ import annotations

import re

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import EmailSuppression, MailKind, SuppressionReason
from synchromesh.community.operations.mail_preferences import set_mail_kinds, unsubscribe_mails
from synchromesh.community.operations.mail_sending import send_to_address, send_to_person
from synchromesh.community.queries.mail_keys import find_mail_key, hash_address

pytestmark = pytest.mark.django_db
GROUP, EVENT = MailKind.GROUP, MailKind.EVENT


def _to_person(person: User, kind: MailKind = GROUP) -> bool:
    return send_to_person(person=person, kind=kind, subject="Minutes\nof May", text="They are there.")


def _to_address(address: str, kind: MailKind = EVENT) -> bool:
    return send_to_address(address=address, kind=kind, subject="Tomorrow", text="We meet.", language="de")


def _key_in(message: EmailMessage) -> str:
    found = re.search(r"\?key=(\S+)", str(message.body))
    assert found
    return found[1]


def test_a_mail_carries_one_click_headers_and_the_same_address_in_its_text(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert _to_person(person)
    (sent,) = outbox.outbox
    assert sent.to == ["person@example.org"]
    assert sent.subject == "Minutes of May"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = f"/en/me/mail/unsubscribe/?key={_key_in(sent)}"
    assert re.fullmatch(rf"<https?://[^/]+{re.escape(page)}>", sent.extra_headers["List-Unsubscribe"])
    key = find_mail_key(_key_in(sent))
    assert key is not None
    assert (key.person, key.kind) == (person, GROUP)


def test_what_a_person_switched_off_does_not_come_and_the_rest_does(person: User) -> None:
    set_mail_kinds(by=person, wanted=[EVENT])
    assert not _to_person(person, GROUP)
    assert _to_person(person, EVENT)


def test_nothing_goes_to_a_closed_account_or_one_without_an_address(person: User) -> None:
    person.is_active = False
    assert not _to_person(person)
    assert not _to_person(User.objects.create_user(name="No Mail"))


def test_an_address_that_bounced_gets_nothing_of_any_kind(person: User) -> None:
    for address in ("person@example.org", "guest@example.org"):
        EmailSuppression.objects.create(
            address_hash=hash_address(address.upper()), reason=SuppressionReason.BOUNCE, added_at=timezone.now()
        )
    assert not any(_to_person(person, kind) for kind in MailKind)
    assert not any(_to_address("Guest@example.org ", kind) for kind in MailKind)


def test_a_guest_ends_one_kind_and_still_gets_the_others(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert _to_address("guest@example.org")
    (sent,) = outbox.outbox
    assert "/de/me/mail/unsubscribe/" in str(sent.body)
    unsubscribe_mails(by=VISITOR, key=_key_in(sent))
    assert not _to_address("GUEST@example.org")
    assert _to_address("guest@example.org", GROUP)


def test_a_mail_to_the_address_of_an_account_follows_its_switches(person: User) -> None:
    set_mail_kinds(by=person, wanted=[])
    assert not _to_address("Person@Example.org")


def test_somebody_who_ended_mails_as_a_guest_gets_none_with_an_account_of_that_address(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _to_address("guest@example.org")
    unsubscribe_mails(by=VISITOR, key=_key_in(outbox.outbox[0]))
    later = User.objects.create_user(email="guest@example.org")
    assert not _to_person(later, EVENT)
