"""What is suggested for a course, with its words, and what is not suggested again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.matching_answers import Found, find_in_courses
from tests.records import a_course, a_skill, the_version

from synchromesh.catalogue.models import Course, CourseSkill, MappingVerdict
from synchromesh.catalogue.queries.course_mapping import (
    CourseMapping,
    find_course_mapping,
    find_skills_to_add,
    is_due,
    list_rejected_skills,
)
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db
DESCRIPTION = "You weld steel with advanced methods.\nYou isolate the battery of a car."


@pytest.fixture(autouse=True)
def _framework() -> None:
    the_version()


@pytest.fixture
def course() -> Course:
    return a_course("welding", descriptions={"en": DESCRIPTION}, outcomes={"en": ["Weld steel alone"]})


def _verdict(course: Course, skill: Skill | None, decision: str, **columns: Any) -> MappingVerdict:
    known = {"decided_by": "operator", "decided_at": timezone.now(), "level": 2 if decision == "confirmed" else None}
    return MappingVerdict.objects.create(course=course, skill=skill, decision=decision, **(known | columns))


def _slugs(mapping: CourseMapping) -> list[str]:
    return [row.skill.slug for row in mapping.suggestions]


def test_suggestions_come_most_likely_first_with_their_words_in_the_segment(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    weld, isolate = a_skill("weld"), a_skill("isolate")
    asked = find_in_courses(
        monkeypatch,
        Found(skill=isolate, words=("isolate", "battery"), probability=0.6),
        Found(skill=weld, words=("weld steel", "Weld steel"), probability=0.9, level=3, level_words="advanced"),
    )
    mapping = find_course_mapping(course, "en")
    assert (asked[0]["language"], asked[0]["purpose"]) == ("en", "courses")
    first, second = mapping.suggestions
    assert (first.number, first.skill, first.level, first.level_stated) == (1, weld, 3, True)
    assert (first.level_words, first.evidence.quote, first.evidence.probability) == ("advanced", "weld steel", 0.9)
    words = [mapping.segments[row.segment].text[row.start : row.end] for row in first.places]
    assert words == ["weld steel", "Weld steel"]
    assert (second.number, second.level, second.level_stated) == (2, 2, False)
    assert second.evidence.quote == "isolate the battery"
    assert second.evidence.sentence == "You isolate the battery of a car."
    assert second.evidence.language == "en"
    assert second.evidence.mode == mapping.mode == "fast"


def test_pieces_of_evidence_that_touch_are_one_place(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    find_in_courses(monkeypatch, Found(skill=a_skill("weld"), words=("steel", "weld", "advanced")))
    mapping = find_course_mapping(course, "en")
    places = mapping.suggestions[0].places
    assert [mapping.segments[row.segment].text[row.start : row.end] for row in places] == ["weld steel", "advanced"]


def test_what_is_not_likely_enough_retired_or_unknown_is_not_suggested(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = a_skill("gone")
    find_in_courses(
        monkeypatch,
        Found(skill=a_skill("weak"), words=("weld",), accepted=False),
        Found(skill=a_skill("old", retired_at=timezone.now()), words=("weld",)),
        Found(skill=gone, words=("weld",)),
    )
    Skill.objects.filter(pk=gone.pk).delete()
    assert find_course_mapping(course, "en").suggestions == ()


def test_linked_and_rejected_skills_are_not_suggested_nor_as_alternatives(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked, rejected, free = a_skill("linked"), a_skill("rejected"), a_skill("free")
    CourseSkill.objects.create(course=course, skill=linked, level=2, confirmed_at=timezone.now())
    _verdict(course, rejected, "rejected")
    find_in_courses(
        monkeypatch,
        Found(skill=linked, words=("weld",)),
        Found(skill=rejected, words=("weld",)),
        Found(skill=free, words=("weld",), instead=(linked, rejected, a_skill("other"))),
    )
    mapping = find_course_mapping(course, "en")
    assert _slugs(mapping) == ["free"]
    assert [row.skill.slug for row in mapping.suggestions[0].alternatives] == ["other"]
    assert [link.skill.slug for link in mapping.links] == ["linked"]
    assert [skill.slug for skill in mapping.rejected] == ["rejected"]


def test_the_last_word_about_a_skill_stands(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    skill, earlier = a_skill("weld"), timezone.now() - timedelta(days=1)
    find_in_courses(monkeypatch, Found(skill=skill, words=("weld",)))
    _verdict(course, skill, "rejected", decided_at=earlier)
    assert _slugs(find_course_mapping(course, "en")) == []
    _verdict(course, skill, "confirmed")
    assert _slugs(find_course_mapping(course, "en")) == ["weld"]


def test_what_was_said_about_a_skill_before_it_was_split_hides_no_part(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    skill = a_skill("part")
    find_in_courses(monkeypatch, Found(skill=skill, words=("weld",)))
    _verdict(course, skill, "rejected", inherited=True)
    assert _slugs(find_course_mapping(course, "en")) == ["part"]


def test_words_that_name_no_skill_bring_up_nothing_again(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    find_in_courses(
        monkeypatch,
        Found(skill=a_skill("one"), words=("a car",)),
        Found(skill=a_skill("two"), words=("a car",)),
        Found(skill=a_skill("three"), words=("weld steel",)),
    )
    _verdict(course, None, "not_a_skill", quote="A car")
    assert _slugs(find_course_mapping(course, "en")) == ["three"]


def test_a_link_that_a_file_states_comes_first_with_its_own_words_and_level(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = a_skill("stated")
    CourseSkill.objects.create(course=course, skill=stated, level=1, method="import", quote="ISOLATE the battery")
    find_in_courses(
        monkeypatch,
        Found(skill=a_skill("weld"), words=("weld",), probability=0.9),
        Found(skill=stated, words=("car",), probability=0.5, level=3),
    )
    first, second = find_course_mapping(course, "en").suggestions
    assert (first.skill, first.level, first.level_stated, first.number) == (stated, 1, True, 1)
    assert first.link is not None
    assert (first.evidence.quote, first.evidence.probability) == ("isolate the battery", 0.5)
    assert (second.skill.slug, second.link) == ("weld", None)


def test_a_course_without_a_text_or_a_framework_has_no_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = find_in_courses(monkeypatch)
    assert find_course_mapping(a_course("empty", titles={}), "en").suggestions == ()
    the_version().delete()
    mapping = find_course_mapping(a_course("plain"), "en")
    assert (mapping.suggestions, mapping.mode, asked) == ((), "", [])


def test_why_another_mode_ran_is_handed_on(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    find_in_courses(monkeypatch, fell_back="The mode quality is not available.")
    assert find_course_mapping(course, "en").fell_back == "The mode quality is not available."


def test_the_same_text_is_matched_once(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = find_in_courses(monkeypatch, Found(skill=a_skill("weld"), words=("weld",)))
    find_course_mapping(course, "en")
    find_course_mapping(course, "en")
    assert len(asked) == 1
    course.descriptions = {"en": "Another text to weld by."}
    find_course_mapping(course, "en")
    assert len(asked) == 2


def test_the_number_of_questions_does_not_grow_with_the_number_of_skills(
    course: Course, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skills = [a_skill(f"skill-{number}") for number in range(12)]
    for skill in skills[:3]:
        CourseSkill.objects.create(course=course, skill=skill, level=2, confirmed_at=timezone.now())
    for skill in skills[3:6]:
        CourseSkill.objects.create(course=course, skill=skill, level=2)
    for skill in skills[6:8]:
        _verdict(course, skill, "rejected")
    find_in_courses(
        monkeypatch, *(Found(skill=skill, words=("weld",), instead=tuple(skills[10:])) for skill in skills[:10])
    )
    with django_assert_num_queries(4):
        mapping = find_course_mapping(course, "en")
    assert len(mapping.suggestions) == 5
    with django_assert_num_queries(0):
        assert [str(row.skill) for row in mapping.suggestions]


def test_a_link_is_due_on_its_day_and_not_before() -> None:
    today = timezone.localdate()
    assert is_due(CourseSkill(review_due_on=today), today=today)
    assert not is_due(CourseSkill(review_due_on=today + timedelta(days=1)), today=today)
    assert not is_due(CourseSkill(review_due_on=None), today=today)


def test_skills_to_add_are_found_by_their_names_without_those_that_are_confirmed(course: Course) -> None:
    for slug in ("weld-steel", "weld-copper", "weld-lead"):
        a_skill(slug)
    a_skill("weld-old", retired_at=timezone.now())
    for slug, confirmed in (("weld-steel", timezone.now()), ("weld-copper", None)):
        CourseSkill.objects.create(
            course=course, skill=Skill.objects.get(slug=slug), level=2, confirmed_at=confirmed, confirmed_by="operator"
        )
    a_skill("steel", titles={"en": "Check a weld", "de": "Eine Schweißnaht prüfen"})

    def found(words: str, language: str = "en") -> list[str]:
        return [skill.slug for skill in find_skills_to_add(course, words, language=language)]

    assert found("weld") == ["weld-lead", "weld-copper", "steel"]
    assert found(" LEAD  weld") == ["weld-lead"]
    assert found("schweiß", "de") == ["steel"]
    assert found("") == found("gold") == []


def test_rejections_of_a_source_are_read_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    weld, join = a_skill("weld"), a_skill("join")
    first = a_course("first", import_source="north", external_id="1")
    other = a_course("other", import_source="south", external_id="1")
    _verdict(first, weld, "rejected")
    _verdict(first, join, "rejected", decided_at=timezone.now() - timedelta(days=1))
    _verdict(first, join, "confirmed")
    _verdict(other, weld, "rejected")
    with django_assert_num_queries(1):
        assert list_rejected_skills(import_source="north") == {first.pk: {"weld"}}
