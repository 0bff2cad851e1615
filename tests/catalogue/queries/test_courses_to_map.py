"""Which courses wait, for whom, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_provider, a_skill

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import CourseSkill, MappingVerdict
from synchromesh.catalogue.queries.courses_to_map import CoursesToMap, count_courses_to_map, list_courses_to_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses(organisation: Organisation) -> None:
    """One course in each state, two that nobody has linked, and one that is not published."""
    a_course("a-mapped", {"weld": (0, 2)})
    a_course("b-waiting", {"weld": (0, 2)}, provider=organisation)
    waiting = a_course("c-due", {"weld": (0, 2)})
    CourseSkill.objects.filter(course=waiting).update(review_due_on=TODAY)
    CourseSkill.objects.create(course=waiting.__class__.objects.get(slug="b-waiting"), skill=a_skill("join"), level=1)
    looked_at = a_course("d-looked-at")
    MappingVerdict.objects.create(
        course=looked_at, skill=a_skill("cut"), decision="rejected", decided_by="operator", decided_at=timezone.now()
    )
    a_course("e-unmapped", provider=a_provider())
    a_course("f-hidden", published_at=None)


def _list(by: Any = OPERATOR, **wanted: Any) -> CoursesToMap:
    return list_courses_to_map(visible_to=by, today=TODAY, **wanted)


def _slugs(found: CoursesToMap) -> list[str]:
    return [course.slug for course in found.page.object_list]


@pytest.mark.usefixtures("courses")
def test_what_nobody_has_linked_comes_first_then_what_is_due(staff: User) -> None:
    found = _list(staff)
    assert _slugs(found) == ["e-unmapped", "d-looked-at", "c-due", "b-waiting", "a-mapped"]
    assert found.counts == {"unmapped": 2, "due": 1, "waiting": 1, "mapped": 1}
    rows = {row.slug: (row.confirmed, row.due, row.waiting, row.judged) for row in found.page.object_list}
    assert rows == {
        "a-mapped": (1, 0, 0, 0),
        "b-waiting": (1, 0, 1, 0),
        "c-due": (1, 1, 0, 0),
        "d-looked-at": (0, 0, 0, 1),
        "e-unmapped": (0, 0, 0, 0),
    }


@pytest.mark.usefixtures("courses")
def test_a_link_is_due_on_its_day_and_not_before() -> None:
    before = list_courses_to_map(visible_to=OPERATOR, today=TODAY - timedelta(days=1))
    assert before.counts["due"] == 0
    assert count_courses_to_map(visible_to=OPERATOR, today=TODAY) == 4
    assert count_courses_to_map(visible_to=OPERATOR, today=TODAY - timedelta(days=1)) == 3


@pytest.mark.usefixtures("courses")
def test_the_list_can_be_narrowed() -> None:
    assert _slugs(_list(state="due")) == ["c-due"]
    assert _list(state="due").counts["unmapped"] == 2
    assert len(_slugs(_list(state="nonsense"))) == 5
    assert _slugs(_list(provider="south-school")) == ["e-unmapped"]
    assert _slugs(_list(slugs=["c-due", "a-mapped", "nothing"])) == ["c-due", "a-mapped"]
    assert _slugs(_list(slugs=[])) == []


@pytest.mark.usefixtures("courses")
def test_a_provider_sees_its_own_courses_and_a_member_none(
    person: User, member: User, editor: User, manager: User
) -> None:
    for by, slugs in ((VISITOR, []), (person, []), (member, []), (editor, ["b-waiting"]), (manager, ["b-waiting"])):
        assert _slugs(_list(by)) == slugs
    manager.is_active = False
    assert _slugs(_list(manager)) == []


def test_the_number_of_questions_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        a_course(f"course-{number:02}", {"weld": (0, 2)} if number % 2 else None, provider=None)
    with django_assert_num_queries(3):
        found = _list(page=2)
        assert len(found.page.object_list) == 5
        assert [str(course) for course in found.page.object_list]
    with django_assert_num_queries(1):
        assert count_courses_to_map(visible_to=OPERATOR, today=TODAY) == 15
