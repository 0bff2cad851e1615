"""What answers are worth."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scoring.answer_strategies import sent_answers
from tests.engine.vocabulary.question_samples import DOCUMENTS, question
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.scoring.answers import read_answer
from synchromesh.engine.scoring.marking import Marked, PartMark, mark
from synchromesh.engine.scoring.right_answers import right_answer
from synchromesh.engine.vocabulary.questions import QuestionKind

OPEN = {QuestionKind.FREE_TEXT, QuestionKind.FILE}
CLOSED = [kind for kind in QuestionKind if kind not in OPEN | {QuestionKind.SCALE}]


def _mark(kind: str, raw: Any, *, language: str = "en", **changes: Any) -> Marked:
    asked = question(kind, **changes)
    return mark(asked, read_answer(asked, raw), language=language)


def _parts(marked: Marked) -> dict[str, bool]:
    return {part.key: part.is_correct for part in marked.parts}


@given(st.data())
@settings(max_examples=60)
def test_no_answer_is_worth_less_than_nothing_or_more_than_the_points(data: st.DataObject) -> None:
    asked = data.draw(questions())
    answer = read_answer(asked, data.draw(sent_answers(asked)))
    marked = mark(asked, answer, language="de")
    assert marked.most == asked.points
    if marked.points is None:
        assert asked.kind in OPEN
        assert marked.is_correct is None
    else:
        assert 0 <= marked.points <= asked.points
        assert marked.points == round(marked.points, 2)
        assert marked.points in (0, asked.points) or asked.partial
        if marked.is_correct:
            assert marked.points == asked.points
            assert all(part.is_correct for part in marked.parts)


@given(questions(*CLOSED), st.sampled_from(["en", "de", "cs"]))
@settings(max_examples=60)
def test_the_right_answer_gets_all_points(asked: Any, language: str) -> None:
    answer = read_answer(asked, right_answer(asked, language=language))
    marked = mark(asked, answer, language="en")
    assert (marked.points, marked.is_correct) == (asked.points, True)
    assert all(part.is_correct for part in marked.parts)


@given(st.data())
def test_only_the_right_choices_get_all_points(data: st.DataObject) -> None:
    kinds = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE, QuestionKind.ORDER)
    asked = data.draw(questions(*kinds, QuestionKind.MATCH, QuestionKind.HOTSPOT))
    answer = read_answer(asked, data.draw(sent_answers(asked)))
    is_right = answer == right_answer(asked, language="en")
    assert mark(asked, answer, language="en").is_correct is is_right


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_answer_gets_nothing_and_waits_for_nobody(kind: str) -> None:
    asked = question(kind)
    marked = mark(asked, None, language="en")
    assert marked.points == 0
    assert marked.is_correct is (None if kind == "scale" else False)
    assert asked.explanations in marked.feedback


@pytest.mark.parametrize(("kind", "answer"), [("free-text", "Because."), ("file", [str(uuid.UUID(int=1))])])
def test_what_a_person_marks_waits(kind: str, answer: Any) -> None:
    marked = _mark(kind, answer)
    assert (marked.points, marked.most, marked.is_correct) == (None, Decimal("3.5"), None)


def test_a_scale_has_no_right_step_and_no_points() -> None:
    marked = _mark("scale", "4")
    assert (marked.points, marked.most, marked.is_correct) == (Decimal(0), Decimal(0), None)


def test_a_single_choice_tells_only_about_what_was_picked() -> None:
    wrong = _mark("single", "b")
    assert wrong.points == 0
    assert wrong.parts == (PartMark(key="b", is_correct=False),)
    said = [texts["en"] for texts in wrong.feedback]
    assert said == ["feedback-b", "said-when-wrong", "told-afterwards"]
    assert [texts["en"] for texts in _mark("single", "a").feedback][:2] == ["feedback-a", "said-when-right"]


@pytest.mark.parametrize(
    ("answer", "points", "without_partial"),
    [(["a", "c"], 2, 2), (["a"], 1, 0), (["a", "c", "d"], 1, 0), (["a", "b"], 0, 0), (["b", "d"], 0, 0),
     (["a", "b", "c", "d"], 0, 0)],
)  # fmt: skip
def test_wrong_picks_are_taken_from_the_right_ones(answer: list[str], points: int, without_partial: int) -> None:
    assert _mark("multiple", answer).points == points
    assert _mark("multiple", answer, partial=False).points == without_partial


def test_each_choice_tells_whether_it_was_picked_or_left_rightly() -> None:
    assert _parts(_mark("multiple", ["a", "d"])) == {"a": True, "b": True, "c": False, "d": False}
    assert _parts(_mark("hotspot", ["hose"])) == {"plug": False, "hose": False, "lid": True}


@pytest.mark.parametrize(
    ("order", "points"),
    [
        ("disconnect secure verify earth", 3),
        ("secure verify earth disconnect", 2),
        ("secure disconnect earth verify", 1),
        ("earth verify secure disconnect", 0),
    ],
)
def test_an_order_is_worth_its_longest_run(order: str, points: int) -> None:
    marked = _mark("order", order.split())
    assert marked.points == points
    assert sum(_parts(marked).values()) == (points + 1 if points else 0)
    assert _mark("order", order.split(), partial=False).points == (3 if points == 3 else 0)


def test_each_pair_counts() -> None:
    marked = _mark("match", {"anode": "graphite", "cathode": "steel"})
    assert marked.points == 1
    assert _parts(marked) == {"anode": True, "cathode": False, "salt": False}


def test_each_gap_counts_and_its_option_tells() -> None:
    marked = _mark("fill-in", {"part": "MAIN  RELAY", "what": "door"})
    assert marked.points == 1
    assert _parts(marked) == {"part": True, "what": False}
    assert {"en": "feedback-door"} in marked.feedback
    assert _mark("fill-in", {"part": "contactor", "what": "circuit"}).is_correct


def test_accepted_forms_of_all_languages_count() -> None:
    assert _mark("fill-in", {"part": "schuetz", "what": "circuit"}, language="en").is_correct
    assert _mark("short-text", "isolationswächter", language="en").is_correct
    assert not _mark("short-text", "Wächter", language="de").is_correct


def test_points_are_rounded_to_hundredths() -> None:
    assert _mark("match", {"anode": "graphite"}, points=1).points == Decimal("0.33")
    assert _mark("match", {"anode": "graphite", "salt": "lipf6"}, points=1).points == Decimal("0.67")
    assert _mark("match", {"anode": "graphite", "salt": "lipf6"}, points=0.01).points == Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "unit", "is_right"),
    [
        ("12,5", "V", True),
        ("12.0", "V", True),  # 4 percent of 12.5 is 0.5
        ("13", "V", True),
        ("11.99", "V", False),
        ("13.01", "V", False),
        ("0,0125", "kV", True),
        ("1.25·10⁻²", "kV", True),
        ("12.5", "kV", False),
        ("12,500", "V", True),
        ("-12.5", "V", False),
    ],
)
def test_a_number_counts_within_its_tolerance_in_any_of_its_units(value: str, unit: str, is_right: bool) -> None:
    assert _mark("numeric", {"value": value, "unit": unit}).is_correct is is_right


@pytest.mark.parametrize(
    ("changes", "value", "is_right"),
    [
        ({"value": -40, "tolerance": 10, "tolerance_in_percent": True}, "-44", True),
        ({"value": -40, "tolerance": 10, "tolerance_in_percent": True}, "-44.1", False),
        ({"value": 0, "tolerance": 10, "tolerance_in_percent": True}, "0.001", False),
        ({"value": 0.3, "tolerance": 0, "tolerance_in_percent": False}, "0,3", True),
        ({"value": 0.3, "tolerance": 0.1, "tolerance_in_percent": False}, "0.4", True),
        ({"value": 1000, "tolerance": 0, "tolerance_in_percent": False}, "1,000", True),
        ({"value": 1000, "tolerance": 0, "tolerance_in_percent": False}, "1\u2009000", True),
        ({"value": "1.602176634e-19", "tolerance": "1e-22", "tolerance_in_percent": False}, "1,602e-19", True),
    ],
)  # fmt: skip
def test_tolerances_are_exact(changes: dict[str, Any], value: str, is_right: bool) -> None:
    assert _mark("numeric", {"value": value}, units=None, **changes).is_correct is is_right


def test_an_answer_to_another_question_is_refused() -> None:
    with pytest.raises(InvalidInput):
        mark(question("single"), ["a"], language="en")


@pytest.mark.parametrize("kind", ["free-text", "file", "scale"])
def test_where_a_person_marks_there_is_no_right_answer(kind: str) -> None:
    assert right_answer(question(kind), language="en") is None


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Isolationswächter"), ("en", "insulation monitor"), ("fr", "insulation monitor")]
)
def test_a_right_answer_is_shown_in_the_language_asked_for_else_in_english(language: str, word: str) -> None:
    assert right_answer(question("short-text"), language=language) == word
