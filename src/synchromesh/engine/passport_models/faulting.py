"""What a function that plants a fault is, and the small changes from which faults are made."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from synchromesh.engine.passport_models.passport import FieldValue, Passport

REMOVED = FieldValue(value=None, unit="removed")
"""Stands for a field that the fault takes away."""

Plant = Callable[[Passport, str, random.Random], FieldValue | None]


def usable_number(passport: Passport, key: str) -> float | None:
    """The number of a field, None where it has none other than zero."""
    value = passport.value_of(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
        return None
    return float(value)


def times(*factors: float) -> Plant:
    """Multiply the number, as a slip of the unit or of the decimal point does."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        value = usable_number(passport, key)
        if value is None:
            return None
        changed = float(f"{value * chance.choice(factors):.6g}")
        whole = isinstance(passport.value_of(key), int)
        return replace(passport.values[key], value=round(changed) if whole else changed)

    return plant


def plus(*amounts: float) -> Plant:
    """Add an amount to the number."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        stated, value = passport.values.get(key), passport.value_of(key)
        if stated is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return replace(stated, value=round(value + chance.choice(amounts), 4))

    return plant


def says(*values: Any) -> Plant:
    """State one of these values, whether the field is given or not."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        stated = passport.values.get(key, FieldValue(value=None))
        value = chance.choice(values)
        return None if value == stated.value else replace(stated, value=value)

    return plant


def same_as(other: str) -> Plant:
    """Copy the value of another field."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        value = passport.value_of(other)
        if value is None or value == passport.value_of(key):
            return None
        return replace(passport.values.get(key, FieldValue(value=None)), value=value)

    return plant


def text_change(change: Callable[[str, random.Random], str]) -> Plant:
    """Change the text of a field."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        value = passport.value_of(key)
        if not isinstance(value, str) or not value:
            return None
        changed = change(value, chance)
        return None if changed == value else replace(passport.values[key], value=changed)

    return plant


def days_from(other: str, least: int, most: int) -> Plant:
    """A day that lies so many days after the day of another field."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        origin = passport.value_of(other)
        if key not in passport.values or not isinstance(origin, str):
            return None
        day = date.fromisoformat(origin) + timedelta(chance.randint(least, most))
        return replace(passport.values[key], value=day.isoformat())

    return plant


def row_change(change: Callable[[dict[str, Any], random.Random], dict[str, Any] | None]) -> Plant:
    """Change one row of the records, the first by chance that lends itself to it."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        rows = passport.value_of(key)
        if not isinstance(rows, list) or not rows:
            return None
        for place in chance.sample(range(len(rows)), len(rows)):
            changed = change(dict(rows[place]), chance)
            if changed is not None and changed != rows[place]:
                return replace(passport.values[key], value=[*rows[:place], changed, *rows[place + 1 :]])
        return None

    return plant


def row_gone(wanted: Callable[[dict[str, Any]], bool]) -> Plant:
    """Take one of the rows away that are `wanted`."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        rows = passport.value_of(key)
        places = [place for place, row in enumerate(rows) if wanted(row)] if isinstance(rows, list) else []
        if not places or not isinstance(rows, list) or len(rows) < 2:
            return None
        gone = chance.choice(places)
        return replace(passport.values[key], value=[row for place, row in enumerate(rows) if place != gone])

    return plant


def row_added(make: Callable[[Passport, random.Random], dict[str, Any] | None]) -> Plant:
    """Add a row."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        rows, row = passport.value_of(key), make(passport, chance)
        if not isinstance(rows, list) or row is None:
            return None
        return replace(passport.values[key], value=[*rows, row])

    return plant


def history_change(change: Callable[[list[float], random.Random], bool]) -> Plant:
    """Change the earlier readings in place; `change` says whether it could."""

    def plant(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
        stated = passport.values.get(key)
        if stated is None or len(stated.history) < 2:
            return None
        readings = [reading.value for reading in stated.history]
        if not change(readings, chance):
            return None
        history = tuple(replace(reading, value=value) for reading, value in zip(stated.history, readings, strict=True))
        return replace(stated, history=history)

    return plant
