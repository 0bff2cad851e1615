"""Reminders: once, two days ahead, to those who have a place and want such mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.event_records import (
    DAY,
    NOW,
    a_confirmed_guest,
    a_content,
    a_registration,
    a_webinar,
    an_event,
    person_of,
)

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models.mail_preferences import MailPreference
from synchromesh.community.operations.event_editing import cancel_event, edit_event
from synchromesh.community.operations.event_registering import withdraw_registration
from synchromesh.community.operations.event_reminders import send_reminders
from synchromesh.community.queries.event_guests import guest_key

pytestmark = pytest.mark.django_db
TWO_DAYS_BEFORE = datetime.combine(DAY - timedelta(days=2), datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)


def test_everybody_with_a_place_is_reminded_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    event = an_event(content=a_webinar(takes_guests=True, seats=2))
    first, guest = a_registration(event), a_confirmed_guest(event)
    a_registration(event, now=NOW + timedelta(minutes=1))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert send_reminders(by=OPERATOR, now=TWO_DAYS_BEFORE) == 2
        assert send_reminders(by=OPERATOR, now=TWO_DAYS_BEFORE + timedelta(hours=1)) == 0
    assert guest.guest is not None
    assert {address for message in mail.outbox for address in message.to} == {person_of(first).email, guest.guest.email}
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert guest_key(guest.guest) in bodies[guest.guest.email]
    assert "https://meet.example.org/secret-room" in bodies[str(person_of(first).email)]


def test_nobody_is_reminded_too_early_or_of_what_is_called_off_or_given_up() -> None:
    event = an_event()
    leaving = a_registration(event)
    a_registration(event)
    assert send_reminders(by=OPERATOR, now=TWO_DAYS_BEFORE - timedelta(days=1)) == 0
    withdraw_registration(by=person_of(leaving), registration=leaving, now=NOW)
    cancel_event(by=OPERATOR, event=event)
    assert send_reminders(by=OPERATOR, now=TWO_DAYS_BEFORE) == 0


def test_whoever_switched_reminders_off_gets_none() -> None:
    registration = a_registration(an_event())
    MailPreference.objects.create(person=person_of(registration), kind="event", is_wanted=False, said_at=NOW)
    assert send_reminders(by=OPERATOR, now=TWO_DAYS_BEFORE) == 0


def test_a_change_of_time_is_told_and_a_change_of_words_is_not(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    event = an_event()
    registration = a_registration(event)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        edit_event(by=OPERATOR, event=event, content=a_content(summaries={"en": "New words"}), now=NOW)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        edit_event(by=OPERATOR, event=event, content=a_content(place="Arad"), now=NOW)
    assert [(message.subject, message.to) for message in mail.outbox] == [
        ("Changed: Study visit Timișoara", [person_of(registration).email])
    ]
