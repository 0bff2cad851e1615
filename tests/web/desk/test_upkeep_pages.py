"""The desk page that keeps courses clean: what it shows to whom, and confirming several courses at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course, LinkCheck

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/upkeep/"
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
_ROW = re.compile(r'<a href="/en/courses/([-\w]+)/"')


@pytest.fixture
def courses(organisation: Organisation) -> None:
    today = timezone.localdate()
    a_course("fine", provider=organisation, last_confirmed_on=today)
    a_course("old", provider=organisation, last_confirmed_on=today - timedelta(days=400), refresh_asked_on=today)
    a_course("dropped", last_confirmed_on=today, missing_since=today)
    broken = a_course("broken", provider=organisation, last_confirmed_on=today, url="https://example.org/b")
    LinkCheck.objects.create(
        course=broken, url=broken.url, state="broken", first_failed_at=NOON, status=403, reason="A sentence."
    )


def _text(page: Any) -> str:
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


@pytest.mark.usefixtures("courses")
def test_staff_see_every_course_and_what_is_to_do_about_it(
    client: Client, staff: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(staff)
    with django_assert_max_num_queries(8):
        text = _text(client.get(PAGE))
    assert _ROW.findall(text) == ["broken", "dropped", "old", "fine"]
    for words in ("not worked since 1 March 2027", "A sentence. (403)", "no longer names it", "older than 12 months"):
        assert words in text
    assert _ROW.findall(_text(client.get(f"{PAGE}?state=old"))) == ["old"]
    assert "Nothing to do here." in _text(client.get(f"{PAGE}?provider=nobody"))
    assert "/en/desk/upkeep/" in _text(client.get("/en/desk/"))


@pytest.mark.usefixtures("courses")
def test_a_reason_without_a_translation_is_marked_as_english_on_a_german_page(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert '<span lang="en">A sentence.</span>' in _text(client.get("/de/desk/upkeep/"))


@pytest.mark.usefixtures("courses")
def test_editors_confirm_their_own_courses_and_nobody_elses(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert _ROW.findall(_text(client.get(PAGE))) == ["broken", "old", "fine"]
    uids = {course.slug: str(course.uid) for course in Course.objects.all()}
    page = client.post(f"{PAGE}?state=old", {"course": [uids["old"], uids["dropped"], "rubbish"]}, follow=True)
    assert page.redirect_chain == [(f"{PAGE}?state=old", 302)]
    assert "1 course is confirmed today." in _text(page)
    by = dict(Course.objects.values_list("slug", "confirmed_by"))
    assert by == {"old": editor.public_id, "dropped": "", "fine": "", "broken": ""}


@pytest.mark.usefixtures("courses")
def test_nothing_ticked_is_said_and_people_without_courses_stay_out(client: Client, editor: User, member: User) -> None:
    client.force_login(editor)
    assert client.post(PAGE, {}).status_code == 422
    client.force_login(member)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("checks", [True, False])
def test_the_page_says_where_addresses_are_not_checked(
    client: Client, staff: User, settings: Settings, checks: bool
) -> None:
    settings.CHECK_LINKS = checks
    client.force_login(staff)
    assert ("Addresses are not checked" in _text(client.get(PAGE))) is not checks
