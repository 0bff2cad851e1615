"""Our own JSON of questions: nothing is lost, and what is wrong is told with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.vocabulary.question_samples import document
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.questions import QuestionDocuments, json_document, read_questions, write_questions
from synchromesh.engine.vocabulary.questions import Question


def packed(*documents: object, **more: object) -> dict[str, bytes]:
    return {"q.json": json.dumps({"format": "synchromesh-questions", "questions": documents, **more}).encode()}


@settings(max_examples=20)
@given(st.lists(questions(), max_size=3, unique_by=lambda question: question.key))
def test_any_questions_come_back_in_all_languages(asked: list[Question]) -> None:
    before = QuestionDocuments(questions=tuple(asked), media={"pack.svg": b"<svg/>"})
    read = read_questions(write_questions(before, format_name="json_document", language="en").files)
    assert (read.questions, read.media, read.left_out) == (before.questions, before.media, 0)


def test_a_bad_question_is_told_and_the_good_ones_load() -> None:
    read = read_questions(packed(document("single"), {"key": "x"}, document("single"), document("scale")))
    assert [question.key for question in read.questions] == ["a-single-question", "a-scale-question"]
    assert read.positions == ("q.json question 1", "q.json question 4")
    assert {problem.position for problem in read.problems} == {"q.json question 2", "q.json question 3"}
    assert read.left_out == 2


@pytest.mark.parametrize(
    "files",
    [
        {"q.json": b'{"format": "synchromesh-questions",'},
        {"q.json": b'{"format": "synchromesh-questions", "questions": "\xff"}'},
        packed(format_version=2),
        {"q.json": b'{"format": "synchromesh-questions"}'},
        {"q.json": b'[{"format": "synchromesh-questions"}]'},
    ],
    ids=["cut", "no UTF-8", "version", "no questions", "list"],
)
def test_a_file_that_is_no_use_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(InvalidInput, match=r"q\.json"):
        read_questions(files)


def test_only_our_own_json_is_accepted() -> None:
    assert json_document.accepts(packed())
    assert not json_document.accepts({"a.json": b'{"format": "synchromesh-framework"}', "b.xml": b"<a/>"})


def test_a_format_that_is_not_known_is_refused() -> None:
    with pytest.raises(InvalidInput, match="json_document, qti3"):
        write_questions(QuestionDocuments(), format_name="other", language="en")
