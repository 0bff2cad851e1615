"""How fresh a course is, who confirmed it, and about which courses a provider is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.records import TODAY, a_course, a_provider

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course, FeedSource
from synchromesh.catalogue.queries.freshness import find_confirmer, freshness_of, list_courses_to_ask_about

OLD = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("confirmed_on", "expected"),
    [
        (TODAY, "fresh"),
        (date(2026, 3, 1), "fresh"),
        (date(2026, 2, 28), "ageing"),
        (date(2025, 9, 1), "ageing"),
        (date(2025, 8, 31), "stale"),
        (None, "stale"),
    ],
)
def test_a_confirmation_is_fresh_for_12_months_and_ageing_until_18(confirmed_on: date | None, expected: str) -> None:
    assert freshness_of(confirmed_on, today=TODAY) == expected


@pytest.mark.django_db
def test_the_confirmer_is_said_without_a_name_of_a_person(
    organisation: Organisation, editor: User, staff: User
) -> None:
    FeedSource.objects.create(key="north", name="North feed", created_by="operator")
    said = {
        "north": ("feed", "North feed"),
        "a file": ("feed", "a file"),
        "operator": ("alliance", ""),
        editor.public_id: ("provider", ""),
        staff.public_id: ("alliance", ""),
        "6f0c1f0a-5a5e-5d55-9c39-2b6a5c1e6d01": ("unknown", ""),
        "": ("unknown", ""),
    }
    for by, expected in said.items():
        found = find_confirmer(Course(confirmed_by=by, provider=organisation))
        assert (found.kind, found.name) == expected, by


@pytest.mark.django_db
def test_somebody_who_edits_for_another_provider_is_not_the_provider(editor: User) -> None:
    assert find_confirmer(Course(confirmed_by=editor.public_id, provider=a_provider())).kind == "unknown"


@pytest.mark.django_db
def test_a_provider_is_asked_about_what_nobody_has_confirmed_for_eleven_months(organisation: Organisation) -> None:
    mine: dict[str, Any] = {"provider": organisation}
    a_course("old", last_confirmed_on=date(2026, 4, 1), **mine)
    a_course("new", last_confirmed_on=date(2026, 4, 2), **mine)
    a_course("draft", last_confirmed_on=OLD, published_at=None, **mine)
    a_course("dropped", last_confirmed_on=OLD, missing_since=TODAY, **mine)
    a_course("invented", last_confirmed_on=OLD, origin="example", **mine)
    a_course("nobodys", last_confirmed_on=OLD)
    for slug, day in (("never", 1), ("just-came", 25)):
        course = a_course(slug, **mine)
        Course.objects.filter(pk=course.pk).update(created_at=datetime(2026, 3 if day == 1 else 5, day, tzinfo=UTC))
    assert {course.slug for course in list_courses_to_ask_about(today=TODAY)} == {"old", "never"}


@pytest.mark.django_db
def test_a_provider_that_was_asked_lately_is_left_in_peace_for_thirty_days(organisation: Organisation) -> None:
    a_course("asked", last_confirmed_on=OLD, provider=organisation, refresh_asked_on=TODAY)
    a_course("not-asked", last_confirmed_on=OLD, provider=organisation)
    other = a_course("elsewhere", last_confirmed_on=OLD, provider=a_provider())
    assert list_courses_to_ask_about(today=TODAY + timedelta(days=29)) == [other]
    assert len(list_courses_to_ask_about(today=TODAY + timedelta(days=30))) == 3
