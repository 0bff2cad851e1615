from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_role, a_run

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.catalogue.queries.course_filter import day_number
from synchromesh.catalogue.queries.search_documents import list_course_documents, title_number
from synchromesh.framework.models import Skill, Topic
from synchromesh.search.queries import search

pytestmark = pytest.mark.django_db


def _course(slug: str, **columns: object) -> Course:
    made: dict[str, object] = {"slug": slug, "titles": {"en": slug}, "published_at": timezone.now()}
    return Course.objects.create(**(made | columns))


def _skill(slug: str, title: str) -> Skill:
    return Skill.objects.create(slug=slug, titles={"en": title, "de": f"{title} (de)"})


@pytest.fixture
def course() -> Course:
    course = _course(
        "hv-basics",
        titles={"de": "Hochvolt-Grundlagen"},
        provider=Organisation.objects.create(slug="north-works", name="North Works"),
        summaries={"de": "Kurz gesagt."},
        descriptions={"de": "Lang gesagt."},
        outcomes={"de": ["Kann messen", "Kann prüfen"]},
        keywords=["lockout"],
        languages=["de", "en"],
        mode="online",
        certificate="attendance",
        origin="example",
    )
    course.topics.add(Topic.objects.create(slug="battery", titles={"en": "Battery", "de": "Batterie"}))
    confirmed, suggested = _skill("isolate-hv", "Isolate"), _skill("weld", "Weld")
    CourseSkill.objects.create(course=course, skill=confirmed, level=1, confirmed_at=timezone.now())
    CourseSkill.objects.create(course=course, skill=suggested, level=1)
    return course


def test_a_course_is_found_by_its_texts_provider_fields_and_confirmed_skills(course: Course) -> None:
    (document,) = list_course_documents()
    assert (document.kind, document.uid, document.slug) == ("course", str(course.uid), "hv-basics")
    assert document.titles == {"de": "Hochvolt-Grundlagen"}
    assert document.labels == {"": ("North Works",), "de": ("Isolate (de)",), "en": ("Isolate",)}
    assert {language: text.splitlines() for language, text in document.texts.items()} == {
        "de": ["Kurz gesagt.", "Kann messen", "Kann prüfen", "Lang gesagt.", "Batterie"],
        "en": ["Battery"],
        "": ["lockout"],
    }
    assert document.languages == ("de", "en")
    assert {name: values for name, values in document.filters.items() if values} == {
        "field": ("battery",),
        "skill": ("isolate-hv",),
        "level": ("1",),
        "mode": ("online",),
        "price": ("unknown",),
        "certificate": ("attendance",),
        "provider": ("north-works",),
        "record": ("course",),
        "link": ("none",),
        "origin": ("example",),
    }


def test_what_is_unknown_about_a_course_is_not_counted() -> None:
    _course("bare")
    (document,) = list_course_documents()
    assert document.facets == {
        ("language", "unknown"),
        ("mode", "unknown"),
        ("price", "unknown"),
        ("certificate", "unknown"),
        ("record", "course"),
        ("link", "none"),
        ("origin", "real"),
    }
    assert document.numbers.keys() == {"until", "added", "title"}
    assert document.labels == {}


def test_an_unpublished_course_is_not_found() -> None:
    _course("draft", published_at=None)
    assert list(list_course_documents()) == []


def test_the_number_of_queries_does_not_grow_with_the_courses(
    course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = Skill.objects.get(slug="isolate-hv")
    for number in range(20):
        other = _course(f"course-{number}", provider=course.provider)
        CourseSkill.objects.create(course=other, skill=skill, level=2, confirmed_at=timezone.now())
    with django_assert_num_queries(5):
        assert len(list(list_course_documents())) == 21


def test_the_search_counts_courses_by_the_languages_they_are_taught_in(course: Course) -> None:
    _course("more", titles={"en": "Battery"}, languages=["de"])
    answer = search("battery", kinds=["course"])
    assert answer.filters["language"] == {"de": 2, "en": 1}
    assert [hit.slug for hit in answer.hits] == ["more", "hv-basics"]
    assert search("weld", kinds=["course"]).total == 0


def test_a_course_counts_towards_each_role_in_force_that_needs_one_of_its_skills() -> None:
    a_role("welder", {"weld": 1})
    a_role("retired", {"weld": 1}, retired_at=timezone.now())
    a_role("driver", {"drive": 1})
    made = a_course("welding", {"weld": (0, 2)})
    (document,) = list_course_documents()
    assert document.filters["role"] == ("welder",)
    assert [one.filters["role"] for one in list_course_documents([str(made.uid)])] == [("welder",)]


@pytest.mark.time_machine("2027-03-01 10:00 +0000", tick=False)
def test_the_next_run_that_one_can_join_gives_start_and_deadline() -> None:
    made = a_course("welding", price_cents=2000, last_confirmed_on=date(1970, 1, 3))
    a_run(made, date(2027, 2, 1))
    a_run(made, date(2027, 4, 1), deadline_on=date(2027, 2, 20))
    a_run(made, date(2027, 5, 1), deadline_on=date(2027, 4, 20))
    (document,) = list_course_documents()
    assert document.numbers == {
        "start": day_number(date(2027, 5, 1)),
        "deadline": day_number(date(2027, 4, 20)),
        "until": day_number(date(2027, 4, 20)),
        "price": 2000,
        "minutes": 60,
        "confirmed": 2,
        "added": day_number(date(2027, 3, 1)),
        "title": title_number("Welding"),
    }


def test_only_prices_in_euro_are_compared_and_nothing_costs_the_same_everywhere() -> None:
    a_course("crowns", price_cents=2000, currency="CZK")
    a_course("nothing", price_cents=0, currency="CZK")
    assert [document.numbers.get("price") for document in list_course_documents()] == [None, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Alpha", "beta"), ("Äpfel", "Birnen"), ("Zug", "Ωmega"), ("a", "ab"), ("", "0"), ("9 lives", "a life")],
)
def test_titles_are_ordered_by_their_letters_whatever_the_accents(first: str, second: str) -> None:
    assert title_number(first) < title_number(second) < 2**53
