"""What is particular about each kind of exercise."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.checks.circularity import LEAST_RECYCLED
from synchromesh.engine.passport_models.exercises import (
    Marking,
    Options,
    Quantity,
    Verdict,
    exercise_kinds,
    find_faults,
    in_english,
    second_life,
)
from synchromesh.engine.passport_models.exercises._battery import DAY
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import Severity

LEVELS = pytest.mark.parametrize("level", [1, 2, 3])


def marked(kind: str, seed: int, options: Options, **changed: Any) -> Marking:
    """The marking of the key with some answers changed."""
    made = exercise_kinds()[kind]
    return made.mark(made.make(seed, options), {**made.answer_key(seed, options), **changed})


@LEVELS
@pytest.mark.parametrize("battery", list(BatteryKind))
def test_as_many_faults_are_planted_as_the_author_asks_for(level: int, battery: BatteryKind) -> None:
    for count in (1, 5, 10):
        for seed in range(8):
            case = find_faults._case(seed, Options(battery=battery, level=level, faults=count))
            grave = {
                found.field for found in check_passport(case.passport, today=DAY) if found.severity is not Severity.HINT
            }
            assert grave == set(case.faults)
            assert len(grave) == count


def test_a_false_alarm_takes_a_found_fault_away_and_a_related_field_does_not() -> None:
    options = Options(level=2, faults=6)
    for seed in range(20):
        exercise = find_faults.make(seed, options)
        wrong = find_faults.answer_key(seed, options)["wrong"]
        for option in exercise.tasks[0].options:
            if option.key in wrong:
                continue
            marking = find_faults.mark(exercise, {"wrong": [*wrong, option.key]})
            verdict = next(item.verdict for item in marking.items if item.option == option.key)
            assert verdict in {Verdict.NEAR, Verdict.FALSE_ALARM}
            assert marking.points == len(wrong) - (verdict is Verdict.FALSE_ALARM)


def test_a_field_that_is_left_out_can_be_ticked() -> None:
    for seed in range(40):
        case = find_faults._case(seed, Options())
        gone = [key for key in case.faults if key not in case.passport.values]
        exercise = find_faults.make(seed, Options())
        options = {one.key: one for one in exercise.tasks[0].options}
        for key in gone:
            assert in_english(options[key].details[0]).startswith("not given")
        if gone:
            return
    raise AssertionError("No field was left out in 40 exercises.")


def test_the_hints_shrink_from_level_to_level() -> None:
    def words(level: int) -> str:
        exercise = find_faults.make(3, Options(level=level))
        facts = [in_english(fact.title) for fact in exercise.facts]
        return " ".join([*facts, *(in_english(rule) for rule in exercise.rules)])

    assert "Where the faults are" in words(1)
    assert "Where the faults are" not in words(2)
    assert "Number of faults" in words(2)
    assert "Number of faults" not in words(3)


@LEVELS
def test_each_slip_of_a_unit_is_called_so(level: int) -> None:
    slips = 0
    for seed in range(20):
        options = Options(level=level)
        for key, answer in exercise_kinds()["build-category"].answer_key(seed, options).items():
            unit = fields()[key].unit
            if unit != "kWh" or not isinstance(answer, dict):
                continue
            given = {
                "other unit": {"value": answer["value"] * 1000, "unit": "Wh"},
                "not converted": {"value": answer["value"] * 1000, "unit": "kWh"},
                "no unit": {"value": answer["value"], "unit": ""},
            }
            for wrong in given.values():
                item = next(
                    one for one in marked("build-category", seed, options, **{key: wrong}).items if one.task == key
                )
                assert item.verdict is Verdict.UNIT
                assert in_english(item.says).startswith("Unit: ")
                slips += 1
    assert slips


def test_a_number_within_its_tolerance_is_right_and_one_beyond_is_not() -> None:
    options = Options()
    total = exercise_kinds()["read-footprint"].answer_key(1, options)["sum"]
    for factor, verdict in ((1.009, Verdict.RIGHT), (1.02, Verdict.WRONG)):
        marking = marked("read-footprint", 1, options, sum={**total, "value": total["value"] * factor})
        assert marking.items[0].verdict is verdict


def test_of_two_readings_of_a_typed_number_the_right_one_counts() -> None:
    total = exercise_kinds()["read-footprint"].answer_key(1, Options())["sum"]
    both = {"value": [total["value"] * 1000, total["value"]], "unit": total["unit"]}
    assert marked("read-footprint", 1, Options(), sum=both).percent == 100


def test_a_field_counts_only_with_exactly_its_visitors() -> None:
    made = exercise_kinds()["who-may-see"]
    key = made.answer_key(4, Options())
    for field, visitors in key.items():
        everybody = ["anybody", "interest", "authority", "commission"]
        changed = everybody if len(visitors) < 4 else visitors[:3]
        items = {item.task: item.verdict for item in marked("who-may-see", 4, Options(), **{field: changed}).items}
        assert items[field] is Verdict.WRONG
        assert {verdict for task, verdict in items.items() if task != field} == {Verdict.RIGHT}


def test_every_way_of_access_is_asked_for() -> None:
    for seed in range(10):
        asked = exercise_kinds()["who-may-see"].answer_key(seed, Options())
        assert len({frozenset(fields()[key].seen_by) for key in asked}) == 4


@LEVELS
def test_the_decision_follows_from_the_rule_and_lies_clear_of_its_bounds(level: int) -> None:
    for seed in range(80):
        for battery in second_life._case(seed, Options(level=level)):
            assert battery.decision == _by_rule(battery)
            assert abs(battery.health[-1] - second_life.LEAST_HEALTH) > 1
            assert abs(battery.loss - second_life.MOST_LOSS) > 0.3
            assert all(0 < value <= 100 for value in battery.health)
            assert battery.others <= 100


def _by_rule(battery: Any) -> str:
    """The rule as it is written on the page, read line by line."""
    if battery.event == "unchecked" or battery.resistance > second_life.MOST_RESISTANCE:
        return "recycle"
    if battery.others - battery.weakest >= second_life.WEAK_BY and battery.others >= second_life.GOOD_MODULES:
        return "remanufacture"
    if battery.health[-1] >= second_life.LEAST_HEALTH and battery.loss <= second_life.MOST_LOSS:
        return "repurpose"
    return "recycle"


def test_each_decision_and_each_reason_comes_up() -> None:
    reasons = {battery.reason for seed in range(60) for battery in second_life._case(seed, Options(level=2))}
    assert reasons == {"repurpose", "remanufacture", "event", "resistance", "worn", "fast"}


def test_a_plain_mean_of_recycled_shares_is_not_right() -> None:
    made, differing = exercise_kinds()["trace-materials"], 0
    for seed in range(20):
        options = Options(level=1)
        exercise = made.make(seed, options)
        (task,) = [one.key for one in exercise.tasks if one.key.startswith("recycled-")]
        shares = [row[3].value for row in exercise.tables[0].rows if isinstance(row[3], Quantity)]
        mean = sum(shares) / len(shares)
        right = made.answer_key(seed, options)[task]["value"]
        assert task.removeprefix("recycled-") in LEAST_RECYCLED
        if abs(mean - right) > 0.6:
            differing += 1
            marking = marked("trace-materials", seed, options, **{task: {"value": mean, "unit": "%"}})
            assert marking.percent < 100
    assert differing > 5


def test_nothing_is_handed_over_to_somebody_who_may_not_have_it() -> None:
    made = exercise_kinds()["answer-request"]
    refused = 0
    for seed in range(60):
        options = Options(level=3)
        exercise = made.make(seed, options)
        wanted = made.answer_key(seed, options)["handed"]
        assert len(wanted) >= 2
        everything = [one.key for one in exercise.tasks[0].options]
        marking = made.mark(exercise, {"handed": everything})
        wrong = [item for item in marking.items if item.verdict is Verdict.WRONG]
        assert {item.option for item in wrong} == set(everything) - set(wanted)
        refused += any("may not see it" in in_english(item.says) for item in wrong)
    assert refused > 20
