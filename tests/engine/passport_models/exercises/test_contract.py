"""What `engine.passport_models.exercises` promises of every kind, tried with each of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.exercises import (
    Exercise,
    Item,
    Marking,
    Options,
    TaskForm,
    Verdict,
    exercise_kinds,
    get_exercise_kind,
    in_english,
)
from synchromesh.engine.passport_models.model import BatteryKind, fields

KINDS = tuple(exercise_kinds())
every_kind = pytest.mark.parametrize("kind", KINDS)
GOOD = {Verdict.RIGHT, Verdict.FOUND}

seeds = st.integers(min_value=0, max_value=2**48 - 1)
options = st.builds(
    Options, battery=st.sampled_from(list(BatteryKind)), level=st.integers(1, 3), faults=st.integers(1, 10)
)
_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
_anything = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "unit", "text", "chosen"]) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)


def seen(exercise: Exercise) -> str:
    """Everything that a learner sees; the seed is not among it."""
    return repr((exercise.task, exercise.rules, exercise.facts, exercise.tables, exercise.plots, exercise.tasks))


def said(item: Item) -> str:
    """What the marking says about one answer."""
    return in_english(item.says)


def test_there_are_the_kinds_of_exercises_that_courses_use() -> None:
    assert set(KINDS) == {
        "answer-request",
        "build-category",
        "find-faults",
        "read-footprint",
        "second-life",
        "trace-materials",
        "who-may-see",
    }


def test_a_kind_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="riddle"):
        get_exercise_kind("riddle")


@every_kind
@settings(max_examples=15)
@given(seed=seeds, chosen=options)
def test_the_key_gets_everything_and_nothing_gets_nothing(kind: str, seed: int, chosen: Options) -> None:
    made = get_exercise_kind(kind)
    exercise = made.make(seed, chosen)
    full, empty = made.mark(exercise, made.answer_key(seed, chosen)), made.mark(exercise, {})
    assert (full.percent, empty.percent) == (100, 0)
    assert {item.verdict for item in full.items} <= GOOD
    assert not {item.verdict for item in empty.items} & GOOD


@every_kind
@settings(max_examples=2)
@given(seed=seeds, chosen=options)
def test_the_same_seed_gives_the_same_exercise_and_the_same_marking(kind: str, seed: int, chosen: Options) -> None:
    made = get_exercise_kind(kind)
    first = made.make(seed, chosen)
    for other in range(33):  # more than is remembered
        made.make(seed + 1 + other, chosen)
    again = made.make(seed, chosen)
    assert again == first
    assert made.mark(again, {}) == made.mark(first, {})


@every_kind
@pytest.mark.parametrize(("level", "count"), [(1, 200), (2, 30), (3, 30)])
def test_as_many_seeds_give_as_many_exercises(kind: str, level: int, count: int) -> None:
    made, chosen = get_exercise_kind(kind), Options(level=level, faults=1)
    assert len({seen(made.make(seed, chosen)) for seed in range(count)}) == count


@every_kind
@settings(max_examples=25)
@given(seed=st.integers(0, 20), chosen=options, data=st.data())
def test_no_answer_makes_a_kind_fail_and_none_gets_more_than_everything(
    kind: str, seed: int, chosen: Options, data: st.DataObject
) -> None:
    made = get_exercise_kind(kind)
    exercise = made.make(seed, chosen)
    keys = st.sampled_from([task.key for task in exercise.tasks]) | st.text(max_size=3)
    marking: Marking = made.mark(exercise, data.draw(st.dictionaries(keys, _anything, max_size=6)))
    assert 0 <= marking.percent <= 100
    assert all(in_english(item.says) and in_english(item.title) for item in marking.items)


@every_kind
@settings(max_examples=10)
@given(seed=seeds, chosen=options)
def test_ticking_everything_is_no_way_to_pass(kind: str, seed: int, chosen: Options) -> None:
    made = get_exercise_kind(kind)
    exercise = made.make(seed, chosen)
    ticks = {task.key: [one.key for one in task.options] for task in exercise.tasks if task.form is TaskForm.TICKS}
    assert made.mark(exercise, ticks).percent < 70


@every_kind
@settings(max_examples=10)
@given(seed=seeds, chosen=options)
def test_what_is_shown_holds_nothing_of_what_the_marking_says(kind: str, seed: int, chosen: Options) -> None:
    """The sentences of the marking come from the rules and explanations; none of them stands on the page before."""
    made = get_exercise_kind(kind)
    exercise = made.make(seed, chosen)
    shown = seen(exercise)
    rules = {in_english(rule) for rule in exercise.rules}
    told = {said(item) for item in made.mark(exercise, {}).items} - rules
    assert not [sentence for sentence in told if sentence in shown]
    assert "verdict" not in shown.lower()


@pytest.mark.parametrize("kind", ["find-faults", "answer-request"])
def test_the_place_of_a_field_tells_nothing_about_it(kind: str) -> None:
    """Fields stand in the order of the field list, whatever the key is."""
    order = {key: place for place, key in enumerate(fields())}
    for seed in range(10):
        (task,) = get_exercise_kind(kind).make(seed, Options(level=2)).tasks
        places = [order[one.key] for one in task.options]
        assert places == sorted(set(places))


@every_kind
def test_every_word_about_an_answer_has_a_reason_and_a_clause(kind: str) -> None:
    made = get_exercise_kind(kind)
    for level in (1, 2, 3):
        chosen = Options(level=level)
        for seed in range(6):
            for item in made.mark(made.make(seed, chosen), {}).items:
                assert said(item)
                assert item.clause.startswith(("Art.", "Annex"))
                assert not item.clause_checked
                assert item.remedy is not None or "share of that country" in in_english(item.title)


@every_kind
def test_every_task_can_be_answered_and_is_asked_in_words(kind: str) -> None:
    made: Any = get_exercise_kind(kind)
    assert in_english(made.TITLE)
    for battery in BatteryKind:
        for level in (1, 2, 3):
            exercise = made.make(7, Options(battery=battery, level=level))
            assert exercise.tasks
            assert len({task.key for task in exercise.tasks}) == len(exercise.tasks)
            for task in exercise.tasks:
                assert in_english(task.question)
                assert task.units if task.form is TaskForm.NUMBER else len(task.options) > 1
