"""What stands in the inputs of a field, and what somebody changed in them.

A field whose inputs come back as they were is left alone. So a value that no input can show (a list where a number
belongs) is never spoilt, and two people who work at different fields do not get in each other's way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from synchromesh.engine.passport_models.checks.completeness import MAY_BE_EMPTY
from synchromesh.engine.passport_models.examination import shown
from synchromesh.engine.passport_models.model import Field, Update, ValueType
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.operations.typed_values import StatedInput

MOST_ROWS = 40
BLANK_ROWS = 2
LONGEST_INPUT = 4000
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The texts in the inputs of one field. `rows` hold a text for each column; `none` says that there are none."""

    text: str = ""
    rows: tuple[Row, ...] = ()
    none: bool = False
    unit: str = ""
    at: str = ""


def can_be_edited(field: Field, stated: FieldValue | None) -> bool:
    """Whether inputs can show all of the value; what they cannot is changed by a file."""
    if stated is None:
        return True
    if field.type is ValueType.RECORDS:
        rows = stated.value
        return not isinstance(rows, list) or len(rows) <= MOST_ROWS
    return True


def inputs_of(field: Field, stated: FieldValue | None) -> Inputs:
    """What the inputs show of what a passport states."""
    unit = typed_text(stated.unit if stated is not None else "") or field.unit
    if stated is None:
        return Inputs(unit=unit)
    more: dict[str, Any] = {"unit": unit if field.unit else "", "at": typed_text(stated.at)}
    if field.type is ValueType.RECORDS and isinstance(stated.value, list):
        rows = tuple(_row_of(field, row) for row in stated.value)
        return Inputs(rows=tuple(row for row in rows if any(row)), none=not stated.value, **more)
    if field.type is ValueType.TEXTS and isinstance(stated.value, list):
        return Inputs(text="\n".join(typed_text(one) for one in stated.value), none=not stated.value, **more)
    return Inputs(text=typed_text(stated.value), **more)


def _row_of(field: Field, row: object) -> Row:
    if not isinstance(row, Mapping):
        return (typed_text(row), *("" for _ in field.columns[1:]))
    return tuple(typed_text(row[column.name]) if column.name in row else "" for column in field.columns)


def typed_text(value: object) -> str:
    """A value as somebody would type it."""
    if isinstance(value, str):
        return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value[:LONGEST_INPUT])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(value)[:LONGEST_INPUT] if abs(value) < 1e300 else shown(value)
    return "" if value is None else shown(value)


def posted_inputs(field: Field, data: QueryDict) -> Inputs:
    """What somebody sent for a field."""
    if field.type is ValueType.RECORDS:
        value: dict[str, Any] = {"rows": _posted_rows(field, data)}
    else:
        value = {"text": data.get(f"value.{field.key}", "")[:LONGEST_INPUT]}
    return Inputs(
        none=field.key in MAY_BE_EMPTY and f"none.{field.key}" in data,
        unit=data.get(f"unit.{field.key}", "").strip()[:40] if field.unit else "",
        at=data.get(f"at.{field.key}", "").strip()[:40] if field.update is Update.DYNAMIC else "",
        **value,
    )


def _posted_rows(field: Field, data: QueryDict) -> tuple[Row, ...]:
    rows = (
        tuple(
            data.get(f"row.{field.key}.{number}.{column.name}", "").strip()[:LONGEST_INPUT] for column in field.columns
        )
        for number in range(MOST_ROWS + BLANK_ROWS)
    )
    return tuple(row for row in rows if any(row))


def was_sent(field: Field, data: QueryDict) -> bool:
    """Whether the inputs of the field were in the form."""
    return f"sent.{field.key}" in data


def changed_values(fields: Iterable[Field], then: Content, data: QueryDict) -> dict[str, StatedInput]:
    """The fields that somebody changed, against what the passport stated when the form was shown."""
    found = {}
    for field in fields:
        if not was_sent(field, data):
            continue
        given, before = posted_inputs(field, data), inputs_of(field, then.values.get(field.key))
        if _plain(given, field) != _plain(before, field):
            found[field.key] = stated_input(field, given)
    return found


def stated_input(field: Field, given: Inputs) -> StatedInput:
    """What was sent, as the operation takes it; an empty list says "none" where that was ticked."""
    if field.type is ValueType.RECORDS:
        names = [column.name for column in field.columns]
        rows = [dict(zip(names, row, strict=True)) for row in given.rows]
        return StatedInput(value=rows if rows or given.none else None, unit=given.unit, at=given.at)
    if field.type is ValueType.TEXTS:
        texts = [line for line in given.text.splitlines() if line.strip()]
        return StatedInput(value=texts if texts or given.none else None, unit=given.unit, at=given.at)
    return StatedInput(value=given.text, unit=given.unit, at=given.at)


def _plain(given: Inputs, field: Field) -> tuple[object, ...]:
    """The inputs without what browsers change on the way, and without a unit or a day that belongs to nothing."""
    text = re.sub(r"\s+", " ", given.text).strip()
    none = given.none and not (text or given.rows)
    if not (text or given.rows or none):
        return ()
    rows = tuple(tuple(re.sub(r"\s+", " ", cell).strip() for cell in row) for row in given.rows)
    return text, rows, none, given.unit or field.unit, given.at if field.update is Update.DYNAMIC else ""
