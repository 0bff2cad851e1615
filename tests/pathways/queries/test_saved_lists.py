"""Reading lists: one's own with few questions, somebody else's only by a link."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_provider, a_run

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.models import SavedList, SavedListEntry
from synchromesh.pathways.queries.saved_lists import (
    get_saved_list,
    get_shared_list,
    list_kept_courses,
    list_lists_with,
    list_saved_lists,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(person: User) -> SavedList:
    """A shared list with four courses."""
    made = SavedList.objects.create(owner=person, title="B", link_key="a-key")
    provider = a_provider()
    for number in range(4):
        course = a_course(f"course-{number}", provider=provider)
        a_run(course, TODAY)
        SavedListEntry.objects.create(saved_list=made, course=course)
    return made


def test_lists_come_by_title_with_the_number_of_their_courses(person: User, staff: User, kept: SavedList) -> None:
    SavedList.objects.create(owner=person, title="A")
    assert [(one.title, one.courses) for one in list_saved_lists(person)] == [("A", 0), ("B", 4)]  # type: ignore[attr-defined]
    assert list_saved_lists(staff) == []
    assert get_saved_list(person, str(kept.uid)) == kept
    with pytest.raises(NotFound):
        get_saved_list(staff, str(kept.uid))


def test_each_list_says_whether_a_course_is_in_it(person: User, kept: SavedList) -> None:
    SavedList.objects.create(owner=person, title="A")
    course = kept.entries.all()[0].course
    assert [(one.title, one.holds) for one in list_lists_with(person, course)] == [("A", False), ("B", True)]  # type: ignore[attr-defined]


def test_the_courses_of_a_list_take_few_questions(
    kept: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        lines = list_kept_courses(kept)
        assert [line.course.slug for line in lines] == [f"course-{number}" for number in range(4)]
        assert [str(line.course.provider) for line in lines] == ["South School"] * 4
        assert all(line.course.runs.all()[0].starts_on for line in lines)
        assert str(lines[0].course) == "Course 0"


def test_a_course_that_is_gone_from_the_catalogue_stays_in_the_list_and_says_so(kept: SavedList) -> None:
    entry = kept.entries.all()[0]
    entry.course.published_at = None
    entry.course.save()
    assert [line.offered for line in list_kept_courses(kept)] == [False, True, True, True]


@pytest.mark.parametrize("key", ["", "nothing", "A-KEY"])
def test_only_the_exact_key_opens_a_list(kept: SavedList, key: str) -> None:
    with pytest.raises(NotFound):
        get_shared_list(key)


def test_the_list_of_a_closed_account_is_not_shown(person: User, kept: SavedList) -> None:
    assert get_shared_list("a-key") == kept
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(NotFound):
        get_shared_list("a-key")
