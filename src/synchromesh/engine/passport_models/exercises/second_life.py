"""Second life: repurpose, remanufacture or recycle, from readings of the state of health and a rule that is stated.

The rule is ours, for practice. The batteries are made so that each lies clearly on one side of every bound.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.exercises._answers import chosen
from synchromesh.engine.passport_models.exercises._battery import BATTERY_TITLES, DAY, chance_of
from synchromesh.engine.passport_models.exercises._choices import ChoiceKey, choice_task, mark_choice
from synchromesh.engine.passport_models.exercises._numbers import NumberKey, key_answer, mark_number
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Fact,
    Item,
    Marking,
    Options,
    Plot,
    Quantity,
    Sentence,
    Shown,
    Table,
    Task,
    TaskForm,
    Verdict,
    gettext_noop,
)
from synchromesh.engine.passport_models.passport import FieldValue, Reading

TITLE = Sentence(gettext_noop("Repurpose, remanufacture or recycle?"))
_KIND = "second-life"
LEAST_HEALTH, MOST_LOSS, WEAK_BY, GOOD_MODULES, MOST_RESISTANCE = 70, 3, 10, 80, 100
"""The bounds of the rule: percent, points a year, points below the others, percent, percent."""
_READINGS_A_YEAR = 4
_DECISIONS: Mapping[str, Sentence] = {
    "repurpose": Sentence(gettext_noop("Repurpose: a second life in another use")),
    "remanufacture": Sentence(gettext_noop("Remanufacture: replace the weak module")),
    "recycle": Sentence(gettext_noop("Recycle: win the materials back")),
}
_EVENTS = {
    "none": Sentence(gettext_noop("none")),
    "checked": Sentence(gettext_noop("deep discharge, checked afterwards: no damage")),
    "unchecked": Sentence(gettext_noop("overheated while charging, never checked")),
}


@dataclass(frozen=True, slots=True)
class _Battery:
    """One battery: readings every three months, oldest first, and what else was found."""

    serial: str
    health: tuple[float, ...]
    days: tuple[str, ...]
    resistance: int
    event: str
    weakest: float
    others: float
    decision: str
    reason: str

    @property
    def loss(self) -> float:
        return self.health[-1 - _READINGS_A_YEAR] - self.health[-1]


def make(seed: int, options: Options) -> Exercise:
    """The rule, and for each battery its readings with a plot, its facts and what is asked."""
    batteries = _case(seed, options)
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("Decide for each battery what becomes of it. Follow the rule.")),
        rules=_RULES,
        facts=(
            Fact(title=Sentence(gettext_noop("Batteries")), value=BATTERY_TITLES[options.battery]),
            Fact(title=Sentence(gettext_noop("Day of the exercise")), value=DAY.isoformat()),
        ),
        tables=tuple(_table(number, battery) for number, battery in enumerate(batteries, start=1)),
        plots=tuple(_plot(number, battery) for number, battery in enumerate(batteries, start=1)),
        tasks=tuple(task for number, _ in enumerate(batteries, start=1) for task in _tasks(number)),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """Readings and decisions."""
    found: dict[str, object] = {}
    for number, battery in enumerate(_case(seed, options), start=1):
        found |= {key: key_answer(asked) for key, asked in _numbers(number, battery).items()}
        found[f"decision-{number}"] = battery.decision
    return found


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """A point for each reading, two for each decision."""
    batteries = _case(exercise.seed, exercise.options)
    items: list[Item] = []
    points = 0
    for number, battery in enumerate(batteries, start=1):
        first, second, decision = _tasks(number)
        keys = _numbers(number, battery)
        for task, says, remedy in ((first, _SAYS_NOW, _REMEDY_NOW), (second, _SAYS_LOSS, _REMEDY_LOSS)):
            clause = "Art. 14; Annex VII, Part A"
            items.append(mark_number(answers, task, keys[task.key], says=says, remedy=remedy, clause=clause))
        given = chosen(answers, decision.key, _DECISIONS)
        items.append(mark_choice(given, decision, _decision_key(battery)))
        points += sum((2 if item.task == decision.key else 1) * (item.verdict is Verdict.RIGHT) for item in items[-3:])
    return Marking(points=Fraction(points), most=4 * len(batteries), items=tuple(items))


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> tuple[_Battery, ...]:
    chance = chance_of(_KIND, seed, options)
    decisions = list(_DECISIONS)
    chance.shuffle(decisions)
    count = max(1, min(3, options.level))
    # At the third level two batteries may share a decision, so that the last one is no matter of elimination.
    drawn = decisions[:count] if count < 3 else [*decisions[:2], chance.choice(decisions)]
    return tuple(_battery(chance, decision) for decision in drawn)


def _battery(chance: random.Random, decision: str) -> _Battery:
    reason = decision
    if decision == "recycle":
        reason = chance.choice(("event", "resistance", "worn", "fast"))
    final, loss = _course(chance, reason)
    days, health = _readings(chance, final, loss)
    weakest = health[-1] if decision == "remanufacture" else round(health[-1] - chance.uniform(0.5, 3), 1)
    apart = chance.uniform(WEAK_BY + 6, WEAK_BY + 14) if decision == "remanufacture" else chance.uniform(1, 4)
    others = weakest + apart
    if decision == "remanufacture":
        others = max(others, GOOD_MODULES + chance.uniform(2, 8))
    return _Battery(
        serial=f"{chance.choice('ABCDEFGH')}{chance.randrange(10**6, 10**7)}",
        health=health,
        days=days,
        resistance=chance.randint(115, 180) if reason == "resistance" else chance.randint(20, 85),
        event="unchecked" if reason == "event" else chance.choice(("none", "none", "checked")),
        weakest=weakest,
        others=round(others, 1),
        decision=decision,
        reason=reason,
    )


def _course(chance: random.Random, reason: str) -> tuple[float, float]:
    """The state of health at the end, and the loss over the last year."""
    if reason == "worn":
        return chance.uniform(48, 65), chance.choice((chance.uniform(1, 2.2), chance.uniform(4, 5.5)))
    if reason == "fast":
        return chance.uniform(73, 84), chance.uniform(4.5, 8)
    if reason == "remanufacture":
        return chance.uniform(56, 67), chance.uniform(3.5, 8)
    return chance.uniform(72.5, 88), chance.uniform(0.8, 2.2)


def _readings(chance: random.Random, final: float, loss: float) -> tuple[tuple[str, ...], tuple[float, ...]]:
    count = chance.randint(9, 16)
    last = DAY - timedelta(chance.randint(1, 20))
    days = tuple((last - timedelta(91 * back)).isoformat() for back in range(count - 1, -1, -1))
    step = loss / _READINGS_A_YEAR
    before = min(chance.uniform(0.3, 1.2), max(0.1, (99 - final - loss) / max(1, count - 1 - _READINGS_A_YEAR)))
    health = [round(final, 1)]
    for back in range(1, count):
        fall = step if back <= _READINGS_A_YEAR else before
        health.append(round(min(99.9, health[-1] + fall * chance.uniform(0.9, 1.1)), 1))
    return days, tuple(reversed(health))


def _numbers(number: int, battery: _Battery) -> dict[str, NumberKey]:
    return {
        f"now-{number}": NumberKey(value=battery.health[-1], unit="%", absolute=0.5),
        f"loss-{number}": NumberKey(value=round(battery.loss, 1), unit="%", absolute=0.3),
    }


def _tasks(number: int) -> tuple[Task, Task, Task]:
    group = Sentence(gettext_noop("Battery {number}"), {"number": number})
    now = Sentence(gettext_noop("Battery {number}: state of health at the last reading"), {"number": number})
    loss = Sentence(gettext_noop("Battery {number}: loss over the last twelve months"), {"number": number})
    what = Sentence(gettext_noop("Battery {number}: what becomes of it?"), {"number": number})
    return (
        Task(key=f"now-{number}", form=TaskForm.NUMBER, question=now, units=("%",), group=group),
        Task(
            key=f"loss-{number}",
            form=TaskForm.NUMBER,
            question=loss,
            units=("%",),
            group=group,
            help=Sentence(gettext_noop("In percentage points: the reading four steps before, less the last one.")),
        ),
        choice_task(f"decision-{number}", what, _DECISIONS, group=group),
    )


def _table(number: int, battery: _Battery) -> Table:
    rows: tuple[tuple[Shown, ...], ...] = (
        (Sentence(gettext_noop("Serial number")), battery.serial),
        (Sentence(gettext_noop("Increase of internal resistance")), Quantity(battery.resistance, "%")),
        (Sentence(gettext_noop("Negative events")), _EVENTS[battery.event]),
        (Sentence(gettext_noop("Weakest module")), Quantity(battery.weakest, "%")),
        (Sentence(gettext_noop("Other modules, mean")), Quantity(battery.others, "%")),
    )
    return Table(
        caption=Sentence(gettext_noop("Battery {number}: findings"), {"number": number}),
        heads=(Sentence(gettext_noop("What")), Sentence(gettext_noop("Value"))),
        rows=rows,
    )


def _plot(number: int, battery: _Battery) -> Plot:
    readings = tuple(
        Reading(value=value, at=day) for value, day in zip(battery.health[:-1], battery.days[:-1], strict=True)
    )
    return Plot(
        caption=Sentence(gettext_noop("Battery {number}: state of health in percent"), {"number": number}),
        readings=FieldValue(value=battery.health[-1], unit="%", at=battery.days[-1], history=readings),
        threshold=float(LEAST_HEALTH),
        threshold_title=Sentence(gettext_noop("Bound of the rule: {least} %"), {"least": LEAST_HEALTH}),
    )


def _decision_key(battery: _Battery) -> ChoiceKey:
    says, remedy, clause = _REASONS[battery.reason]
    values: dict[str, Shown] = {
        "health": battery.health[-1],
        "loss": round(battery.loss, 1),
        "weakest": battery.weakest,
        "others": battery.others,
        "resistance": battery.resistance,
    }
    return ChoiceKey(
        right=battery.decision, words=_DECISIONS, says=Sentence(says, values), remedy=Sentence(remedy), clause=clause
    )


_RULES = (
    Sentence(gettext_noop("This rule is made for practice. Take the first line that fits.")),
    Sentence(
        gettext_noop(
            "1. Recycle: a negative event was never checked, or the internal resistance has grown by more than"
            " {resistance} %."
        ),
        {"resistance": MOST_RESISTANCE},
    ),
    Sentence(
        gettext_noop(
            "2. Remanufacture: the weakest module lies {weak} points or more below the others, and those have"
            " {good} % or more."
        ),
        {"weak": WEAK_BY, "good": GOOD_MODULES},
    ),
    Sentence(
        gettext_noop(
            "3. Repurpose: the state of health is {health} % or more, and fell by at most {loss} points over the"
            " last twelve months."
        ),
        {"health": LEAST_HEALTH, "loss": MOST_LOSS},
    ),
    Sentence(gettext_noop("4. Recycle: everything else.")),
)
_SAYS_NOW = Sentence(gettext_noop("It is the last reading of the table."))
_REMEDY_NOW = Sentence(gettext_noop("Take the newest day, not the highest value."))
_SAYS_LOSS = Sentence(gettext_noop("It is the reading of twelve months before, less the last one."))
_REMEDY_LOSS = Sentence(gettext_noop("Count four readings back: they are three months apart."))
_RECYCLED = gettext_noop("Give the battery to treatment and recycling; its passport ends with it.")
_REASONS: Mapping[str, tuple[str, str, str]] = {
    "repurpose": (
        gettext_noop("{health} % is left, and {loss} points were lost over the last year: line 3 of the rule."),
        gettext_noop("Set the status to repurposed, and name this passport in the new one."),
        "Art. 73; Art. 77(7)",
    ),
    "remanufacture": (
        gettext_noop("One module has {weakest} %, the others {others} %: line 2 of the rule."),
        gettext_noop("Replace the module, set the status to remanufactured, and name this passport in the new one."),
        "Art. 45; Art. 77(7)",
    ),
    "event": (
        gettext_noop("The battery overheated and nobody checked it: line 1 of the rule."),
        _RECYCLED,
        "Art. 70; Art. 77(8)",
    ),
    "resistance": (
        gettext_noop("The resistance has grown by {resistance} %: line 1 of the rule."),
        _RECYCLED,
        "Art. 70; Art. 77(8)",
    ),
    "worn": (
        gettext_noop("Only {health} % is left, and all modules are weak: line 4 of the rule."),
        _RECYCLED,
        "Art. 71; Art. 77(8)",
    ),
    "fast": (
        gettext_noop("{health} % is left, but {loss} points were lost over the last year: line 4 of the rule."),
        _RECYCLED,
        "Art. 71; Art. 77(8)",
    ),
}
