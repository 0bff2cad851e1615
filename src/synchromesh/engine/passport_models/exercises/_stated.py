"""What a passport states for a field, as lines to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.passport_models.examination import shown as shortened
from synchromesh.engine.passport_models.exercises._battery import NOT_GIVEN
from synchromesh.engine.passport_models.exercises._shapes import Parts, Quantity, Sentence, Shown, gettext_noop
from synchromesh.engine.passport_models.model import Column, Field, ValueType
from synchromesh.engine.passport_models.passport import FieldValue

_NUMBERS = (ValueType.NUMBER, ValueType.INTEGER)
_LONGEST = 200


def stated_lines(field: Field, stated: FieldValue | None, *, duty: Sentence | None = None) -> tuple[Shown, ...]:
    """The value with its unit and day, each row of records, the earlier readings; or that nothing is given."""
    if stated is None or stated.value is None:
        line: Shown = NOT_GIVEN if duty is None else Parts((NOT_GIVEN, duty), between=", ")
        return (line,)
    if field.type is ValueType.RECORDS:
        return _rows(field, stated.value)
    lines: list[Shown] = [_value(field, stated.value, stated.unit)]
    if stated.at:
        lines[0] = Sentence(gettext_noop("{value}, on {day}"), {"value": lines[0], "day": stated.at})
    if stated.history:
        before: list[Shown] = [
            Sentence(gettext_noop("{value} on {day}"), {"value": _value(field, one.value, ""), "day": one.at})
            for one in stated.history
        ]
        lines.append(Sentence(gettext_noop("Before: {readings}"), {"readings": Parts(tuple(before))}))
    return tuple(lines)


def _value(asked: Field | Column, value: Any, unit: str) -> Shown:
    if isinstance(value, bool):
        return Sentence(gettext_noop("yes")) if value else Sentence(gettext_noop("no"))
    if isinstance(value, int | float):
        return Quantity(value, unit)
    if isinstance(value, list | tuple):
        return Parts(tuple(str(one) for one in value), between=", ")
    text = shortened(value, most=_LONGEST)
    return f"“{text}” {unit}".strip() if asked.type in _NUMBERS else text


def _rows(field: Field, value: Any) -> tuple[Shown, ...]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
    if not rows:
        return (Sentence(gettext_noop("none")),)
    return tuple(Parts(_cells(field, row)) for row in rows)


def _cells(field: Field, row: Mapping[str, Any]) -> tuple[Shown, ...]:
    return tuple(
        Sentence(
            gettext_noop("{title}: {value}"),
            {"title": Sentence(column.title), "value": _value(column, row[column.name], column.unit)},
        )
        for column in field.columns
        if column.name in row
    )
