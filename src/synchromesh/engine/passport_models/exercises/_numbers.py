"""Tasks whose answer is a number with a unit: how they are marked, and which units a quantity can be stated in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.passport_models.exercises._answers import GivenNumber, is_near, typed
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Item,
    Quantity,
    Sentence,
    Task,
    Verdict,
    gettext_noop,
)

NO_UNIT = "1"
"""Stands for a plain share, such as 0.94."""

UNITS: Mapping[str, Mapping[str, float]] = {
    "kWh": {"kWh": 1, "Wh": 1e-3, "MWh": 1e3},
    "Ah": {"Ah": 1, "mAh": 1e-3},
    "V": {"V": 1, "mV": 1e-3, "kV": 1e3},
    "kW": {"kW": 1, "W": 1e-3, "MW": 1e3},
    "kg": {"kg": 1, "g": 1e-3, "t": 1e3},
    "%": {"%": 1, NO_UNIT: 100},
    "year": {"year": 1, "month": 1 / 12},
    "month": {"month": 1, "year": 12},
    "min": {"min": 1, "h": 60},
    "kg CO2e/kWh": {"kg CO2e/kWh": 1, "g CO2e/kWh": 1e-3},
    "kg CO2e": {"kg CO2e": 1, "g CO2e": 1e-3, "t CO2e": 1e3},
}
"""By the unit of the passport: how much of it one of each unit is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKey:
    """The right number in the unit that is asked for, and how far an answer may be from it."""

    value: float
    unit: str
    relative: float = 0.005
    absolute: float = 0.0

    def fits(self, given: float) -> bool:
        """Whether a number is right."""
        return is_near(given, self.value, relative=self.relative, absolute=self.absolute)


def units_of(unit: str) -> tuple[str, ...]:
    """What may be chosen for a quantity; the unit itself where there is no other."""
    return tuple(UNITS.get(unit, {unit: 1}))


def key_answer(key: NumberKey) -> dict[str, object]:
    """The answer that is right."""
    return {"value": key.value, "unit": key.unit}


def mark_number(
    answers: Answers, task: Task, key: NumberKey, *, says: Sentence, remedy: Sentence | None, clause: str
) -> Item:
    """Compare what was typed with the key; a slip of the unit is called so. `says` explains the right value."""
    given = typed(answers, task.key)
    unit = task.units[0] if len(task.units) == 1 else given.unit if given.unit in task.units else ""
    verdict, mistake = _judge(given, unit, key)
    return Item(
        task=task.key,
        title=task.question,
        verdict=verdict,
        given=Quantity(given.readings[0], _written(unit)) if given.readings else "",
        expected=Quantity(_shortened(key), _written(key.unit)),
        says=mistake or says,
        remedy=remedy,
        clause=clause,
    )


def _judge(given: GivenNumber, unit: str, key: NumberKey) -> tuple[Verdict, Sentence | None]:
    if not given.readings:
        return Verdict.EMPTY, None
    if unit == key.unit and any(key.fits(one) for one in given.readings):
        return Verdict.RIGHT, None
    mistake = _unit_mistake(given, unit, key)
    return (Verdict.UNIT, mistake) if mistake is not None else (Verdict.WRONG, None)


def _unit_mistake(given: GivenNumber, unit: str, key: NumberKey) -> Sentence | None:
    """What is wrong with the unit, where the number itself is right."""
    factors, asked = UNITS.get(key.unit, {key.unit: 1}), _written(key.unit)
    if not unit and any(key.fits(one) for one in given.readings):
        return Sentence(
            gettext_noop("Unit: the number is right, but its unit is missing. It is {asked}."), {"asked": asked}
        )
    factor = factors.get(unit)
    if factor is not None and unit != key.unit and any(key.fits(one * factor) for one in given.readings):
        template = gettext_noop("Unit: the amount is right, but the passport asks for {asked}, not for {unit}.")
        return Sentence(template, {"asked": asked, "unit": _written(unit)})
    for other, part in factors.items():
        # A factor of one would be no other unit; the number stands in another unit than the one that was chosen.
        if other != unit and any(key.fits(one * part) for one in given.readings):
            template = gettext_noop("Unit: this is the number in {other}, but {unit} was stated.")
            return Sentence(template, {"other": _written(other), "unit": _written(unit) or "?"})
    return None


def _shortened(key: NumberKey) -> float:
    """The right number with no more digits than its tolerance makes sense of."""
    return round(key.value, 1) if key.absolute else float(f"{key.value:.6g}")


def _written(unit: str) -> str:
    return "" if unit == NO_UNIT else unit
