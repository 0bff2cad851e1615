from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.catalogue.queries.search_documents import list_course_documents
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
    assert document.labels == ("North Works",)
    assert document.body.splitlines() == [
        "Kurz gesagt.",
        "Kann messen",
        "Kann prüfen",
        "Lang gesagt.",
        "Batterie",
        "Battery",
        "Isolate (de)",
        "Isolate",
    ]
    assert document.languages == ("de", "en")
    assert document.filters == {
        "field": ("battery",),
        "mode": ("online",),
        "certificate": ("attendance",),
        "provider": ("north-works",),
        "origin": ("example",),
    }


def test_what_is_unknown_about_a_course_is_not_counted() -> None:
    _course("bare")
    (document,) = list_course_documents()
    assert document.facets == {("origin", "real")}
    assert document.labels == ()


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
    with django_assert_num_queries(3):
        assert len(list(list_course_documents())) == 21


def test_the_search_counts_courses_by_the_languages_they_are_taught_in(course: Course) -> None:
    _course("more", titles={"en": "Battery"}, languages=["de"])
    answer = search("battery", kinds=["course"])
    assert answer.filters["language"] == {"de": 2, "en": 1}
    assert [hit.slug for hit in answer.hits] == ["more", "hv-basics"]
    assert search("weld", kinds=["course"]).total == 0
