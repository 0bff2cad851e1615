"""Keys in mails open one course for one person, for 60 days."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from tests.records import a_course

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries import refresh_keys
from synchromesh.catalogue.queries.refresh_keys import KeyFault, find_key_person, make_refresh_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(organisation: Organisation) -> Course:
    return a_course("welding", provider=organisation)


def test_a_key_tells_for_whom_it_was_made_and_needs_no_escaping(course: Course, editor: User) -> None:
    key = make_refresh_key(course, editor)
    assert find_key_person(key, course=course) == editor
    assert set(key) <= set(string.ascii_letters + string.digits + "-_:")


@pytest.mark.parametrize(("days", "opens"), [(59, True), (61, False)])
def test_a_key_holds_for_sixty_days(
    course: Course, editor: User, monkeypatch: pytest.MonkeyPatch, days: int, opens: bool
) -> None:
    made = (timezone.now() - timedelta(days=days)).timestamp()
    with monkeypatch.context() as earlier:
        earlier.setattr("django.core.signing.time.time", lambda: made)
        key = make_refresh_key(course, editor)
    assert find_key_person(key, course=course) == (editor if opens else KeyFault.TOO_OLD)


def test_a_key_of_another_course_opens_nothing(course: Course, organisation: Organisation, editor: User) -> None:
    key = make_refresh_key(a_course("driving", provider=organisation), editor)
    assert find_key_person(key, course=course) == KeyFault.OTHER_COURSE


@pytest.mark.parametrize("change", [lambda key: key[:-1], lambda key: f"x{key}", lambda key: "", lambda key: "a:b:c"])
def test_a_key_that_was_changed_on_the_way_opens_nothing(course: Course, editor: User, change: object) -> None:
    assert callable(change)
    assert find_key_person(change(make_refresh_key(course, editor)), course=course) == KeyFault.UNREADABLE


@pytest.mark.parametrize("content", [None, 7, ["a", "b"], ["00"], {"a": 1}, "ab"])
def test_something_else_that_we_have_signed_opens_nothing(course: Course, content: object) -> None:
    assert find_key_person(signing.dumps(content, salt=refresh_keys._SALT), course=course) == KeyFault.UNREADABLE
    assert find_key_person(signing.dumps(content), course=course) == KeyFault.UNREADABLE


def test_whoever_has_left_the_provider_or_the_site_holds_a_dead_key(course: Course, editor: User) -> None:
    key = make_refresh_key(course, editor)
    User.objects.update(is_active=False)
    assert find_key_person(key, course=course) == KeyFault.NO_RIGHT
    User.objects.update(is_active=True)
    Membership.objects.all().delete()
    assert find_key_person(key, course=course) == KeyFault.NO_RIGHT
