"""Answers as they come from a form, read without ever raising, and the marking of the common forms of tasks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from synchromesh.engine.passport_models.exercises._shapes import Answers

_MOST = 1000
_FARTHEST = 1e15


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNumber:
    """The numbers that an answer can mean (none: not answered, or no number) and the unit that was chosen."""

    readings: tuple[float, ...]
    unit: str


def ticked(answers: Answers, task: str, options: Collection[str]) -> frozenset[str]:
    """The options that were ticked; what is no option is left out."""
    given = answers.get(task) if isinstance(answers, Mapping) else None
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list | tuple | set | frozenset):
        return frozenset()
    wanted = set(options)
    return frozenset(one for one in list(given)[:_MOST] if isinstance(one, str) and one in wanted)


def chosen(answers: Answers, task: str, options: Collection[str]) -> str:
    """The option that was chosen; "" for none."""
    given = answers.get(task) if isinstance(answers, Mapping) else None
    return given if isinstance(given, str) and given in set(options) else ""


def typed(answers: Answers, task: str) -> GivenNumber:
    """The number that was typed, with its unit."""
    given = answers.get(task) if isinstance(answers, Mapping) else None
    if not isinstance(given, Mapping):
        given = {"value": given}
    unit, value = given.get("unit"), given.get("value")
    readings = list(value) if isinstance(value, list | tuple) else [value]
    numbers = (_number_of(one) for one in readings[:8])
    usable = tuple(one for one in numbers if one is not None)
    return GivenNumber(readings=usable, unit=unit if isinstance(unit, str) else "")


def _number_of(value: object) -> float | None:
    """A number that can be computed with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_FARTHEST < value < _FARTHEST else None  # False for NaN


def is_near(given: float, expected: float, *, relative: float = 0.005, absolute: float = 0.0) -> bool:
    """Whether a number is right within its tolerance."""
    return abs(given - expected) <= max(relative * abs(expected), absolute, 1e-9)


def tick_points(given: Collection[str], wanted: Collection[str]) -> Fraction:
    """From 0 to 1: each right tick counts, each wrong one takes a right one away."""
    right, wrong = len(set(given) & set(wanted)), len(set(given) - set(wanted))
    return Fraction(max(0, right - wrong), len(set(wanted))) if wanted else Fraction(0)
