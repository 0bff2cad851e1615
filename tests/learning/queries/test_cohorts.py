"""Cohorts as tutors and as learners see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import CohortInvitation
from synchromesh.learning.queries.cohorts import (
    find_cohort_by_key,
    get_cohort,
    list_cohorts,
    list_dated_units,
    list_joinable_cohorts,
    list_messages,
)

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


@pytest.fixture
def course() -> Course:
    """A course with content."""
    return records.a_course_with_content().course


@pytest.fixture
def tutor(course: Course) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), course, "tutor")


def test_a_cohort_has_its_numbers(course: Course, tutor: User, django_assert_max_num_queries: Any) -> None:
    version = course.content_versions.get()
    late = records.a_cohort(course, seats=4, starts_on=TODAY)
    early = records.a_cohort(course, starts_on=TODAY - timedelta(days=9))
    for state in ("active", "active", "completed", "waiting", "left"):
        records.an_enrolment(version, run=late.run, state=state)
    for number, accepted in enumerate((None, None, timezone.now())):
        columns = {"key_hash": f"{number}", "email": f"{number}@example.org", "accepted_at": accepted}
        CohortInvitation.objects.create(cohort=late, made_by="operator", expires_at=timezone.now(), **columns)
    course = Course.objects.select_related("provider").get(pk=course.pk)
    with django_assert_max_num_queries(4):
        first, second = list_cohorts(course, visible_to=tutor)
    assert (first.cohort, first.taken, first.waiting, first.completed, first.invited) == (late, 3, 1, 1, 2)
    assert (first.free, first.is_full) == (1, False)
    assert (second.cohort, second.taken, second.free, second.is_full) == (early, 0, None, False)


def test_learners_are_offered_what_they_can_join_the_next_one_first(course: Course) -> None:
    def cohort(days: int, **columns: Any) -> Any:
        found = records.a_cohort(course, starts_on=TODAY + timedelta(days=days), joining=columns.pop("joining", "open"))
        type(found.run).objects.filter(pk=found.run.pk).update(**columns)
        return found

    later, soon = cohort(20), cohort(10, deadline_on=TODAY)
    cohort(1, joining="invitation")
    cohort(1, deadline_on=TODAY - timedelta(days=1))
    cohort(-9, ends_on=TODAY - timedelta(days=1))
    whenever = records.a_cohort(course)
    records.a_cohort(course, closed_at=timezone.now())
    assert [row.cohort for row in list_joinable_cohorts(course, today=TODAY)] == [soon, later, whenever]


def test_a_code_of_another_course_finds_nothing(course: Course) -> None:
    records.a_cohort(course, joining="code", code="7K2M-9QXR")
    other = records.a_course_with_content("other").course
    assert find_cohort_by_key(course, "7k2m 9qxr", now=timezone.now()).joined_by == "code"
    with pytest.raises(NotFound):
        find_cohort_by_key(other, "7K2M-9QXR", now=timezone.now())


def test_dates_are_said_for_units_of_the_newest_published_version(course: Course) -> None:
    cohort = records.a_cohort(course)
    records.a_course_with_content(course=course, kinds=("picture", "text"))
    records.a_course_with_content(course=course, kinds=("file",), published=False)
    assert [unit.key for unit in list_dated_units(cohort)] == ["picture", "text"]


def test_strangers_and_learners_find_no_cohort(course: Course, person: User, tutor: User) -> None:
    cohort = records.a_cohort(course)
    learner = records.an_enrolment(course.content_versions.get(), run=cohort.run).person
    for reader in (person, learner):
        for query in (
            lambda reader=reader: get_cohort(cohort.run.uid, visible_to=reader),
            lambda reader=reader: list_cohorts(course, visible_to=reader),
            lambda reader=reader: list_messages(cohort, visible_to=reader),
        ):
            with pytest.raises(NotFound):
                query()
    assert get_cohort(str(cohort.run.uid), visible_to=tutor) == cohort
    with pytest.raises(NotFound):
        get_cohort("no uid", visible_to=tutor)
