from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_role, a_run, a_topic

from synchromesh.catalogue.queries.course_counts import count_courses
from synchromesh.search.operations import rebuild

pytestmark = pytest.mark.django_db


def test_courses_are_counted_by_field_and_by_the_roles_that_need_their_skills(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    battery = a_topic("battery")
    a_role("welder", {"weld": 1, "grind": 1})
    a_role("driver", {"drive": 1})
    both = a_course("both", {"weld": (0, 1), "grind": (0, 1)})
    both.topics.add(battery)
    a_course("guess", {"drive": (0, 1)}, confirmed=False)
    a_run(a_course("over", {"weld": (0, 1)}), TODAY.replace(year=2020))
    rebuild()
    with django_assert_num_queries(0):
        found = count_courses(today=TODAY)
    assert (found.total, dict(found.by_field), dict(found.by_role)) == (2, {"battery": 1}, {"welder": 1})
