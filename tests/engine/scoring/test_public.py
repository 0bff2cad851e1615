"""What a learner may see: never a key, and nothing from which one follows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.vocabulary.question_samples import DOCUMENTS, question
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.scoring.answers import read_answer
from synchromesh.engine.scoring.public import PublicQuestion, public_question
from synchromesh.engine.scoring.right_answers import right_answer
from synchromesh.engine.vocabulary.questions import Matching, Ordering, Question, QuestionKind, Texts

SEEDS = st.integers(0, 2**31)
OPEN_TO_ALL = {"kind", "prompts", "points", "partial"}
SHOWN = {
    "single": {"choices"},
    "multiple": {"choices"},
    "true-false": {"choices"},
    "order": {"items"},
    "match": {"items", "targets"},
    "fill-in": {"gaps"},
    "numeric": {"units"},
    "hotspot": {"media", "alternatives", "regions"},
    "short-text": set(),
    "free-text": {"rubric", "least_words", "most_words"},
    "file": {"rubric", "endings", "most_megabytes"},
    "scale": {"steps"},
}
SECRET_WORDS = (
    "correct", "feedback", "accepted", "value", "tolerance", "pairs", "answer", "slips", "exact_case",
    "told-afterwards", "said-when", "contactor", "Schütz", "insulation monitor", "12.5", "1000",
)  # fmt: skip
NAMES_OF_KEYS = {
    "correct",
    "feedback",
    "accepted",
    "value",
    "tolerance",
    "pairs",
    "answer",
    "explanations",
    "right",
    "wrong",
}


def _names(value: Any) -> set[str]:
    """All names of fields in a JSON value, but those of languages."""
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in _names(inner)}
    return {name for inner in value for name in _names(inner)} if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_view_holds_what_a_page_needs_and_no_key(kind: str) -> None:
    view = public_question(question(kind), seed=7, shuffle=True).as_json()
    assert set(view) == OPEN_TO_ALL | SHOWN[kind]
    as_sent = json.dumps(view, ensure_ascii=False)
    assert [word for word in SECRET_WORDS if word in as_sent] == []


@given(questions(), SEEDS, st.booleans())
@settings(max_examples=60)
def test_no_field_of_any_view_is_named_like_a_key(asked: Question, seed: int, shuffle: bool) -> None:
    view = public_question(asked, seed=seed, shuffle=shuffle)
    assert not _names(json.loads(json.dumps(view.as_json()))) & NAMES_OF_KEYS
    assert public_question(asked, seed=seed, shuffle=shuffle) == view


@given(st.data(), SEEDS, st.booleans())
def test_the_view_does_not_depend_on_what_is_right(data: st.DataObject, seed: int, shuffle: bool) -> None:
    right = data.draw(st.sampled_from("abc"))
    choices = [{"key": key, "texts": {"en": key}, "correct": key == right} for key in "abc"]
    views = {
        json.dumps(public_question(question("single", choices=made), seed=seed, shuffle=shuffle).as_json())
        for made in (choices, [choice | {"correct": choice["key"] == "a"} for choice in choices])
    }
    assert len(views) == 1


@given(questions(QuestionKind.ORDER), SEEDS, st.booleans())
@settings(max_examples=60)
def test_an_order_is_never_shown_in_the_right_order(asked: Question, seed: int, shuffle: bool) -> None:
    body = asked.body
    assert isinstance(body, Ordering)
    shown = public_question(asked, seed=seed, shuffle=shuffle).items
    assert shown != body.items
    assert set(map(_key, shown)) == set(map(_key, body.items))


@given(questions(QuestionKind.MATCH), SEEDS, st.booleans())
def test_the_targets_of_a_match_never_stand_as_they_were_written(asked: Question, seed: int, shuffle: bool) -> None:
    body = asked.body
    assert isinstance(body, Matching)
    view = public_question(asked, seed=seed, shuffle=shuffle)
    assert view.targets != body.targets
    assert shuffle or view.items == body.items


def test_items_and_targets_with_the_same_keys_are_mixed_apart() -> None:
    same = [{"key": key, "texts": {"en": key}} for key in "abcdef"]
    targets = [{"key": key, "texts": {"en": key.upper()}} for key in "abcdef"]
    asked = question("match", items=same, targets=targets, pairs={key: key for key in "abcdef"})
    views = [public_question(asked, seed=seed, shuffle=True) for seed in range(20)]
    side_by_side = [list(map(_key, view.items)) == list(map(_key, view.targets)) for view in views]
    assert sum(side_by_side) <= 1


def _key(item: Any) -> str:
    return str(item.key)


def _orders(kind: str, *, shuffle: bool, **changes: object) -> set[tuple[str, ...]]:
    asked = question(kind, **changes)
    views = [public_question(asked, seed=seed, shuffle=shuffle) for seed in range(60)]
    return {tuple(map(_key, view.choices or view.regions or view.steps)) for view in views}


def test_shuffled_choices_come_in_every_order_and_others_as_written() -> None:
    assert len(_orders("single", shuffle=True)) == 6
    assert len(_orders("hotspot", shuffle=True)) == 6
    assert _orders("single", shuffle=False) == {("a", "b", "c")}


@pytest.mark.parametrize("kind", ["multiple", "true-false", "scale"])
def test_what_has_an_order_of_its_own_keeps_it(kind: str) -> None:
    assert len(_orders(kind, shuffle=True)) == 1


@given(questions(), SEEDS)
def test_every_key_of_a_right_answer_can_be_picked_in_the_view(asked: Question, seed: int) -> None:
    view = public_question(asked, seed=seed, shuffle=True)
    answer = read_answer(asked, right_answer(asked, language="en"))
    pickable = _pickable(view)
    if isinstance(answer, list):
        assert set(answer) <= pickable
    elif isinstance(answer, str) and asked.kind is not QuestionKind.SHORT_TEXT:
        assert answer in pickable


def _pickable(view: PublicQuestion) -> set[str]:
    entries: tuple[Any, ...] = (*view.choices, *view.items, *view.regions, *view.steps)
    return {entry.key for entry in entries}


def test_a_page_gets_the_texts_of_all_languages() -> None:
    texts: Texts = public_question(question("single"), seed=1, shuffle=False).prompts
    assert texts == {"en": "What is it?", "de": "Was ist es?"}
