"""Similar courses: what they share, what speaks for them, and who is left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_role, a_run

from synchromesh.catalogue.queries.courses import get_course
from synchromesh.catalogue.queries.similar_courses import SimilarCourse, find_similar_courses

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


def _similar(slug: str = "this", **options: Any) -> list[SimilarCourse]:
    return find_similar_courses(get_course(slug), today=TODAY, **options)


def test_the_course_with_most_levels_in_common_comes_first_with_the_skills_and_levels() -> None:
    a_course("this", {"weld": (0, 2), "glue": (0, 2)})
    a_course("one-skill", {"weld": (2, 3)})
    a_course("both-lower", {"weld": (0, 1), "glue": (0, 2)})
    a_course("other", {"drive": (0, 2)})
    found = _similar()
    assert [one.course.slug for one in found] == ["both-lower", "one-skill"]
    assert [(shared.link.skill.slug, shared.own_level, shared.level) for shared in found[0].shared] == [
        ("glue", 2, 2),
        ("weld", 2, 1),
    ]


def test_of_two_that_share_as_much_the_nearer_level_comes_first_then_the_slug() -> None:
    a_course("this", {"weld": (0, 2)})
    for slug, level in (("c-same", 2), ("a-more", 3), ("b-same", 2)):
        a_course(slug, {"weld": (0, level)})
    assert [one.course.slug for one in _similar()] == ["b-same", "c-same", "a-more"]
    assert len(_similar(limit=2)) == 2


def test_neither_itself_nor_a_merged_twin_nor_what_cannot_be_taken_is_similar() -> None:
    this = a_course("this", {"weld": (0, 2)})
    a_course("twin", {"weld": (0, 2)}, published_at=None, merged_into=this)
    a_course("draft", {"weld": (0, 2)}, published_at=None)
    a_course("dropped", {"weld": (0, 2)}, missing_since=TODAY)
    a_course("unconfirmed", {"weld": (0, 2)}, confirmed=False)
    a_run(a_course("past", {"weld": (0, 2)}), date(2020, 1, 1))
    assert _similar() == []


def test_a_course_without_confirmed_skills_has_no_similar_ones(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_course("this", {"weld": (0, 2)}, confirmed=False)
    a_course("other", {"weld": (0, 2)})
    course = get_course("this")
    with django_assert_num_queries(0):
        assert find_similar_courses(course, today=TODAY) == []


def test_what_speaks_for_a_course_is_said_only_where_both_state_it() -> None:
    a_run(a_course("this", {"weld": (0, 2)}, minutes=120, languages=["de"]), LATER)
    better = a_course("better", {"weld": (0, 2)}, price_cents=500, minutes=60, languages=["de", "fr"])
    a_run(better, TODAY)
    a_course("unknown", {"weld": (0, 2)}, price_cents=None, currency="", minutes=None, languages=[])
    worse = a_course("worse", {"weld": (0, 2)}, price_cents=9000, minutes=900, languages=["de"])
    a_run(worse, LATER + timedelta(days=1))
    a_course("foreign", {"weld": (0, 2)}, price_cents=500, currency="CZK", minutes=120, languages=["de"])
    found = {one.course.slug: (one.saves_cents, one.saves_minutes, one.starts_on, one.languages) for one in _similar()}
    assert found == {
        "better": (1500, 60, TODAY, ("fr",)),
        "unknown": (None, None, None, ()),
        "worse": (None, None, None, ()),
        "foreign": (None, None, None, ()),
    }


def test_nothing_is_sooner_than_a_course_that_can_be_begun_at_any_time() -> None:
    a_course("this", {"weld": (0, 2)})
    a_run(a_course("dated", {"weld": (0, 2)}), TODAY)
    assert _similar()[0].starts_on is None
    assert _similar("dated")[0].starts_on is None


def test_the_jobs_that_both_lead_to_are_named() -> None:
    a_role("welder", {"weld": 2})
    a_role("driver", {"drive": 2})
    a_course("this", {"weld": (0, 2), "drive": (0, 1)})
    a_course("other", {"weld": (0, 2)})
    assert [[role.slug for role in one.roles] for one in _similar()] == [["welder"]]


def test_similar_courses_take_three_questions_and_then_two_however_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_role("welder", {"weld": 2})
    a_course("this", {"weld": (0, 2)})
    for number in range(5):
        a_run(a_course(f"other-{number}", {"weld": (0, 2)}), LATER)
    course = get_course("this")
    with django_assert_num_queries(3):
        found = find_similar_courses(course, today=TODAY)
        assert [(str(one.course.provider), one.roles[0].titles, str(one.shared[0].link.skill)) for one in found]
    with django_assert_num_queries(2):
        assert find_similar_courses(course, today=TODAY) == found
