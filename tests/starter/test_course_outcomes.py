"""What each course that ships is for: outcomes of the framework, each taught and tested, for a job role."""

from __future__ import annotations

import re

import pytest
from tests.starter.course_folders import SLUGS, TESTS, folder, framework

pytestmark = pytest.mark.parametrize("slug", SLUGS)
_BOUNDARY = re.compile(r"[.;]\s+|,?\s+(?:and|but|or)\s+|,\s+")


def _anchor(skill: str, level: int) -> str:
    row = next(row for row in framework("skills") if row["slug"] == skill)
    return row[f"anchor_{level}_en"].strip()


def _is_whole_clause(words: str, anchor: str) -> bool:
    """Whether the words are the anchor, or a part of it that begins and ends where a clause does."""
    said, text = words.rstrip(".").casefold(), anchor.rstrip(".").casefold()
    begins = {0, *(match.end() for match in _BOUNDARY.finditer(text))}
    ends = {len(text), *(match.start() for match in _BOUNDARY.finditer(text))}
    starts = [match.start() for match in re.finditer(re.escape(said), text)]
    return any(start in begins and start + len(said) in ends for start in starts)


def test_there_are_four_to_six_outcomes_in_every_language(slug: str) -> None:
    course = folder(slug)
    outcomes = course.course["outcomes"]
    assert set(outcomes) == set(course.file["languages"])
    assert {len(texts) for texts in outcomes.values()} == {len(outcomes["en"])}
    assert 4 <= len(outcomes["en"]) <= 6


def test_every_outcome_is_an_anchor_of_the_framework_or_a_whole_clause_of_it(slug: str) -> None:
    course = folder(slug)
    for record in course.file["coverage"]:
        words = course.course["outcomes"]["en"][record["outcome"] - 1]
        anchor = _anchor(record["skill"], record["level"])
        assert _is_whole_clause(words, anchor), f"{words!r} is no clause of {anchor!r}"
        if words.rstrip(".") != anchor.rstrip("."):
            assert record["skill"] in course.notes, (
                f"SOURCES.md does not say which clause of {record['skill']} is taught"
            )


def test_every_outcome_is_taught_in_two_units_and_tested_by_two_questions_at_least(slug: str) -> None:
    course = folder(slug)
    teaching = [unit["key"] for unit in course.units if unit["kind"] not in TESTS]
    questions = [question["key"] for question in course.questions]
    coverage = course.file["coverage"]
    assert [record["outcome"] for record in coverage] == [*range(1, len(course.course["outcomes"]["en"]) + 1)]
    for record in coverage:
        assert len(set(record["units"]) & set(teaching)) >= 2, record["outcome"]
        assert len(set(record["questions"]) & set(questions)) >= 2, record["outcome"]
        assert set(record["units"]) <= {unit["key"] for unit in course.units}, record["outcome"]
        assert set(record["questions"]) <= set(questions), record["outcome"]
    covered = {key for record in coverage for key in record["questions"]}
    assert [key for key in questions if key not in covered] == []
    taught = {key for record in coverage for key in record["units"]}
    assert [key for key in teaching if key not in taught] == []


def test_a_question_names_the_skill_of_an_outcome_that_it_tests(slug: str) -> None:
    course = folder(slug)
    for question in course.questions:
        skills = {
            (record["skill"], record["level"])
            for record in course.file["coverage"]
            if question["key"] in record["questions"]
        }
        assert (question["skill"], question["level"]) in skills, question["key"]


def test_the_final_test_can_ask_about_every_outcome(slug: str) -> None:
    course = folder(slug)
    final = {key for part in course.instrument("final-test")["parts"] for key in part["questions"]}
    for record in course.file["coverage"]:
        assert set(record["questions"]) & final, record["outcome"]


def test_the_skills_are_those_of_the_outcomes_and_the_course_says_so_in_its_own_words(slug: str) -> None:
    course = folder(slug)
    skills = course.course["skills"]
    levels: dict[str, int] = {}
    for record in course.file["coverage"]:
        levels[record["skill"]] = max(record["level"], levels.get(record["skill"], 0))
    assert {one["skill"]: one["level"] for one in skills} == levels
    assert len(skills) == len(levels)
    said = [course.course[name]["en"] for name in ("titles", "summaries", "descriptions")]
    said += course.course["outcomes"]["en"]
    for one in skills:
        assert one["entry"] < one["level"], one["skill"]
        assert any(one["quote"] in " ".join(text.split()) for text in said), one["quote"]


def test_a_job_role_of_the_framework_is_named_and_what_it_does_not_need_is_explained(slug: str) -> None:
    course = folder(slug)
    words = " ".join(course.course["descriptions"]["en"].split())
    assert re.search(r"Written for the job role .+ at level (?:Awareness|Practitioner|Expert)", words)
    named = [row for row in framework("roles") if re.search(rf"\brole {re.escape(row['title_en'])}(?!\w)", words)]
    assert named, "The description names no role of starter/framework/roles.csv after the words 'job role'."
    taught, needed = {one["skill"] for one in course.course["skills"]}, set()
    for role in named:
        needs = {row["skill"] for row in framework("requirements") if row["role"] == role["slug"]}
        assert needs & taught, f"{role['slug']} needs none of the skills"
        needed |= needs
    unexplained = [skill for skill in sorted(taught - needed) if skill not in course.notes]
    assert unexplained == [], "No job role that is named needs these skills, and SOURCES.md does not say why."
