"""Courses written as schema.org come back as they were, and say what search engines ask for."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from tests.engine.feeds.course_strategies import catalogues, random_catalogue, random_catalogues, without_positions
from tests.engine.feeds.reading import read_with, written

from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.feeds.records import CourseRecord


def read_back(courses: list[CourseRecord]) -> list[CourseRecord]:
    found, problems = read_with(schema_org, written(schema_org, courses))
    assert problems == []
    return without_positions(found)


def text_orders(courses: list[CourseRecord]) -> list[tuple[list[str], ...]]:
    """The languages in their order, which equality of mappings does not see; the first title is the main one."""
    return [tuple(map(list, (course.titles, course.summaries, course.outcomes))) for course in courses]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues)
def test_nothing_is_lost_on_the_way_out_and_back(courses: list[CourseRecord]) -> None:
    found = read_back(courses)
    assert found == courses
    assert text_orders(found) == text_orders(courses)


def test_nothing_is_lost_of_500_random_catalogues() -> None:
    catalogue = list(random_catalogues(500))
    assert sum(map(len, catalogue)) > 900
    assert [seed for seed, courses in enumerate(catalogue) if read_back(courses) != courses] == []


def node_of(course: CourseRecord) -> dict[str, Any]:
    document = json.loads(written(schema_org, [course]))
    assert document["@context"] == "https://schema.org"
    (node,) = document["@graph"]
    return dict(node)


COURSES = [course for seed in range(40) for course in random_catalogue(seed)]


def test_a_course_is_written_with_an_instance_its_form_and_its_workload() -> None:
    assert {course.mode for course in COURSES} >= {"online", "on-site", ""}
    for course in COURSES:
        node = node_of(course)
        instances = node["hasCourseInstance"]
        assert node["@type"] == "Course"
        assert {instance["@type"] for instance in instances} == {"CourseInstance"}
        if course.mode in ("online", "on-site"):
            assert instances[0]["courseMode"] == {"online": "Online", "on-site": "Onsite"}[course.mode]
        if course.minutes and not course.workload_text:
            assert {instance["courseWorkload"] for instance in instances} == {"PT45M"}


def test_an_offer_says_free_or_paid_and_nothing_where_the_price_is_unknown() -> None:
    assert {course.price is None for course in COURSES} == {True, False}
    for course in COURSES:
        node = node_of(course)
        if course.price is None:
            assert "isAccessibleForFree" not in node
            assert "price" not in node.get("offers", {})
        else:
            assert node["offers"]["category"] == ("Paid" if course.price.cents else "Free")
            assert node["isAccessibleForFree"] is (course.price.cents == 0)
