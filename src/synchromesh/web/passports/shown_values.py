"""A passport as a page shows it: each field with its words and its value, or who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from synchromesh.engine.passport_models.examination import shown
from synchromesh.engine.passport_models.model import BatteryKind, Column, Field, ValueType
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.web.passports.passport_words import (
    DUTIES,
    SCOPES,
    UPDATES,
    choice_name,
    hidden_words,
    table_text,
    unit_words,
    who_sees,
)

LONGEST_TEXT = 2000
MOST_ROWS = 200
MOST_READINGS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field with its words. `value` is None where it is not given; `hidden` says whom it is for instead."""

    field: Field
    title: str
    help: str
    duty: str
    scope: str
    update: str
    who: str
    hidden: str = ""
    value: ShownValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownValue:
    """A value in words: a text, or a list of texts, or rows below `columns`. `link` is its web address, if any."""

    text: str = ""
    link: str = ""
    texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    unit: str = ""
    day: str = ""
    history: tuple[tuple[str, str], ...] = ()
    is_list: bool = False

    @property
    def cells(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with the title of its column beside each cell, for a phone that shows rows alone."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


def show_field(field: Field, kind: BatteryKind, stated: FieldValue | None) -> ShownField:
    """A field with its words and its value; only for whoever may see it."""
    return _with_words(field, kind, value=show_value(field, stated) if stated is not None else None)


def hide_field(field: Field, kind: BatteryKind) -> ShownField:
    """A field with its words and who may see it: named to everybody, whether it is given or not."""
    return _with_words(field, kind, hidden=hidden_words(field))


def _with_words(field: Field, kind: BatteryKind, *, hidden: str = "", value: ShownValue | None = None) -> ShownField:
    return ShownField(
        field=field,
        title=table_text(field.title),
        help=table_text(field.help),
        duty=duty_words(field, kind),
        scope=str(SCOPES[field.scope.value]),
        update=str(UPDATES[field.update.value]),
        who=who_sees(field),
        hidden=hidden,
        value=value,
    )


def duty_words(field: Field, kind: BatteryKind) -> str:
    """Whether this kind of battery must give a field."""
    return str(DUTIES[field.duties[kind].value])


def show_value(field: Field, stated: FieldValue) -> ShownValue:
    """What a passport states for a field, in words; any content can be shown."""
    value = stated.value
    more: dict[str, Any] = {
        "unit": unit_words(shown(stated.unit or field.unit, most=40)),
        "day": day_words(stated.at),
        "history": tuple(
            (day_words(reading.at), value_words(field.type, reading.value))
            for reading in reversed(stated.history[-MOST_READINGS:])
        ),
    }
    if field.type is ValueType.RECORDS and isinstance(value, list):
        columns = tuple(_column_title(column) for column in field.columns)
        rows = tuple(_cells(field.columns, row) for row in value[:MOST_ROWS])
        return ShownValue(columns=columns, rows=rows, is_list=True, **more)
    if field.type is ValueType.TEXTS and isinstance(value, list):
        texts = tuple(value_words(ValueType.CHOICE, one) for one in value[:MOST_ROWS])
        return ShownValue(texts=texts, is_list=True, **more)
    return ShownValue(text=value_words(field.type, value), link=safe_link(value), **more)


def show_other(stated: FieldValue) -> ShownValue:
    """The value of a field outside of the list, of which nothing is known."""
    return ShownValue(
        text=value_words(ValueType.TEXT, stated.value), unit=shown(stated.unit, most=40), day=day_words(stated.at)
    )


def _column_title(column: Column) -> str:
    title = table_text(column.title)
    return f"{title} ({column.unit})" if column.unit else title


def _cells(columns: tuple[Column, ...], row: object) -> tuple[str, ...]:
    if not isinstance(row, Mapping):
        return (shown(row), *("" for _ in columns[1:]))
    return tuple(value_words(column.type, row[column.name]) if column.name in row else "" for column in columns)


def value_words(kind: ValueType, value: Any) -> str:
    """A single value: numbers and days as the reader writes them, codes in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return number_words(value)
    if kind is ValueType.DATE:
        return day_words(value)
    if kind is ValueType.CHOICE and isinstance(value, str):
        return shown(choice_name(value), most=LONGEST_TEXT)
    return shown(value, most=LONGEST_TEXT) if value is not None else gettext("nothing")


def number_words(value: float) -> str:
    """A number as the reader writes it, with as many digits as it has; what is beyond all measure in words."""
    plain = shown(value)
    try:
        decimals = len(plain.partition(".")[2]) if "e" not in plain else 0
        return number_format(float(plain), decimal_pos=decimals, use_l10n=True) if "e" not in plain else plain
    except ValueError:
        return plain


def day_words(text: object) -> str:
    """A day as the reader writes it; anything else as it stands."""
    if not isinstance(text, str) or not text:
        return "" if text in (None, "") else shown(text)
    try:
        return str(date_format(date.fromisoformat(text), "DATE_FORMAT"))
    except ValueError:
        return shown(text)


def safe_link(value: object) -> str:
    """The value as an address that a page may link to: http or https with a host; empty otherwise."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not value.isprintable():
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.hostname else ""
