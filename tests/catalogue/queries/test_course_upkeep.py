"""The list of those who look after courses: what is to do first, and how much each course is used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import CourseUse, LinkCheck
from synchromesh.catalogue.queries.course_upkeep import (
    count_courses_to_keep,
    list_chosen_courses,
    list_courses_to_keep,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def courses(organisation: Organisation) -> None:
    """One course in each state and one that needs nothing; the broken one is somebody else's."""
    a_course("fine", provider=organisation, last_confirmed_on=TODAY)
    a_course("old", provider=organisation, last_confirmed_on=TODAY - timedelta(days=400))
    a_course("dropped", provider=organisation, last_confirmed_on=TODAY, missing_since=TODAY)
    broken = a_course("broken", last_confirmed_on=TODAY, url="https://example.org/b")
    LinkCheck.objects.create(course=broken, url=broken.url, state="broken", first_failed_at=NOON)
    moved = a_course("moved", last_confirmed_on=TODAY, url="https://example.org/new")
    LinkCheck.objects.create(course=moved, url="https://example.org/old", state="broken", first_failed_at=NOON)


@pytest.mark.usefixtures("courses")
def test_what_needs_something_comes_first(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(4):
        found = list_courses_to_keep(visible_to=OPERATOR, today=TODAY)
        slugs = [course.slug for course in found.page.object_list]
    assert slugs == ["broken", "dropped", "old", "fine", "moved"]
    assert (found.counts, found.total) == ({"broken": 1, "missing": 1, "old": 1}, 5)
    assert count_courses_to_keep(visible_to=OPERATOR, today=TODAY) == 3
    only = list_courses_to_keep(visible_to=OPERATOR, today=TODAY, state="broken")
    assert [course.slug for course in only.page.object_list] == ["broken"]
    assert only.counts == found.counts


@pytest.mark.usefixtures("courses")
def test_everybody_sees_and_chooses_only_what_they_edit(editor: User, member: User) -> None:
    seen = list_courses_to_keep(visible_to=editor, today=TODAY)
    assert {course.slug for course in seen.page.object_list} == {"fine", "old", "dropped"}
    for actor in (member, VISITOR):
        assert list_courses_to_keep(visible_to=actor, today=TODAY).total == 0
    every = [str(course.uid) for course in list_courses_to_keep(visible_to=OPERATOR, today=TODAY).page.object_list]
    chosen = list_chosen_courses([*every, "rubbish"], visible_to=editor)
    assert {course.slug for course in chosen} == {"fine", "old", "dropped"}


def test_the_use_of_the_last_thirty_days_is_summed() -> None:
    course = a_course("welding")
    for days, views, clicks in ((0, 3, 1), (29, 2, 2), (30, 50, 50)):
        CourseUse.objects.create(course=course, day=TODAY - timedelta(days=days), views=views, clicks=clicks)
    (seen,) = list_courses_to_keep(visible_to=OPERATOR, today=TODAY).page.object_list
    assert (seen.views, seen.clicks) == (5, 3)
