"""Each course that ships: size, kinds of units, honest minutes, questions that teach, answers not given away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from tests.starter.course_folders import COURSES, LANGUAGES, SLUGS, choices_of, folder, translated

pytestmark = pytest.mark.parametrize("slug", SLUGS)
SOLVED_BY_ITSELF = {"single", "multiple", "true-false", "order", "match", "fill-in", "numeric", "hotspot", "short-text"}
FINAL, CHECK = "final-test", "check-yourself"


def test_the_folder_is_one_of_the_twelve(slug: str) -> None:
    assert {file.parent.name for file in COURSES.glob("*/course.yaml")} == set(LANGUAGES)
    assert folder(slug).course["slug"] == slug
    assert tuple(folder(slug).file["languages"]) == LANGUAGES[slug]


def test_every_text_stands_in_every_language(slug: str) -> None:
    course = folder(slug)
    for name in course.files:
        for place, texts in translated(course.load(name)):
            assert set(texts) == set(course.file["languages"]), f"{name}{place}"
            assert all(str(text).strip() for text in texts.values()), f"{name}{place}"


def test_the_languages_tell_about_as_much(slug: str) -> None:
    course = folder(slug)
    for name in course.files:
        for place, texts in translated(course.load(name)):
            english = len(str(texts["en"]))
            for language in texts.keys() - {"en"}:
                told = len(str(texts[language]))
                assert english <= 80 or 0.6 < told / english < 1.5, f"{name}{place} {language}: {told} for {english}"


def test_the_units_mix_reading_pictures_practice_and_tests(slug: str) -> None:
    course = folder(slug)
    kinds = Counter(unit["kind"] for unit in course.units)
    assert 6 <= len(course.units) <= 10 + (kinds["exercise"] > 2) + kinds["passport-exercise"]
    assert set(kinds) - {"passport-exercise"} == {"text", "picture", "exercise", "quiz"}
    assert kinds["exercise"] >= 2
    assert kinds["quiz"] == 2
    assert sorted(unit["content"] for unit in course.units) == sorted(
        f"units/{path.name}" for path in (course.path / "units").iterdir()
    )
    for unit in course.units:
        if unit["kind"] == "exercise":
            asked = course.exercise(unit)
            assert 3 <= len(asked) <= 6, unit["key"]
            assert len({question["kind"] for question in asked}) >= 2, unit["key"]


def test_the_minutes_of_a_unit_are_what_reading_answering_and_doing_take(slug: str) -> None:
    course = folder(slug)
    for unit in course.units:
        fair = course.fair_minutes(unit)
        assert abs(unit["minutes"] - fair) <= 1, f"{unit['key']} states {unit['minutes']}, about {fair:.1f} are fair"


def test_the_minutes_of_the_units_add_up_to_those_of_the_offer(slug: str) -> None:
    course = folder(slug)
    stated = sum(unit["minutes"] for unit in course.units)
    assert stated == course.course["minutes"]
    assert 45 <= stated <= 120
    assert stated == pytest.approx(sum(course.fair_minutes(unit) for unit in course.units), rel=0.15)


def test_there_are_at_least_25_questions_of_many_kinds_with_keys_of_their_own(slug: str) -> None:
    course = folder(slug)
    assert len(course.questions) >= 25
    kinds = {question["kind"] for question in course.questions}
    assert kinds <= SOLVED_BY_ITSELF
    assert len(kinds) >= 7
    assert [key for key, count in Counter(question["key"] for question in course.asked).items() if count > 1] == []
    for question in course.asked:
        assert question["kind"] in SOLVED_BY_ITSELF, question["key"]
        for answers in (*choices_of(question), question.get("items", ()), question.get("targets", ())):
            assert len({answer["key"] for answer in answers}) == len(answers), question["key"]


def test_every_question_explains_itself_and_helps_whoever_was_wrong(slug: str) -> None:
    for question in folder(slug).asked:
        assert question["explanations"], question["key"]
        assert question["wrong"], question["key"]
        for answers in choices_of(question):
            for answer in answers:
                assert answer.get("correct") or answer.get("feedback"), f"{question['key']}: {answer['key']}"
        if question["kind"] == "true-false":
            assert f"feedback_{str(not question['answer']).lower()}" in question, question["key"]
    for question in folder(slug).questions:
        assert question["sources"], question["key"]
        assert question["skill"], question["key"]
        assert question["level"], question["key"]


def test_the_keys_are_whole(slug: str) -> None:
    for question in folder(slug).asked:
        _check_key(question)


def _check_key(question: Mapping[str, Any]) -> None:
    key = question["key"]
    for answers in choices_of(question):
        right = sum(bool(answer.get("correct")) for answer in answers)
        assert 1 <= right < len(answers), key
        assert right == 1 or question["kind"] == "multiple", key
        assert len(answers) >= (2 if question["kind"] == "fill-in" else 3), key
    if question["kind"] == "match":
        targets = {target["key"] for target in question["targets"]}
        assert set(question["pairs"]) == {item["key"] for item in question["items"]}, key
        assert set(question["pairs"].values()) <= targets, key
    if question["kind"] == "hotspot":
        right = sum(bool(region.get("correct")) for region in question["regions"])
        assert 1 <= right < len(question["regions"]), key
    if question["kind"] == "fill-in":
        for texts in question["prompts"].values():
            named = re.findall(r"\{\{\s*([a-z0-9-]+)\s*\}\}", texts)
            assert sorted(named) == sorted(gap["key"] for gap in question["gaps"]), key
    if question["kind"] == "order":
        assert len(question["items"]) >= 3, key


def test_every_question_belongs_to_one_test_and_the_final_test_draws_from_pools(slug: str) -> None:
    course = folder(slug)
    quiz, final = course.instrument(CHECK), course.instrument(FINAL)
    named = Counter(key for test in (quiz, final) for part in test["parts"] for key in part["questions"])
    assert named == Counter(question["key"] for question in course.questions)
    assert all(part["count"] < len(part["questions"]) for part in final["parts"])
    assert (final["purpose"], final["pass_percent"], final["attempts_allowed"]) == ("final-test", 80, 3)
    assert (final["feedback"], quiz["feedback"]) == ("after-pass", "after-each")
    assert [unit["key"] for unit in course.units if unit.get("must_pass")] == [FINAL]
    assert all(unit.get("required", True) for unit in course.units)


def test_the_right_answer_is_not_given_away_by_its_length_or_place(slug: str) -> None:
    course = folder(slug)
    lists = [answers for question in course.asked if question["kind"] != "multiple" for answers in choices_of(question)]
    assert len(lists) >= 8
    first = sum(bool(answers[0].get("correct")) for answers in lists)
    assert 0 < first <= len(lists) * 0.5
    for language in course.file["languages"]:
        longest = sum(
            bool(max(answers, key=lambda one: len(one["texts"][language])).get("correct")) for answers in lists
        )
        assert longest <= len(lists) * 0.45, language


def test_no_answer_stands_for_all_or_none_of_the_others(slug: str) -> None:
    pattern = re.compile(
        r"(?:all|none|both|any) of (?:the|these)|alle (?:genannten|oben)|keine der|všechny (?:uvedené|výše)",
        re.IGNORECASE,
    )
    for question in folder(slug).asked:
        for answers in choices_of(question):
            for answer in answers:
                found = [text for text in answer["texts"].values() if pattern.match(str(text))]
                assert found == [], f"{question['key']}: {answer['key']}"


def test_it_has_worked_examples_a_task_for_the_workplace_and_a_glossary(slug: str) -> None:
    course = folder(slug)
    assert sum(block["tone"] == "example" for block in course.blocks("note")) >= 2
    lists = course.blocks("checklist")
    assert sum(len(block["items"]) for block in lists) >= 4
    (glossary,) = course.blocks("glossary")
    assert 10 <= len(glossary["entries"]) <= 20
    last = [unit for unit in course.units if unit["kind"] == "text"][-1]
    assert glossary in course.content(last)["blocks"]


def test_it_says_that_it_is_a_draft_for_a_job_role_under_an_open_licence(slug: str) -> None:
    course = folder(slug).course
    words = "Draft for the alliance to validate. No panel of experts has checked this course yet."
    assert course["descriptions"]["en"].startswith(words)
    assert course["licence"].startswith("CC BY 4.0")
    assert (course["price_cents"], course["currency"]) == (0, "EUR")
