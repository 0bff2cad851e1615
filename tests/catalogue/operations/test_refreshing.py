"""Asking providers once a year, and writing down what they answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.records import TODAY, a_course, a_provider

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.refreshing import ask_for_refresh, confirm_course, confirm_courses
from synchromesh.catalogue.queries.refresh_keys import find_key_person
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
OLD = date(2026, 1, 15)


def test_one_mail_per_person_asks_about_the_courses_of_a_provider_and_only_once(
    organisation: Organisation,
    editor: User,
    manager: User,
    member: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    manager.language = "de"
    manager.save()
    titles = {"en": "Welding\nfor all", "de": "Schweißen"}
    course = a_course("welding", provider=organisation, last_confirmed_on=OLD, titles=titles)
    a_course("driving", provider=organisation, last_confirmed_on=OLD)
    a_course("nobody-to-ask", provider=a_provider(), last_confirmed_on=OLD)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_refresh(by=OPERATOR, today=TODAY) == 2
        assert ask_for_refresh(by=OPERATOR, today=TODAY) == 0
    sent = {message.to[0]: message for message in outbox.outbox}
    assert sent.keys() == {editor.email, manager.email}
    body = str(sent[str(editor.email)].body)
    assert "Welding for all" in body
    assert "/en/courses/driving/still-right/?key=" in body
    assert "Schweißen" in str(sent[str(manager.email)].body)
    key = re.search(r"/courses/welding/still-right/\?key=(\S+)", body)
    assert key is not None
    assert find_key_person(key[1], course=course) == editor
    asked = dict(Course.objects.values_list("slug", "refresh_asked_on"))
    assert asked == {"welding": TODAY, "driving": TODAY, "nobody-to-ask": None}
    event = AuditEvent.objects.get(action="ask_for_refresh")
    assert (event.target_uid, len(event.details["courses"])) == (str(organisation.uid), 2)


def test_a_mail_names_fifty_courses_and_says_how_many_more_there_are(
    organisation: Organisation, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    columns: dict[str, Any] = {
        "titles": {"en": "X"},
        "provider": organisation,
        "last_confirmed_on": OLD,
        "published_at": timezone.now(),
    }
    Course.objects.bulk_create(Course(slug=f"course-{number}", **columns) for number in range(53))
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_refresh(by=OPERATOR, today=TODAY) == 50
    (message,) = outbox.outbox
    assert str(message.body).count("still-right") == 50
    assert "And 3 more." in str(message.body)
    assert ask_for_refresh(by=OPERATOR, today=TODAY + timedelta(days=29)) == 0
    assert ask_for_refresh(by=OPERATOR, today=TODAY + timedelta(days=30)) == 50


def test_only_the_alliance_asks(editor: User) -> None:
    with pytest.raises(NotAllowed):
        ask_for_refresh(by=editor)


def test_an_answer_is_written_down_with_who_gave_it_and_how(organisation: Organisation, editor: User) -> None:
    course = a_course("welding", provider=organisation, last_confirmed_on=OLD, confirmed_by="north")
    confirm_course(by=editor, course=course, through="mail")
    course.refresh_from_db()
    assert (course.last_confirmed_on, course.confirmed_by) == (timezone.localdate(), editor.public_id)
    event = AuditEvent.objects.get(action="confirm_course")
    assert (event.actor, event.target_uid, event.details) == (editor.public_id, str(course.uid), {"through": "mail"})
    confirm_course(by=editor, course=course)
    assert AuditEvent.objects.filter(action="confirm_course").count() == 1


def test_of_several_courses_all_are_confirmed_or_none(organisation: Organisation, editor: User) -> None:
    mine, other = a_course("mine", provider=organisation), a_course("other", provider=a_provider())
    with pytest.raises(NotAllowed):
        confirm_courses(by=editor, courses=[mine, other])
    assert not Course.objects.exclude(last_confirmed_on=None).exists()
    assert confirm_courses(by=OPERATOR, courses=[mine, other]) == 2


def test_a_member_who_edits_nothing_cannot_confirm(organisation: Organisation, member: User) -> None:
    with pytest.raises(NotAllowed):
        confirm_course(by=member, course=a_course("welding", provider=organisation))
