"""A filter in one line, in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from tests.records import a_provider, a_skill, a_topic

from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.web.courses.filter_title import LONGEST, filter_title

pytestmark = pytest.mark.django_db


def test_records_and_fixed_values_are_named_and_the_unknown_says_of_what(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_topic("battery", titles={"en": "Battery", "de": "Batterie"})
    a_provider()
    a_skill("weld")
    wanted = CourseFilter(
        words="a \x07<b>",
        chosen={"field": ("battery", "gone"), "provider": ("south-school",), "price": ("free", "unknown")},
        price_most=50,
    )
    with django_assert_num_queries(1):
        title = filter_title(wanted)
    assert title == "“a <b>”, Free, Price: Not stated, Battery, gone, South School, Price up to EUR 50"
    with override("de"):
        assert ", Batterie, gone, " in filter_title(wanted)


def test_no_filter_is_all_courses_without_a_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert filter_title(CourseFilter()) == "All courses"
        assert filter_title(CourseFilter(over=True, order="price")) == "All courses"


def test_a_long_title_ends_in_dots() -> None:
    title = filter_title(CourseFilter(chosen={"provider": tuple(f"{'a' * 50}{number}" for number in range(20))}))
    assert len(title) == LONGEST
    assert title.endswith("…")
