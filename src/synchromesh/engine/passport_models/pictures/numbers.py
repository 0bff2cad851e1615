"""Which values can be drawn, and round numbers for the ticks of an axis."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

MOST = 1e12
"""A larger number is a slip of the pen, and would only spoil the arithmetic."""
_LEAST = 1e-12
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def drawable_number(value: object) -> float | None:
    """The number of a value, None where it has none that can be drawn."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -MOST <= value <= MOST else None  # False for NaN


def drawable_day(text: object) -> date | None:
    """The day in an ISO 8601 text, None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def drawable_rows(value: object, *, most: int = 200) -> list[Mapping[str, Any]]:
    """The rows of records among what a field states, `most` at the utmost."""
    return [row for row in value[:most] if isinstance(row, Mapping)] if isinstance(value, list) else []


def ticks(least: float, most: float, *, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers that enclose `least` to `most`, at equal distances, about `wanted` of them."""
    span = most - least
    if span <= max(abs(most) * 1e-9, _LEAST):
        span = max(abs(most), _LEAST)
        least, most = least - span / 2, most + span / 2
    power = 10.0 ** math.floor(math.log10(span / wanted))
    step = next(power * factor for factor in _STEPS if power * factor * wanted >= span * (1 - 1e-9))
    first, last = math.floor(least / step), math.ceil(most / step)
    return tuple(float(f"{place * step:.12g}") for place in range(first, last + 1))
