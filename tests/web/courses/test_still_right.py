"""The page behind the mail "is this still right?": looking changes nothing, the button does; what bad keys say."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.records import a_course, a_run

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.refresh_keys import make_refresh_key
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
PAGE = "/en/courses/welding/still-right/"


@pytest.fixture
def course(organisation: Organisation) -> Course:
    course = a_course("welding", provider=organisation, url="https://example.org/weld")
    a_run(course, None, dates_text="on request")
    return course


@pytest.fixture
def key(course: Course, editor: User) -> str:
    return make_refresh_key(course, editor)


def _text(page: Any, status: int = 200) -> str:
    assert page.status_code == status
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def _confirmed() -> bool:
    return Course.objects.filter(last_confirmed_on=timezone.localdate()).exists()


def test_opening_the_link_shows_the_facts_and_confirms_nothing(client: Client, key: str) -> None:
    page = client.get(PAGE, {"key": key})
    text = _text(page)
    for words in ("Welding", "EUR 20", "https://example.org/weld", "on request", "Everything is still right", key):
        assert words in text
    assert "no-store" in page["Cache-Control"]
    client.head(PAGE, {"key": key})
    assert not _confirmed()
    assert not AuditEvent.objects.exists()


def test_the_button_confirms_without_signing_in_and_in_the_name_of_whoever_got_the_mail(
    client: Client, key: str, editor: User
) -> None:
    page = client.post(PAGE, {"key": key}, follow=True)
    assert page.redirect_chain == [("/en/courses/welding/", 302)]
    text = _text(page)
    assert "Thank you." in text
    assert "by the provider" in text
    assert _confirmed()
    event = AuditEvent.objects.get()
    assert (event.actor, event.action, event.details) == (editor.public_id, "confirm_course", {"through": "mail"})
    assert "_auth_user_id" not in client.session


def test_the_button_needs_the_token_of_this_site(key: str) -> None:
    assert Client(enforce_csrf_checks=True).post(PAGE, {"key": key}).status_code == 403
    assert not _confirmed()


@pytest.mark.parametrize(
    ("fault", "words"),
    [("cut", "It is not complete"), ("other", "It was made for another course"), ("left", "may not speak for")],
)
def test_a_key_that_opens_nothing_says_why_and_what_to_do(
    client: Client, course: Course, key: str, editor: User, fault: str, words: str
) -> None:
    if fault == "cut":
        key = key[:-3]
    elif fault == "other":
        key = make_refresh_key(a_course("driving", provider=course.provider), editor)
    else:
        Membership.objects.all().delete()
    for page in (client.get(PAGE, {"key": key}), client.post(PAGE, {"key": key})):
        text = _text(page, 403)
        assert words in text
        assert "Nothing was changed." in text
        assert "mailto:" in text
    assert not _confirmed()


def test_who_edits_the_course_needs_no_key_and_others_do(
    client: Client, course: Course, editor: User, member: User
) -> None:
    _text(client.get(PAGE), 403)
    client.force_login(member)
    assert "A manager of the provider can invite you." in _text(client.get(PAGE), 403)
    client.force_login(editor)
    assert "/still-right/" in _text(client.get("/en/courses/welding/"))
    assert "Everything is still right" in _text(client.get(PAGE))
    client.post(PAGE)
    assert _confirmed()
    assert AuditEvent.objects.get().details == {"through": "page"}


def test_a_merged_course_leads_on_and_one_that_is_gone_is_not_there(client: Client, course: Course, key: str) -> None:
    winner = a_course("winner")
    Course.objects.filter(pk=course.pk).update(published_at=None, merged_into=winner)
    assert client.get(PAGE, {"key": key})["Location"] == "/en/courses/winner/"
    Course.objects.filter(pk=course.pk).update(merged_into=None)
    assert client.get(PAGE, {"key": key}).status_code == 404
