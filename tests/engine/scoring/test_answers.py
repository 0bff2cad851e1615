"""Answers from browsers: sound ones are brought into one form, all others are refused in words."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scoring.answer_strategies import HOSTILE, sent_answers
from tests.engine.vocabulary.question_samples import DOCUMENTS, question
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.scoring.answers import Answer, count_words, is_empty, read_answer
from synchromesh.engine.vocabulary.questions import Question

KINDS = st.sampled_from(sorted(DOCUMENTS))


@given(st.data())
@settings(max_examples=60)
def test_a_sound_answer_is_taken_and_read_again_the_same_after_storing(data: st.DataObject) -> None:
    asked = data.draw(questions())
    read = read_answer(asked, data.draw(sent_answers(asked)))
    assert read_answer(asked, json.loads(json.dumps(read))) == read


def _read_or_refused(asked: Question, raw: object) -> tuple[Answer, str]:
    """What was read, or nothing; and the field that was refused, or just "answer"."""
    try:
        return read_answer(asked, raw), "answer"
    except InvalidInput as refused:
        return None, refused.field or "no field"


@given(KINDS, HOSTILE)
@settings(max_examples=120)
def test_whatever_is_sent_is_read_or_refused_in_words(kind: str, raw: object) -> None:
    asked = question(kind)
    read, field = _read_or_refused(asked, raw)
    assert field.startswith("answer")
    assert read_answer(asked, read) == read


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("raw", [None, "", [], {}])
def test_nothing_is_no_answer(kind: str, raw: Any) -> None:
    try:
        assert is_empty(read_answer(question(kind), raw))
    except InvalidInput:
        assert raw in ([], {})  # a list where a text is due


@pytest.mark.parametrize(
    ("kind", "raw", "field"),
    [
        ("single", "z", "answer"),
        ("single", ["a"], "answer"),
        ("single", float("nan"), "answer"),
        ("single", "x" * 10**6, "answer"),
        ("multiple", "a", "answer"),
        ("multiple", ["a", ["a"]], "answer"),
        ("multiple", ["a"] * 10**6, "answer"),
        ("true-false", True, "answer"),
        ("order", ["disconnect", "secure"], "answer"),
        ("order", ["earth", "earth", "verify", "secure"], "answer"),
        ("match", {"anode": "copper"}, "answer.anode"),
        ("match", {"iron": "steel"}, "answer"),
        ("match", [["anode", "nmc"]], "answer"),
        ("fill-in", {"part": 7}, "answer.part"),
        ("fill-in", {"part": "x" * 501}, "answer.part"),
        ("fill-in", {"what": "window"}, "answer.what"),
        ("numeric", "12.5", "answer"),
        ("numeric", {"value": 12.5}, "answer.value"),
        ("numeric", {"value": 0}, "answer.value"),
        ("numeric", {"value": "NaN"}, "answer.value"),
        ("numeric", {"value": "Infinity"}, "answer.value"),
        ("numeric", {"value": "1e1000000000"}, "answer.value"),
        ("numeric", {"value": "9" * 10**6}, "answer.value"),
        ("numeric", {"value": "1", "unit": "A"}, "answer.unit"),
        ("numeric", {"value": "1 kV", "unit": "V"}, "answer.value"),
        ("hotspot", ["pump"], "answer"),
        ("short-text", {"text": "x"}, "answer"),
        ("short-text", "a\x00b", "answer"),
        ("short-text", "a\ud800b", "answer"),
        ("free-text", "x" * 50_001, "answer"),
        ("file", ["../../secret"], "answer"),
        ("file", ["x" * 10**6], "answer"),
        ("scale", 4, "answer"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_field(kind: str, raw: object, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_answer(question(kind), raw)
    assert refused.value.field == field


def test_chosen_keys_come_in_the_order_of_the_question_and_once() -> None:
    assert read_answer(question("multiple"), ["c", "a", "c"]) == ["a", "c"]
    assert read_answer(question("hotspot"), ["lid", "plug"]) == ["plug", "lid"]


def test_parts_that_are_not_answered_are_left_out() -> None:
    assert read_answer(question("match"), {"anode": "nmc", "cathode": "", "salt": None}) == {"anode": "nmc"}
    assert read_answer(question("fill-in"), {"part": "  ", "what": ""}) is None


def test_a_unit_may_be_typed_behind_the_number() -> None:
    asked = question("numeric")
    assert read_answer(asked, {"value": "0,0125 kV"}) == {"value": "0,0125", "unit": "kV"}
    assert read_answer(asked, {"value": "12.5"}) == {"value": "12.5", "unit": "V"}
    assert read_answer(question("numeric", units=None), {"value": " 12.5 "}) == {"value": "12.5"}


def test_a_question_without_units_takes_a_bare_number() -> None:
    with pytest.raises(InvalidInput, match="without a unit"):
        read_answer(question("numeric", units=None), {"value": "12.5 V"})


def test_files_are_named_by_their_identifiers() -> None:
    uid = uuid.UUID("12345678-1234-5678-1234-567812345678")
    assert read_answer(question("file"), [uid.hex.upper(), str(uid)]) == [str(uid)]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("One two.", 2), ("high-voltage, isn't it? 12.5 V", 5), ("Schütz öffnet\nnicht", 3)]
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert count_words(text) == count
