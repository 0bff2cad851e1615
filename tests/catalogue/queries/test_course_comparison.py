"""Courses side by side: which ones, what stands out, and which skills they share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_run

from synchromesh.catalogue.queries.course_comparison import CourseComparison, find_comparison

pytestmark = pytest.mark.django_db


def _slugs(found: CourseComparison) -> list[str]:
    return [column.course.slug for column in found.columns]


def test_courses_stand_in_the_order_asked_for_each_once() -> None:
    for slug in "abc":
        a_course(slug)
    assert _slugs(find_comparison(["c", "a", "c", "", "b"], today=TODAY)) == ["c", "a", "b"]


def test_a_merged_course_is_the_one_that_stays_and_missing_ones_are_counted() -> None:
    stays = a_course("stays")
    a_course("goes", published_at=None, merged_into=stays)
    a_course("draft", published_at=None)
    found = find_comparison(["goes", "stays", "draft", "nothing"], today=TODAY)
    assert (_slugs(found), found.missing, found.left_out) == (["stays"], 2, 0)


def test_at_most_four_are_compared_and_the_others_counted() -> None:
    for slug in "abcdef":
        a_course(slug)
    found = find_comparison(list("fedcba"), today=TODAY)
    assert (_slugs(found), found.left_out, found.full) == (["f", "e", "d", "c"], 2, True)


def test_only_what_is_less_than_all_others_stands_out() -> None:
    a_run(a_course("a", price_cents=1000, minutes=60), TODAY + timedelta(days=9))
    a_run(a_course("b", price_cents=1000, minutes=50), TODAY + timedelta(days=2))
    a_course("c", price_cents=None, currency="", minutes=None)
    a_course("d", price_cents=900, currency="CZK")
    best = [set(column.best) for column in find_comparison(list("abcd"), today=TODAY).columns]
    assert best == [set(), {"shortest", "soonest"}, set(), set()]
    alone = find_comparison(["b", "c"], today=TODAY)
    assert [set(column.best) for column in alone.columns] == [set(), set()]


def test_skills_that_all_teach_come_first_and_those_of_one_last() -> None:
    a_course("a", {"glue": (0, 1), "weld": (0, 2), "drive": (0, 1)})
    a_course("b", {"weld": (1, 3), "glue": (0, 1)})
    a_course("c", {"weld": (None, 1)})
    found = find_comparison(["a", "b", "c"], today=TODAY).skills
    assert [(row.skill.slug, row.shared, row.only.slug if row.only else "") for row in found] == [
        ("weld", True, ""),
        ("glue", False, ""),
        ("drive", False, "a"),
    ]
    assert [link.level if link else None for link in found[1].links] == [1, 1, None]


def test_a_comparison_takes_four_questions_and_none_without_a_course(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for slug in "abcd":
        a_run(a_course(slug, {"weld": (0, 2)}), TODAY)
    with django_assert_num_queries(4):
        found = find_comparison(list("abcd"), today=TODAY)
        assert [(str(column.course.provider), column.coming[0].country) for column in found.columns]
        assert [str(row.skill) for row in found.skills] == ["Weld"]
    with django_assert_num_queries(0):
        assert find_comparison([], today=TODAY).columns == ()
