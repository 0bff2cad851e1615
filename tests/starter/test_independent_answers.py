"""The keys of forty questions against the answers of a second person who had not seen them; see `drawn_questions`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.starter.answers import right_answer, wrong_answer
from tests.starter.course_folders import SLUGS, folder
from tests.starter.drawn_questions import WAITING, answer_by_words, drawn

from synchromesh.engine.scoring.answers import read_answer
from synchromesh.engine.scoring.marking import mark
from synchromesh.engine.vocabulary.question_documents import read_question

ANSWERS = Path(__file__).with_name("independent_answers.yaml")
AGAIN = "Draw again, have the new ones answered: python -m tests.starter.drawn_questions"


def _given() -> list[dict[str, Any]]:
    return list(yaml.safe_load(ANSWERS.read_text(encoding="utf-8")) or [])


def _is_right(document: Any, answer: Any) -> bool | None:
    question, problems = read_question(document)
    assert question is not None, problems
    return mark(question, read_answer(question, answer), language="en").is_correct


ANSWERED = [slug for slug in SLUGS if slug not in WAITING]


def test_forty_questions_of_all_courses_are_drawn_and_each_was_answered() -> None:
    wanted = [(course.slug, question["key"]) for course, question in drawn()]
    assert len(set(wanted)) == 40
    assert {slug for slug, _ in wanted} == set(ANSWERED)
    assert sorted((one["course"], one["question"]) for one in _given()) == sorted(wanted), AGAIN


def test_who_waits_for_a_second_person_is_a_course_without_answers() -> None:
    assert set(SLUGS) >= WAITING
    assert {one["course"] for one in _given()} & WAITING == set()


@pytest.mark.parametrize("slug", ANSWERED)
def test_a_second_person_comes_to_the_answer_of_the_key(slug: str) -> None:
    answers = {one["question"]: one["answer"] for one in _given() if one["course"] == slug}
    assert answers, AGAIN
    for question in folder(slug).questions:
        if question["key"] in answers:
            words = answers[question["key"]]
            assert _is_right(question, answer_by_words(question, words)), f"{question['key']}: {words!r}"


def test_words_are_told_from_other_words() -> None:
    """Every question of every course can be answered in words, rightly and wrongly."""
    for slug in SLUGS:
        for question in folder(slug).questions:
            for answer, is_right in ((right_answer, True), (wrong_answer, False)):
                words = _in_words(question, answer(question, "en"))
                assert _is_right(question, answer_by_words(question, words)) is is_right, question["key"]


def _in_words(question: Any, answer: Any) -> Any:
    named = [one for name in ("choices", "items", "targets", "regions") for one in question.get(name, ())]
    texts = {one["key"]: (one.get("texts") or one["labels"])["en"] for one in named}
    if question["kind"] == "numeric":
        return f"{answer['value']} {answer['unit']}".strip()
    if question["kind"] == "fill-in":
        options = {
            gap["key"]: {one["key"]: one["texts"]["en"] for one in gap.get("options", ())} for gap in question["gaps"]
        }
        return {gap: options[gap].get(word, word) for gap, word in answer.items()}
    if isinstance(answer, dict):
        return {texts[item]: texts[target] for item, target in answer.items()}
    return [texts[key] for key in answer] if isinstance(answer, list) else texts.get(answer, answer)
