"""The question after an event: once, to those who were there, and to nobody who switched it off."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.event_records import (
    DAY,
    NOW,
    a_confirmed_guest,
    a_registration,
    a_webinar,
    an_event,
    person_of,
)

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, Registration
from synchromesh.community.models.mail_preferences import MailKind, MailPreference
from synchromesh.community.operations.event_check_in import record_arrival
from synchromesh.community.operations.event_editing import cancel_event
from synchromesh.community.operations.event_feedback import save_feedback
from synchromesh.community.operations.event_feedback_mails import ask_for_feedback
from synchromesh.community.queries.event_guests import guest_key
from synchromesh.community.queries.mail_preferences import wants_mail

pytestmark = pytest.mark.django_db
THE_DAY = datetime.combine(DAY, time(12), tzinfo=UTC)
DAY_AFTER = THE_DAY + timedelta(days=1)


def there(registration: Registration) -> Registration:
    """Somebody who was noted at the door."""
    return record_arrival(by=OPERATOR, event=registration.event, code=registration.code, now=THE_DAY)


def test_whoever_was_there_is_asked_once_the_day_after(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    event = an_event(content=a_webinar(takes_guests=True))
    person, guest, absent = a_registration(event), a_confirmed_guest(event), a_registration(event)
    there(person)
    there(guest)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_feedback(by=OPERATOR, now=THE_DAY + timedelta(hours=6)) == 0
        assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER) == 2
        assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER + timedelta(hours=1)) == 0
    assert guest.guest is not None
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert bodies.keys() == {person_of(person).email, guest.guest.email}
    assert guest_key(guest.guest) in bodies[guest.guest.email]
    assert f"/en/events/{event.slug}/ticket/" in bodies[str(person_of(person).email)]
    assert all(message.subject == "How useful was it? Webinar on batteries" for message in mail.outbox)
    absent.refresh_from_db()
    assert absent.feedback_asked_at is None


def test_an_event_of_whole_days_is_over_the_day_after_its_last() -> None:
    event = an_event(starts_on=DAY, ends_on=DAY + timedelta(days=1))
    there(a_registration(event))
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER + timedelta(hours=6)) == 0
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER + timedelta(days=1, hours=8)) == 1


def test_whoever_said_it_already_is_not_asked() -> None:
    registration = there(a_registration(an_event(content=a_webinar())))
    save_feedback(by=person_of(registration), registration=registration, useful=4, now=THE_DAY)
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER) == 0


def test_nobody_is_asked_about_what_was_called_off_or_is_long_over() -> None:
    cancelled, old = an_event(content=a_webinar()), an_event(content=a_webinar())
    for event in (cancelled, old):
        there(a_registration(event))
    cancel_event(by=OPERATOR, event=Event.objects.get(pk=cancelled.pk))
    assert ask_for_feedback(by=OPERATOR, now=THE_DAY + timedelta(days=15)) == 0
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER) == 1


def test_the_switch_of_these_mails_is_their_own(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    registrations = [a_registration(event := an_event(content=a_webinar())), a_registration(event)]
    for one in registrations:
        there(one)
    off, on = (person_of(one) for one in registrations)
    MailPreference.objects.create(person=off, kind=MailKind.FEEDBACK, is_wanted=False, said_at=NOW)
    MailPreference.objects.create(person=on, kind=MailKind.EVENT, is_wanted=False, said_at=NOW)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER) == 1
    (message,) = mail.outbox
    assert message.to == [on.email]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert client.post(re.sub(r"^https?://[^/]+", "", address), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants_mail(on, MailKind.FEEDBACK)


def test_whoever_was_asked_and_wants_none_is_not_asked_later() -> None:
    registration = there(a_registration(an_event(content=a_webinar())))
    switch = MailPreference.objects.create(
        person=person_of(registration), kind=MailKind.FEEDBACK, is_wanted=False, said_at=NOW
    )
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER) == 0
    switch.delete()
    assert ask_for_feedback(by=OPERATOR, now=DAY_AFTER + timedelta(hours=1)) == 0
