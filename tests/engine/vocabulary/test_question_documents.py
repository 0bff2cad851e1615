"""Documents of questions: nothing is lost on the way, and what an author must mend is named with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.vocabulary.question_samples import DOCUMENTS, document, question
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.question_documents import read_question, write_question
from synchromesh.engine.vocabulary.questions import Choices, FillIn, Numeric, Question, QuestionKind

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.booleans(), inner, max_size=3),
    max_leaves=6,
)


def _faults(kind: str, **changes: object) -> dict[str, str]:
    """The messages about a changed document by field; the document must not be read."""
    found, problems = read_question(document(kind, **changes), position="questions.yaml question 3")
    assert found is None
    assert {problem.position for problem in problems} == {"questions.yaml question 3"}
    return {problem.field: problem.message for problem in problems}


@given(questions())
@settings(max_examples=60)
def test_a_question_that_was_written_is_read_as_the_same_question(original: Question) -> None:
    as_stored = json.loads(json.dumps(write_question(original)))
    assert read_question(as_stored) == (original, [])


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_kind_has_a_sound_sample_that_survives_a_round_trip(kind: str) -> None:
    original = question(kind)
    assert read_question(write_question(original)) == (original, [])
    assert write_question(original) == write_question(question(kind))


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(DOCUMENTS) == {kind.value for kind in QuestionKind}


def test_values_that_are_usual_are_not_written() -> None:
    plain = question("scale", explanations=None, right=None, wrong=None)
    assert set(write_question(plain)) == {"key", "kind", "prompts", "steps"}


@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
@settings(max_examples=60)
def test_whatever_stands_in_a_document_gives_problems_and_no_exception(kind: str, data: st.DataObject) -> None:
    sound: dict[Any, Any] = document(kind)
    place = data.draw(st.sampled_from([*sound, "points", "level", "partial", "unknown"]))
    _put_anything(sound, place, data)
    found, problems = read_question(sound, position="here")
    assert found is not None or problems
    assert all(problem.position == "here" and problem.message for problem in problems)
    if found is not None:
        assert read_question(write_question(found), position="here")[0] == found


def _put_anything(values: Any, place: Any, data: st.DataObject) -> None:
    """Replace the value at `place`, or something inside it."""
    inner = values.get(place) if isinstance(values, dict) else values[place]
    if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
        deeper = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        _put_anything(inner, deeper, data)
    else:
        values[place] = data.draw(ANYTHING)


@pytest.mark.parametrize("nothing", [None, [], "single", 7, float("nan")])
def test_what_is_no_object_is_one_problem(nothing: object) -> None:
    found, problems = read_question(nothing)
    assert found is None
    assert [(problem.position, problem.field) for problem in problems] == [("question", "")]


def test_a_problem_names_the_question_where_no_position_is_given() -> None:
    _, problems = read_question(document("single") | {"kind": "riddle"})
    (problem,) = problems
    assert (problem.position, problem.field) == ("question a-single-question", "kind")
    assert "single, multiple" in problem.message


def test_an_unknown_key_is_reported_and_the_question_is_read() -> None:
    found, problems = read_question(document("numeric", tolerence=1))
    assert found is not None
    message = "This key is not known and was not read."
    assert problems == [Problem(position="question a-numeric-question", field="tolerence", message=message)]


def _choice(key: str, *, correct: bool = False, **texts: str) -> dict[str, object]:
    return {"key": key, "texts": texts or {"en": key.upper()}} | ({"correct": True} if correct else {})


@pytest.mark.parametrize(
    ("kind", "changes", "field", "words"),
    [
        ("single", {"choices": [_choice("a", correct=True), _choice("b", correct=True)]}, "choices", "2 are marked"),
        ("single", {"choices": [_choice("a"), _choice("b")]}, "choices", "0 are marked"),
        ("single", {"choices": [_choice("a", correct=True)]}, "choices", "At least 2"),
        ("multiple", {"choices": [_choice("a"), _choice("b")]}, "choices", "At least one choice"),
        ("multiple", {"choices": [_choice("a", correct=True), _choice("a", en="B")]}, "choices", "key 'a' stands 2"),
        ("single", {"choices": [_choice("a", correct=True, en="X"), _choice("b", en="X")]}, "choices", "tell them"),
        ("single", {"choices": [_choice("A b", correct=True), _choice("c")]}, "choices[0].key", "no key"),
        ("single", {"prompts": {"en": " "}}, "prompts", "at least one language"),
        ("single", {"prompts": {"english": "x"}}, "prompts.english", "no language"),
        ("single", {"prompts": {False: "Hva?"}}, "prompts", "in quotes"),
        ("single", {"key": None}, "key", "missing"),
        ("single", {"points": 0}, "points", "Points go from 0.01"),
        ("single", {"points": 0.125}, "points", "two places"),
        ("single", {"points": float("inf")}, "points", "not a number"),
        ("single", {"points": "1e999999999"}, "points", "not a number"),
        ("single", {"points": True}, "points", "not a number"),
        ("single", {"level": 4}, "level", "A level is"),
        ("single", {"level": "none"}, "level", "A level is"),
        ("single", {"level": 10**5000}, "level", "A level is"),
        ("single", {"explanations": {"en": "a\x00b"}}, "explanations.en", "cannot be stored"),
        ("single", {"explanations": {"en": "x" * 20_001}}, "explanations.en", "20,001 characters"),
        ("true-false", {"answer": None}, "answer", "missing"),
        ("true-false", {"answer": "true"}, "answer", "true or false"),
        ("order", {"items": [_choice("a")] * 201}, "items", "201 entries"),
        ("match", {"pairs": {"anode": "graphite", "cathode": "nmc"}}, "pairs", "'salt' has no target"),
        ("match", {"pairs": {"anode": "x", "cathode": "nmc", "salt": "nmc"}}, "pairs.anode", "no target 'x'"),
        ("match", {"pairs": {"anode": "nmc", "cathode": "nmc", "salt": "nmc", "y": "nmc"}}, "pairs.y", "no item 'y'"),
        ("fill-in", {"prompts": {"en": "The {{part}}.", "de": "{{part}} {{what}}"}}, "prompts.en", "'what' is missing"),
        ("fill-in", {"prompts": {"en": "{{part}} {{what}} {{who}}"}}, "prompts.en", "'who' that is not"),
        ("fill-in", {"prompts": {"en": "{{part}} {{what}} {{what}}"}}, "prompts.en", "more than once"),
        ("fill-in", {"gaps": [], "prompts": {"en": "None"}}, "gaps", "At least 1"),
        ("numeric", {"value": "twelve"}, "value", "not a number"),
        ("numeric", {"value": None}, "value", "missing"),
        ("numeric", {"tolerance": -1}, "tolerance", "below 0"),
        ("numeric", {"units": {"kV": 1000}}, "units", "factor 1"),
        ("numeric", {"units": {"V": 1, "kV": 0}}, "units.kV", "above 0"),
        ("numeric", {"units": {"µV": 1, "μV": 2}}, "units", "twice"),
        ("numeric", {"units": {"5": 1}}, "units.5", "short sign"),
        ("hotspot", {"alternatives": None}, "alternatives", "at least one language"),
        ("hotspot", {"media": "../pack.svg"}, "media", "without a folder"),
        ("short-text", {"accepted": {"en": []}}, "accepted", "accepted form"),
        ("short-text", {"slips": 3}, "slips", "from 0 to 2"),
        ("free-text", {"least_words": 300}, "least_words", "cannot be more"),
        ("free-text", {"points": 99}, "points", "3.5"),
        ("free-text", {"rubric": []}, "rubric", "At least 1"),
        ("file", {"endings": ["a/b"]}, "endings", "Endings"),
        ("file", {"most_megabytes": 0}, "most_megabytes", "from 1"),
        ("scale", {"points": 1}, "points", "Leave this out"),
        ("scale", {"steps": [_choice("a")]}, "steps", "At least 2"),
    ],
)  # fmt: skip
def test_what_an_author_must_mend_is_named(kind: str, changes: dict[str, object], field: str, words: str) -> None:
    faults = _faults(kind, **changes)
    assert words in faults.get(field, f"no fault of {field} in {faults}")


@pytest.mark.parametrize(
    ("shape", "places", "words"),
    [
        ("star", [1, 2, 3], "no shape"),
        ("circle", [50, 50, 51], "edge"),
        ("circle", [50, 50, 0], "above 0"),
        ("circle", [50, 50], "three numbers"),
        ("rectangle", [10, 10, 101, 20], "outside"),
        ("rectangle", [10, 10, 5, 20], "Left"),
        ("rectangle", [10, 10, 5], "four numbers"),
        ("polygon", [0, 0, 10, 10], "three corners"),
        ("polygon", [0, 0, 10, 10, 20, 20], "enclose nothing"),
        ("polygon", [0, 0, 10, 10, 20, "x"], "Numbers are needed"),
        ("circle", None, "Numbers are needed"),
    ],
)
def test_a_region_lies_inside_the_picture_and_encloses_something(shape: str, places: object, words: str) -> None:
    regions = document("hotspot")["regions"]
    regions[1] |= {"shape": shape, "places": places}
    assert any(words in message for message in _faults("hotspot", regions=regions).values())


def test_a_hotspot_without_a_wrong_region_gives_the_answer_away_to_who_cannot_see_it() -> None:
    regions = [region | {"correct": True} for region in document("hotspot")["regions"]]
    assert "not" in _faults("hotspot", regions=regions)["regions"]


@pytest.mark.parametrize("points", [[1, 1], [2, 0], [0, 1, 1]])
def test_the_steps_of_a_criterion_rise(points: list[int]) -> None:
    steps = [{"points": point, "texts": {"en": f"{place}"}} for place, point in enumerate(points)]
    faults = _faults("free-text", rubric=[{"key": "a", "titles": {"en": "A"}, "steps": steps}])
    assert "rise" in faults["rubric[0].steps"]


def test_all_texts_are_needed_in_at_least_one_same_language() -> None:
    choices = [_choice("a", correct=True, de="Ja"), _choice("b", en="No", de="Nein")]
    assert "no language" in _faults("single", choices=choices, prompts={"en": "Is it?"})["prompts"]
    assert question("single", choices=choices, prompts={"en": "Is it?", "de": "Ist es?"})


@pytest.mark.parametrize(("keys", "is_told"), [("abc", True), ("129", True), ("acb", False), (["cut", "lock"], False)])
def test_keys_that_number_the_right_order_are_pointed_out(keys: list[str], is_told: bool) -> None:
    found, problems = read_question(document("order", items=[_choice(key) for key in keys]))
    assert found is not None
    assert [problem.field for problem in problems if "Rename" in problem.message] == ["items"] * is_told


def test_a_gap_is_typed_or_picked_but_not_both() -> None:
    gaps = document("fill-in")["gaps"]
    gaps[1]["accepted"] = {"en": ["x"]}
    assert "not both" in _faults("fill-in", gaps=gaps)["gaps[1].accepted"]


def test_the_case_of_all_gaps_can_be_told_at_once() -> None:
    body = question("fill-in", exact_case=True).body
    assert isinstance(body, FillIn)
    assert [gap.exact_case for gap in body.gaps] == [True, False]


def test_the_unit_of_the_value_comes_first_whatever_order_a_store_gives() -> None:
    for units in ({"kV": 1000, "V": 1, "mV": 0.001}, {"mV": 0.001, "V": 1, "kV": 1000}):
        body = question("numeric", units=units).body
        assert isinstance(body, Numeric)
        assert list(body.units) == ["V", "mV", "kV"]


def test_numbers_are_read_without_rounding() -> None:
    body = question("numeric", value=0.1, tolerance="0.30000000000000000001", units=None).body
    assert isinstance(body, Numeric)
    assert (body.value, body.tolerance) == (Decimal("0.1"), Decimal("0.30000000000000000001"))


def test_bare_numbers_of_yaml_serve_as_keys() -> None:
    choices = [_choice("x", correct=True) | {"key": 1}, _choice("y") | {"key": 2}]
    body = question("single", choices=choices).body
    assert isinstance(body, Choices)
    assert [choice.key for choice in body.choices] == ["1", "2"]


def test_a_true_false_question_has_the_choices_true_and_false() -> None:
    body = question("true-false").body
    assert isinstance(body, Choices)
    assert [(choice.key, choice.correct) for choice in body.choices] == [("true", False), ("false", True)]


def test_the_points_of_a_rubric_are_the_sum_of_its_highest_steps() -> None:
    assert question("free-text").points == Decimal("3.5")
    assert question("free-text", points=3.5).points == Decimal("3.5")
