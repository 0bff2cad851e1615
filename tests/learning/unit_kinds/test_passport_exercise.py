"""Passport exercises as a unit: tries, shares, what is kept, and what an author may write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.learning.records import CONTENTS

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.exercises import EDITION, exercise_kinds
from synchromesh.learning.unit_kinds import Progress, personal_kind, seed_of
from synchromesh.learning.unit_kinds import passport_exercise as kind

CONTENT = CONTENTS["passport-exercise"]
SEED = 4711


def shown(state: Mapping[str, Any], **content: Any) -> Any:
    """The exercise of the present try."""
    return kind.show_own({**CONTENT, **content}, state, seed=SEED)["exercise"]


def key(state: Mapping[str, Any], most: int = 100) -> dict[str, Any]:
    """A report with so many of the right fields."""
    exercise = shown(state)
    wrong = exercise_kinds()["find-faults"].answer_key(exercise.seed, exercise.options)["wrong"]
    return {"wrong": {"chosen": list(wrong)[:most]}}


def reported(state: Mapping[str, Any], number: int = 0, **report: Any) -> Progress:
    """What a report comes to."""
    return kind.accept(CONTENT, state, {"seed": SEED, "number": number, **report})


def test_a_full_answer_makes_the_unit_done_and_is_kept() -> None:
    came = reported({}, answers=key({}))
    assert came.is_done
    assert came.answer == {"percent": 100}
    assert came.state["tries"] == [{"number": 0, "percent": 100}]
    assert kind.show_own(CONTENT, came.state, seed=SEED)["marking"].percent == 100


@pytest.mark.parametrize(("found", "percent", "is_done"), [(1, 33, False), (2, 66, True), (3, 100, True)])
def test_the_share_that_is_needed_decides(found: int, percent: int, is_done: bool) -> None:
    came = reported({}, answers=key({}, most=found))
    assert (came.answer["percent"], came.is_done) == (percent, is_done)


def test_a_later_try_that_is_worse_leaves_the_unit_done() -> None:
    state = reported({}, answers=key({})).state
    state = reported(state, again=True).state
    assert (state["number"], state["answers"]) == (1, None)
    came = reported(state, number=1, answers={"wrong": {"chosen": ["manufacturer_country"]}})
    assert came.is_done
    assert [one["percent"] for one in came.state["tries"]] == [100, 0]
    assert kind.show_own(CONTENT, came.state, seed=SEED)["best"] == 100


def test_the_same_try_is_the_same_exercise_and_the_next_one_another() -> None:
    first = reported({}, answers=key({})).state
    second = reported(first, again=True).state
    assert shown(first) == shown({})
    assert shown(second) != shown(first)


def test_what_is_shown_before_marking_has_no_marking_in_it() -> None:
    own = kind.show_own(CONTENT, {}, seed=SEED)
    assert own["marking"] is None
    assert own["answers"] == {}


@pytest.mark.parametrize(
    "report",
    [
        {"number": 0},
        {"number": 0, "answers": {}},
        {"number": 0, "answers": {"wrong": {"chosen": ["no-such-field"]}}},
        {"number": 1, "answers": {"wrong": {"chosen": ["cell_count"]}}},
        {"number": 0, "again": True},
        {"number": None, "again": True},
    ],
)
def test_a_report_that_fits_nothing_is_refused(report: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        kind.accept(CONTENT, {}, {"seed": SEED, **report})


def test_a_form_that_is_sent_twice_counts_once_and_another_answer_is_refused() -> None:
    state = reported({}, answers=key({}, most=1)).state
    assert reported(state, answers=key({}, most=1)).state == state
    with pytest.raises(InvalidInput, match="marked already"):
        reported(state, answers=key({}))


def test_a_try_of_an_earlier_edition_is_left_behind_with_its_result() -> None:
    state = {**reported({}, answers=key({})).state, "edition": EDITION - 1}
    own = kind.show_own(CONTENT, state, seed=SEED)
    assert (own["number"], own["marking"], own["best"]) == (1, None, 100)
    assert reported(state, number=1, answers=key(state, most=1)).is_done


@pytest.mark.parametrize(
    ("text", "unit", "read"),
    [
        ("74.2", "kWh", {"text": "74.2", "value": [74.2], "unit": "kWh"}),
        ("74,2 kWh", "", {"text": "74,2 kWh", "value": [74.2], "unit": "kWh"}),
        ("1.074", "Wh", {"text": "1.074", "value": [1.074, 1074.0], "unit": "Wh"}),
        ("much", "kWh", {"text": "much", "value": [], "unit": "kWh"}),
        ("7", "parsec", {"text": "7", "value": [7.0], "unit": ""}),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, unit: str, read: dict[str, Any]) -> None:
    content = {"exercise": "build-category", "battery": "ev", "level": 3}
    for seed in range(60):
        exercise = kind.show_own(content, {}, seed=seed)["exercise"]
        task = next((one for one in exercise.tasks if "kWh" in one.units), None)
        if task is not None:
            answers = {task.key: {"text": text, "unit": unit}}
            came = kind.accept(content, {}, {"seed": seed, "number": 0, "answers": answers})
            assert came.state["answers"] == {task.key: read}
            return
    raise AssertionError("No exercise asks for kilowatt-hours.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exercise", "riddle"),
        ("exercise", None),
        ("battery", "car"),
        ("level", 4),
        ("level", "2"),
        ("faults", 0),
        ("faults", 11),
        ("needed_percent", 101),
        ("needed_percent", True),
        ("skills", "isolate-hv"),
        ("skills", ["No Slug"]),
        ("seed", 3),
    ],
)
def test_what_an_author_wrote_wrong_is_named(name: str, value: Any) -> None:
    problems = kind.check({**CONTENT, name: value}, languages=("en",), media=())
    assert [problem.field for problem in problems] == [name]


@pytest.mark.parametrize("exercise", list(exercise_kinds()))
def test_the_kind_of_exercise_alone_is_enough(exercise: str) -> None:
    assert kind.check({"exercise": exercise}, languages=("en", "de"), media=()) == []
    assert kind.show_own({"exercise": exercise}, {}, seed=1)["exercise"].kind == exercise


def test_seeds_differ_by_learner_and_by_unit_and_fit_into_json() -> None:
    learner, unit = UUID(int=1), UUID(int=2)
    assert seed_of(learner, unit) == seed_of(learner, unit)
    assert len({seed_of(uuid4(), unit) for _ in range(500)}) == 500
    assert len({seed_of(learner, uuid4()) for _ in range(500)}) == 500
    assert seed_of(learner, unit) != seed_of(unit, learner)
    assert 0 <= seed_of(learner, unit) < 2**48


def test_only_what_is_made_for_each_learner_is_personal() -> None:
    assert personal_kind("passport-exercise") is not None
    assert personal_kind("exercise") is None
