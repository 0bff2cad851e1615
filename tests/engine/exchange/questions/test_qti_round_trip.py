"""What is written as QTI reads as the same question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.engine.exchange.questions.qti_questions import PICTURE, as_qti_says, qti_questions
from tests.engine.vocabulary.question_samples import question as sample

from synchromesh.engine.exchange.questions import QuestionDocuments, read_questions, write_questions
from synchromesh.engine.vocabulary.questions import Hotspot, Question, QuestionKind

MEDIA = {"pack.svg": PICTURE}


def back_again(question: Question) -> QuestionDocuments:
    document = QuestionDocuments(questions=(question,), media=MEDIA)
    return read_questions(write_questions(document, format_name="qti3", language="en").files)


@settings(max_examples=60)
@given(qti_questions())
def test_any_question_in_one_language_comes_back(question: Question) -> None:
    read = back_again(question)
    assert read.questions == (question,), read.problems


@pytest.mark.parametrize("kind", list(QuestionKind), ids=lambda kind: kind.value)
def test_every_kind_comes_back_without_a_remark_but_on_points_for_order(kind: QuestionKind) -> None:
    question = as_qti_says(sample(kind.value))
    read = back_again(question)
    assert read.questions == (question,), read.problems
    assert len(read.problems) == (1 if kind is QuestionKind.ORDER else 0), read.problems


def test_the_picture_of_a_hotspot_travels_with_it() -> None:
    read = back_again(as_qti_says(sample("hotspot")))
    assert read.media == MEDIA


def test_places_in_a_picture_are_exact_to_half_a_pixel() -> None:
    question = as_qti_says(sample("hotspot"))
    small = PICTURE.replace(b'"1000"', b'"120"').replace(b'"2000"', b'"80"')
    document = QuestionDocuments(questions=(question,), media={"pack.svg": small})
    read = read_questions(write_questions(document, format_name="qti3", language="en").files)
    (found,) = read.questions
    assert isinstance(found.body, Hotspot)
    assert isinstance(question.body, Hotspot)
    for region, before in zip(found.body.regions, question.body.regions, strict=True):
        sides = [120, 80, 120] if before.shape == "circle" else [120, 80] * 4
        for here, there, side in zip(region.places, before.places, sides, strict=False):
            assert abs(here - there) * side / 100 <= 0.51


def test_several_questions_keep_their_order_and_keys() -> None:
    asked = tuple(replace(as_qti_says(sample("single")), key=key) for key in ("b", "a", "1-c"))
    read = read_questions(write_questions(QuestionDocuments(questions=asked), format_name="qti3", language="en").files)
    assert read.questions == asked
    assert read.positions == ("items/b.xml", "items/a.xml", "items/1-c.xml")
