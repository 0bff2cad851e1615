"""Course lists: filters add up, counts are honest, order is stable, and past courses are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_provider, a_run, a_skill, a_topic

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.catalogue.queries.courses import (
    get_course,
    list_courses_for_skill,
    list_courses_of_provider,
    list_similar_courses,
    search_courses,
)
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Skill
from synchromesh.places.models import Country
from synchromesh.search.operations import rebuild

pytestmark = pytest.mark.django_db


def _find(chosen: Mapping[str, str] | None = None, **wanted: Any) -> list[str]:
    """Slugs of what the filters find; several values of a group are separated by commas."""
    given = {group: tuple(values.split(",")) for group, values in (chosen or {}).items()}
    found = search_courses(CourseFilter(chosen=given, **wanted), today=TODAY)
    assert found.total == len(found.courses)
    return [course.slug for course in found.courses]


@pytest.fixture
def courses() -> None:
    """Four courses that differ in what the filters look at."""
    battery = a_topic("battery")
    provider = a_provider("south-school")
    alpha = a_course("alpha", {"weld": (0, 2)}, provider=provider, mode="online", languages=["en", "de"])
    alpha.topics.add(battery)
    a_course("beta", {"weld": (None, 1)}, mode="on-site", languages=["de"], price_cents=0, minutes=30)
    a_course("gamma", {"weld": (0, 1)}, confirmed=False, mode="", languages=[], price_cents=None, minutes=None)
    delta = a_course("delta", certificate="attendance", record_type="seminar", price_cents=99900)
    a_run(delta, TODAY, country=Country.objects.create(code="AT", names={"en": "Austria"}))


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["alpha", "beta", "delta", "gamma"]),
        ({"language": "de"}, ["alpha", "beta"]),
        ({"language": "de,en"}, ["alpha", "beta", "delta"]),
        ({"language": "unknown"}, ["gamma"]),
        ({"language": "de", "mode": "online"}, ["alpha"]),
        ({"price": "free"}, ["beta"]),
        ({"price": "unknown"}, ["gamma"]),
        ({"price": "paid"}, ["alpha", "delta"]),
        ({"field": "battery"}, ["alpha"]),
        ({"skill": "weld"}, ["alpha", "beta"]),
        ({"skill": "weld", "level": "1"}, ["beta"]),
        ({"provider": "south-school"}, ["alpha"]),
        ({"certificate": "attendance"}, ["delta"]),
        ({"kind": "seminar"}, ["delta"]),
        ({"country": "AT"}, ["delta"]),
        ({"mode": "unknown"}, ["gamma"]),
        ({"mode": "rubbish"}, []),
    ],
)
def test_values_of_a_group_are_alternatives_and_groups_add_up(chosen: dict[str, str], expected: list[str]) -> None:
    assert _find(chosen) == expected


@pytest.mark.usefixtures("courses")
def test_the_counts_of_a_group_ignore_its_own_choice_and_heed_the_others() -> None:
    chosen = CourseFilter(chosen={"language": ("de",), "mode": ("online",)})
    counts = search_courses(chosen, today=TODAY).counts
    assert dict(counts["language"]) == {"en": 2, "de": 1}
    assert dict(counts["mode"]) == {"online": 1, "on-site": 1}
    assert dict(counts["price"]) == {"paid": 1}


@pytest.mark.usefixtures("courses")
def test_each_count_is_what_choosing_that_value_finds() -> None:
    chosen = {"language": "de"}
    counts = search_courses(CourseFilter(chosen={"language": ("de",)}), today=TODAY).counts
    for group, values in counts.items():
        for value, count in values.items():
            assert len(_find(chosen | {group: value})) == count, (group, value)


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["alpha", "beta", "delta", "gamma"]),
        ("price", ["beta", "alpha", "delta", "gamma"]),
        ("length", ["beta", "alpha", "delta", "gamma"]),
        ("soonest", ["delta", "alpha", "beta", "gamma"]),
        ("rubbish", ["alpha", "beta", "delta", "gamma"]),
    ],
)
def test_unknown_prices_and_lengths_come_last(order: str, expected: list[str]) -> None:
    assert _find(order=order) == expected


def test_a_run_in_the_past_brings_no_course_to_the_top() -> None:
    late, early = a_course("late"), a_course("early")
    a_run(late, TODAY - timedelta(days=300))
    a_run(late, TODAY + timedelta(days=30))
    a_run(early, TODAY + timedelta(days=3))
    assert _find(order="soonest") == ["early", "late"]


def test_courses_that_are_over_are_left_out_but_counted() -> None:
    over, running = a_course("over"), a_course("running")
    a_run(over, TODAY - timedelta(days=1))
    a_run(running, TODAY)
    found = search_courses(CourseFilter(), today=TODAY)
    assert ([course.slug for course in found.courses], found.over) == (["running"], 1)
    assert dict(found.counts["mode"]) == {"online": 1}
    assert _find(over=True) == ["over", "running"]


def test_the_best_match_comes_first_unless_another_order_is_asked() -> None:
    a_course("a", titles={"en": "Cells"}, summaries={"en": "About welding."})
    a_course("b", titles={"en": "Welding"})
    a_course("c", titles={"en": "Cooking"})
    assert _find(words="welding") == ["b", "a"]
    assert _find(words="welding", order="title") == ["a", "b"]
    assert _find(words="!") == []


def test_unpublished_courses_are_nowhere() -> None:
    course = a_course("draft", {"weld": (0, 1)}, published_at=None, provider=a_provider())
    other = a_course("other", {"weld": (0, 1)})
    assert _find() == ["other"]
    weld = Skill.objects.get(slug="weld")
    assert [row.slug for row in list_courses_for_skill(weld, today=TODAY)] == ["other"]
    assert list_courses_of_provider(course.provider_id or 0, today=TODAY) == []
    assert list_similar_courses(get_course(other.slug), today=TODAY) == []
    with pytest.raises(NotFound):
        get_course("draft")


def test_courses_for_a_skill_come_lowest_level_first_without_suggestions() -> None:
    skill = a_skill("weld")
    a_course("expert", {"weld": (2, 3)})
    a_course("start", {"weld": (0, 1), "drive": (0, 3)})
    a_course("guess", {"weld": (0, 1)}, confirmed=False)
    assert [course.slug for course in list_courses_for_skill(skill, today=TODAY)] == ["start", "expert"]


def test_similar_courses_share_confirmed_skills_most_shared_first() -> None:
    a_course("this", {"weld": (0, 1), "drive": (0, 1)})
    a_course("one", {"drive": (0, 2)})
    a_course("two", {"drive": (0, 1), "weld": (1, 2)})
    a_course("guess", {"weld": (0, 1)}, confirmed=False)
    a_run(a_course("past", {"weld": (0, 1)}), date(2020, 1, 1))
    found = list_similar_courses(get_course("this"), today=TODAY)
    assert [(course.slug, sorted(titles["en"] for titles in shared)) for course, shared in found] == [
        ("two", ["Drive", "Weld"]),
        ("one", ["Drive"]),
    ]


def test_courses_of_a_provider_that_are_over_come_last() -> None:
    provider = a_provider()
    a_run(a_course("a", provider=provider), date(2020, 1, 1))
    a_course("b", provider=provider)
    assert [course.slug for course in list_courses_of_provider(provider.pk, today=TODAY)] == ["b", "a"]


def test_a_list_takes_three_queries_however_long(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    topic, provider = a_topic(), a_provider()
    for number in range(12):
        course = a_course(f"c{number}", {"weld": (0, 1), "drive": (0, 1)}, provider=provider)
        course.topics.add(topic)
        a_run(course, TODAY)
    rebuild()
    with django_assert_num_queries(3):
        found = search_courses(CourseFilter(), today=TODAY, limit=5)
        assert (found.total, len(found.courses)) == (12, 5)
        assert {str(course.provider) for course in found.courses} == {"South School"}
    assert Course.objects.filter(published_at__lte=timezone.now()).count() == 12
