"""Rows of a related table as one column, alike on both databases."""

from __future__ import annotations

import pytest
from django.db.models import OuterRef
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import a_learner, give_part
from tests.records import a_course

from synchromesh.catalogue.models import Course, CourseRole
from synchromesh.plumbing.json_lists import JsonList

pytestmark = pytest.mark.django_db
ROLES = CourseRole.objects.filter(course=OuterRef("pk"))


def test_related_rows_come_with_the_thing_in_one_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course, other = a_course("first"), a_course("second")
    author, tutor = give_part(a_learner(), course, "author"), give_part(a_learner(), course, "tutor")
    rows = ROLES.values_list("part", "person_id", "course__titles")
    with django_assert_num_queries(1):
        found = dict(Course.objects.annotate(listed=JsonList(rows)).values_list("pk", "listed"))
    assert sorted(found[course.pk]) == [["author", author.pk, course.titles], ["tutor", tutor.pk, course.titles]]
    assert found[other.pk] == []


def test_columns_that_the_databases_write_differently_are_refused() -> None:
    with pytest.raises(TypeError, match="DateTimeField 'since'"):
        str(Course.objects.annotate(listed=JsonList(ROLES.values_list("since"))).query)
