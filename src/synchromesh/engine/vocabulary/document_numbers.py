"""Decimal numbers in documents (JSON, YAML), read and written without rounding."""

from __future__ import annotations

import math
import re
from decimal import Decimal

_MOST_DIGITS = 28
_MOST_TENS = 30
_NUMBER = re.compile(r"[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?", re.ASCII)


def as_number(value: object) -> Decimal | None:
    """A number of a document (a number, or its digits as a text) without rounding; None for what is none.

    A JSON number with a point comes as a float; its shortest decimal form is what stood in the file.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        found = Decimal(repr(value)) if math.isfinite(value) else None
    elif isinstance(value, int):
        found = Decimal(value) if abs(value) < 10**_MOST_DIGITS else None
    elif isinstance(value, Decimal):
        found = value if value.is_finite() else None
    else:
        found = Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None
    if found is None or not found:
        return found if found is None else Decimal(0)
    fits = len(found.as_tuple().digits) <= _MOST_DIGITS and abs(found.adjusted()) <= _MOST_TENS
    return found if fits else None


def written_number(value: Decimal) -> int | float | str:
    """A number for a document, so that `as_number` gives the same one back."""
    if value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)
