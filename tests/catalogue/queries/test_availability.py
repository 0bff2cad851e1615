"""When a course can still be taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records import TODAY, a_course, a_run

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import (
    can_be_taken,
    closed_runs,
    is_over,
    last_day_to_join,
    upcoming_runs,
)


@pytest.mark.parametrize(
    ("starts_on", "words", "over"),
    [
        (TODAY, "", False),
        (TODAY - timedelta(days=1), "", True),
        (TODAY + timedelta(days=1), "in 2020", False),
        (None, "", False),
        (None, "December 2023", True),
        (None, "2026/2027", False),
        (None, "every spring", False),
        (None, "room 20267", False),
    ],
)
def test_a_run_is_over_once_it_has_started_or_its_last_year_is_past(
    starts_on: date | None, words: str, over: bool
) -> None:
    assert is_over(Run(starts_on=starts_on, dates_text=words), today=TODAY) is over


@pytest.mark.django_db
def test_a_course_without_runs_can_be_taken_at_any_time() -> None:
    assert can_be_taken(a_course("any-time"), today=TODAY)


@pytest.mark.django_db
def test_a_course_with_runs_needs_one_that_is_not_over() -> None:
    course = a_course("dated")
    a_run(course, TODAY - timedelta(days=5))
    assert not can_be_taken(course, today=TODAY)
    undated = a_run(course, None, dates_text="on request")
    late = a_run(course, TODAY + timedelta(days=50))
    soon = a_run(course, TODAY + timedelta(days=5))
    assert upcoming_runs(course.runs.all(), today=TODAY) == [soon, late, undated]
    assert can_be_taken(course, today=TODAY)


@pytest.mark.django_db
def test_a_run_counts_until_the_last_day_to_register_and_not_after_it() -> None:
    course = a_course("dated")
    closed = a_run(course, TODAY + timedelta(days=30), deadline_on=TODAY - timedelta(days=1))
    assert not can_be_taken(course, today=TODAY)
    assert upcoming_runs(course.runs.all(), today=TODAY) == []
    assert closed_runs(course.runs.all(), today=TODAY) == [closed]
    last_day = a_run(course, TODAY + timedelta(days=40), deadline_on=TODAY)
    assert upcoming_runs(course.runs.all(), today=TODAY) == [last_day]
    assert can_be_taken(course, today=TODAY)


@pytest.mark.django_db
def test_a_run_that_is_over_is_not_called_closed() -> None:
    course = a_course("dated")
    a_run(course, TODAY - timedelta(days=1), deadline_on=TODAY - timedelta(days=9))
    assert closed_runs(course.runs.all(), today=TODAY) == []


@pytest.mark.django_db
def test_a_course_that_its_feed_no_longer_names_cannot_be_taken() -> None:
    course = a_course("gone", missing_since=TODAY)
    a_run(course, TODAY + timedelta(days=5))
    assert not can_be_taken(course, today=TODAY)


DAYS = st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=500))
RUNS = st.builds(
    Run,
    starts_on=st.none() | DAYS,
    deadline_on=st.none() | DAYS,
    dates_text=st.sampled_from(["", "on request", "spring 2026", "2026 and 2027", "2028"]),
)


@given(runs=st.lists(RUNS, max_size=3), missing=st.none() | st.dates(date(2026, 1, 1), TODAY))
def test_the_last_day_to_join_says_the_same_as_the_rule(runs: list[Run], missing: date | None) -> None:
    course = Course(pk=1, missing_since=missing)
    course._prefetched_objects_cache = {"runs": runs}  # type: ignore[attr-defined]
    assert (last_day_to_join(course) >= TODAY) is can_be_taken(course, today=TODAY)
