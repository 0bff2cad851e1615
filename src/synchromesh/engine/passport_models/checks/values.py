"""Does each value have the type, the unit and the bounds of its field?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from synchromesh.engine.passport_models.checks.single_values import Fault, read_value
from synchromesh.engine.passport_models.examination import Examination
from synchromesh.engine.passport_models.model import Column, Field, Update, ValueType, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.vocabulary.unit_signs import plain_unit

MOST_ROWS = 500
_ONCE = {
    "labels": ("subject",),
    "footprint_stages": ("stage",),
    "materials": ("cas", "component"),
    "hazardous_substances": ("cas", "component"),
    "recycled_content": ("material",),
    "dismantling_documents": ("kind", "document"),
    "spare_part_sources": ("supplier", "part_number"),
    "original_power_capability": ("state_of_charge",),
    "internal_resistance": ("component",),
}


def examine(examination: Examination) -> None:
    """Keep the values that can be used and report the others."""
    known = fields()
    for key, stated in examination.passport.values.items():
        field = known.get(key)
        if field is None:
            examination.report(key, "unknown_field", field=key)
        elif not _is_nothing(stated.value):
            _examine_field(examination, field, stated)


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _examine_field(examination: Examination, field: Field, stated: FieldValue) -> None:
    if stated.unit and stated.unit != field.unit and plain_unit(stated.unit) != plain_unit(field.unit):
        expected = field.unit or "none"
        examination.report(field.key, "wrong_unit", unit=stated.unit, expected=expected)
        return
    if field.type is ValueType.RECORDS:
        _examine_records(examination, field, stated.value)
    elif field.type is ValueType.TEXTS:
        _examine_texts(examination, field, stated.value)
    else:
        value, fault = read_value(field, stated.value)
        if fault is not None:
            _report(examination, field.key, fault)
        if fault is None or fault.usable:
            examination.keep(field.key, value)
    if field.update is Update.DYNAMIC and field.type is not ValueType.RECORDS:
        _examine_day(examination, field, stated)


def _report(examination: Examination, key: str, fault: Fault, *, row: int = 0, title: str = "") -> None:
    values = {**fault.values, "title": title} if title else fault.values
    examination.report(key, fault.rule, row, **values)


def _examine_texts(examination: Examination, field: Field, value: Any) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        examination.report(field.key, "wrong_type", value=value, expected="a list of words")
        return
    seen: set[str] = set()
    for place, entry in enumerate(value[:MOST_ROWS], start=1):
        if entry not in field.allowed:
            expected = ", ".join(field.allowed)
            examination.report(field.key, "not_allowed", place, value=entry, expected=expected)
        elif entry in seen:
            examination.report(field.key, "duplicate_row", place, value=entry)
        seen.add(entry)
    if field.key not in examination.doubted:
        examination.keep(field.key, tuple(value))


def _examine_records(examination: Examination, field: Field, value: Any) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        examination.report(field.key, "wrong_type", value=value, expected="a list of records")
        return
    if len(value) > MOST_ROWS:
        examination.report(field.key, "too_long", count=len(value), most=MOST_ROWS)
    once, seen, rows = _ONCE.get(field.key, ()), set(), []
    for place, row in enumerate(value[:MOST_ROWS], start=1):
        kept = _examine_row(examination, field, row, place)
        rows.append(kept)
        naming = tuple(kept.get(name) for name in once)
        if once and None not in naming:
            if naming in seen:
                examination.report(field.key, "duplicate_row", place, value=naming[0])
            seen.add(naming)
    if field.key not in examination.doubted:
        examination.keep(field.key, tuple(rows))


def _examine_row(examination: Examination, field: Field, row: Mapping[Any, Any], place: int) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for column in field.columns:
        given = row.get(column.name)
        if _is_nothing(given):
            if column.required:
                examination.report(field.key, "column_missing", place, column=column.title)
            continue
        if type(given) is float and _is_within(column, given):
            kept[column.name] = given
            continue
        value, fault = read_value(column, given)
        if fault is not None:
            _report(examination, field.key, fault, row=place, title=f"{field.title}, row {place}: {column.title}")
        if fault is None or fault.usable:
            kept[column.name] = value
    if len(row) > len(kept):
        names = {column.name for column in field.columns}
        for name in row:
            if name not in names:
                examination.report(field.key, "column_unknown", place, column=str(name))
    return kept


def _examine_day(examination: Examination, field: Field, stated: FieldValue) -> None:
    """A dynamic value needs its day; its history runs from old to new and holds values of the same kind."""
    last = _day(stated.at) if stated.at else None
    if not stated.at:
        examination.report(field.key, "no_day")
    elif last is None:
        examination.report(field.key, "bad_date", value=stated.at)
    elif last > examination.today:
        today = examination.today.isoformat()
        examination.report(field.key, "in_future", value=stated.at, today=today, title=f"The day of {field.title}")
    if stated.history:
        _examine_history(examination, field, stated, last)


def _examine_history(examination: Examination, field: Field, stated: FieldValue, last: date | None) -> None:
    days: list[date] = []
    for reading in stated.history:
        if not _is_believable(field, reading.value):
            examination.report(field.key, "bad_history", value=reading.value, expected="a believable value")
            return
        day = _day(reading.at)
        if day is None:
            examination.report(field.key, "bad_history", value=reading.at, expected="a day of the calendar")
            return
        days.append(day)
    _examine_order(examination, field.key, [*days, last] if last is not None else days)


def _is_within(asked: Field | Column, value: float) -> bool:
    """The short way for plain numbers, of which a passport holds hundreds; False sends it the long way."""
    if asked.type is not ValueType.NUMBER or asked.least is None or asked.most is None:
        return False
    return asked.least <= value <= asked.most


def _is_believable(field: Field, value: Any) -> bool:
    """Whether a reading could stand as the value."""
    if type(value) is float and _is_within(field, value):
        return True
    read, fault = read_value(field, value)
    return read is not None and (fault is None or fault.usable)


def _examine_order(examination: Examination, key: str, days: Sequence[date]) -> None:
    for before, after in pairwise(days):
        if after < before:
            examination.report(key, "history_order", later=before.isoformat(), earlier=after.isoformat())
            return


def _day(text: object) -> date | None:
    """A day of the calendar; an instant counts by its day."""
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None
