"""Tests of synchromesh.learning.unit_kinds.exercise."""

from __future__ import annotations

from typing import Any

import pytest
from tests.learning.question_documents import RIGHT, a_document

from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.unit_kinds import Progress, exercise

TWO = {"questions": [a_document("single", "colour"), a_document("order", "steps")]}


def _answer(key: str, answer: Any, state: Any = None, content: Any = TWO) -> Progress:
    return exercise.accept(content, state or {}, {"question": key, "answer": answer, "language": "de"})


def _show(key: str, state: Any = None, content: Any = TWO) -> Progress:
    return exercise.accept(content, state or {}, {"question": key, "show": True, "language": "de"})


def test_an_exercise_is_done_when_each_question_was_right_once() -> None:
    first = _answer("colour", "a")
    second = _answer("steps", RIGHT["order"], first.state)
    again = _answer("colour", "b", second.state)
    assert [step.is_done for step in (first, second, again)] == [False, True, True]
    assert again.answer["is_correct"] is False
    assert again.answer["tries"] == 2


def test_showing_the_answer_settles_a_question_too() -> None:
    came = _show("steps", _answer("colour", "a").state)
    assert came.is_done
    assert came.answer["solution"] == RIGHT["order"]
    assert came.answer["was_right"] is False


def test_a_wrong_answer_is_told_what_was_wrong_but_not_what_is_right() -> None:
    came = _answer("colour", "b")
    assert came.answer["solution"] is None
    assert came.answer["parts"] == {"b": False}
    assert "Die Farbe ist bei allen Marken gleich." in [texts["de"] for texts in came.answer["feedback"]]


@pytest.mark.parametrize("kind", RIGHT)
def test_every_kind_of_question_for_practice_is_checked(kind: str) -> None:
    content = {"questions": [a_document(kind)]}
    came = _answer(kind, RIGHT[kind], content=content)
    assert (came.is_done, came.answer["is_correct"]) == (True, True)
    assert came.answer["solution"]


def test_a_free_text_is_compared_with_its_model_answer() -> None:
    content = {"questions": [a_document("free-text")]}
    came = _answer("free-text", "First off.", content=content)
    assert (came.is_done, came.answer["is_correct"]) == (True, None)
    assert came.answer["model_answers"]["de"] == "Aus, sichern, feststellen."


@pytest.mark.parametrize(
    ("report", "field"),
    [
        ({"question": "riddle", "answer": "a"}, "question"),
        ({"question": ["colour"]}, "question"),
        ({"question": "colour", "answer": ""}, "answer"),
        ({"question": "colour"}, "answer"),
        ({"question": "colour", "answer": "z"}, "answer"),
        ({"question": "colour", "answer": {"a": "b"}}, "answer"),
        ({}, "question"),
    ],
)
def test_what_is_no_answer_is_refused(report: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        exercise.accept(TWO, {}, report)
    assert (caught.value.field or "").startswith(field)


@pytest.mark.parametrize("kind", ["file", "scale"])
def test_what_nobody_can_check_is_not_for_an_exercise(kind: str) -> None:
    content = {"questions": [a_document(kind)]}
    (problem,) = exercise.check(content, languages=["en"], media=[])
    assert (problem.position, problem.field) == ("question 1", "kind")
    assert exercise.show(content, language="en", links={})["questions"] == []


def test_a_free_text_without_a_model_answer_is_not_for_an_exercise() -> None:
    (problem,) = exercise.check({"questions": [a_document("free-text", model_answers={})]}, languages=[], media=[])
    assert problem.field == "kind"


def test_two_questions_with_one_key_are_a_problem() -> None:
    problems = exercise.check({"questions": [a_document(), a_document()]}, languages=["en"], media=[])
    assert [(problem.position, problem.field) for problem in problems] == [("content", "questions")]


def test_what_the_question_itself_gets_wrong_is_said_with_its_number() -> None:
    broken = a_document("order", items=[])
    problems = exercise.check({"questions": [a_document(), broken]}, languages=["en"], media=[])
    assert {problem.position for problem in problems} == {"question 2"}


def test_a_missing_translation_inside_a_question_is_found() -> None:
    document = a_document("single")
    del document["choices"][1]["texts"]["de"]
    (problem,) = exercise.check({"questions": [document]}, languages=["en", "de"], media=[])
    assert (problem.position, problem.field) == ("question 1", "choices.2.texts")


def test_the_same_exercise_looks_the_same_each_time() -> None:
    assert exercise.show(TWO, language="en", links={}) == exercise.show(TWO, language="en", links={})
