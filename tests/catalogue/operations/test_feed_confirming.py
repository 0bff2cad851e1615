"""A course that its feed still names counts as confirmed on that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.records import a_course

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, FeedSource
from synchromesh.catalogue.operations.feed_confirming import confirm_named_courses
from synchromesh.catalogue.operations.feed_sources import add_feed_source

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


@pytest.fixture
def source() -> FeedSource:
    return add_feed_source(by=OPERATOR, name="North", url="https://north.example/feed.csv")


def named(source: FeedSource, slug: str, **columns: Any) -> Course:
    stated: dict[str, Any] = {"source_on": None} | columns
    return a_course(slug, import_source=source.key, external_id=slug, **stated)


def confirmed(course: Course) -> tuple[date | None, str]:
    course.refresh_from_db()
    return course.last_confirmed_on, course.confirmed_by


def test_what_the_source_still_names_is_confirmed_and_what_states_its_own_date_keeps_it(source: FeedSource) -> None:
    old = named(source, "old", last_confirmed_on=TODAY - timedelta(days=400), confirmed_by="someone")
    never = named(source, "never", last_confirmed_on=None)
    dated = named(source, "dated", source_on=date(2026, 1, 1), last_confirmed_on=date(2026, 1, 1))
    missing = named(source, "missing", last_confirmed_on=None, missing_since=TODAY)
    other = a_course("other", import_source="elsewhere", external_id="x", source_on=None, last_confirmed_on=None)
    assert confirm_named_courses(source, on=TODAY) == 2
    assert confirmed(old) == confirmed(never) == (TODAY, source.key)
    assert confirmed(dated)[0] == date(2026, 1, 1)
    assert confirmed(missing)[0] is None
    assert confirmed(other)[0] is None


def test_a_confirmation_is_never_moved_back(source: FeedSource) -> None:
    course = named(source, "new", last_confirmed_on=TODAY, confirmed_by="someone")
    assert confirm_named_courses(source, on=TODAY - timedelta(days=1)) == 0
    assert confirmed(course) == (TODAY, "someone")


def test_the_search_hears_of_courses_that_looked_old_only(
    source: FeedSource, asked_jobs: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    named(source, "lately", last_confirmed_on=TODAY - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm_named_courses(source, on=TODAY) == 1
    assert not [job for job in asked_jobs if "index" in job]
    named(source, "old", last_confirmed_on=TODAY - timedelta(days=200))
    with django_capture_on_commit_callbacks(execute=True):
        confirm_named_courses(source, on=TODAY)
    assert [job for job in asked_jobs if "index" in job] == ["search.tasks.update_index"]
