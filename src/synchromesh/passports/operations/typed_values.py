"""What somebody typed for a field, as the value that a passport states.

A number that can be read becomes a number; what cannot is kept as it was typed, so that the checks name it and nothing
is lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synchromesh.engine.passport_models.checks.completeness import MAY_BE_EMPTY
from synchromesh.engine.passport_models.model import Column, Field, ValueType
from synchromesh.engine.passport_models.passport import FieldValue, Reading

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedInput:
    """What a form or a program states for a field: a text as typed, a list of texts, or rows of texts by column."""

    value: Any
    unit: str = ""
    at: str = ""


def stated_value(field: Field, given: StatedInput, *, history: tuple[Reading, ...] = ()) -> FieldValue | None:
    """The value that the passport then states; None where nothing was given."""
    value = _typed(field, given.value)
    if value is None:
        return None
    return FieldValue(value=value, unit=given.unit.strip() or field.unit, at=given.at.strip(), history=history)


def _typed(field: Field, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if field.type is ValueType.RECORDS:
        value = _rows(field, value)
    elif field.type is ValueType.TEXTS:
        value = _texts(value)
    else:
        return _single(field.type, value)
    # For some fields an empty list says "none"; for all others it says nothing.
    return None if value == [] and field.key not in MAY_BE_EMPTY else value


def _rows(field: Field, value: Any) -> Any:
    """Rows with the columns that were filled in; a row without any is left out."""
    if not isinstance(value, list | tuple):
        return value
    columns = {column.name: column for column in field.columns}
    rows = [_row(columns, row) if isinstance(row, Mapping) else row for row in value]
    return [row for row in rows if row not in ({}, "", None)]


def _row(columns: Mapping[str, Column], row: Mapping[str, Any]) -> dict[str, Any]:
    typed = {
        str(name): _single(columns[name].type if name in columns else ValueType.TEXT, value)
        for name, value in row.items()
    }
    return {name: value for name, value in typed.items() if value is not None}


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        value = re.split(r"[\n;]", value)
    if not isinstance(value, list | tuple):
        return value
    return [text for text in (one.strip() if isinstance(one, str) else one for one in value) if text != ""]


def _single(kind: ValueType, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    if kind in (ValueType.NUMBER, ValueType.INTEGER):
        return _number(text)
    if kind is ValueType.BOOLEAN:
        word = text.lower()
        return True if word in _YES else False if word in _NO else text
    if kind is ValueType.COUNTRY:
        return text.upper() if len(text) == 2 else text
    return text


def _number(text: str) -> Any:
    """A whole number where it is one; a comma may stand for the point, as people write in most of Europe."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    if not math.isfinite(number):
        return text
    return number if any(sign in text for sign in ".,eE") else int(text)
