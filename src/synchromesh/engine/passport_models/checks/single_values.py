"""One value and what is wrong with it, by its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from synchromesh.engine.passport_models import cas_numbers
from synchromesh.engine.passport_models.model import Column, Field, ValueType
from synchromesh.engine.vocabulary.iso_codes import THREE_LETTER_COUNTRIES

LONGEST_TEXT = 2000
_EARLIEST_YEAR = 1900
_FINITE = 1e300
_PLACEHOLDERS = frozenset({"-", "--", "?", "n/a", "na", "none", "null", "tbd", "tbc", "todo", "unknown", "xxx", "..."})
_LONGEST_PLACEHOLDER = max(map(len, _PLACEHOLDERS))
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S{1,500}|did:[a-z0-9]+:\S{1,500}", re.ASCII | re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,20}(?:[/?#][!-~]*)?", re.ASCII)
_NUMBER_TEXT = re.compile(r"\s*[-+]?[0-9]+(?:[.,][0-9]+)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A rule that a value breaks, with what its sentences say. A `usable` value can still be compared with others."""

    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)
    usable: bool = False


Read = tuple[Any, Fault | None]


def read_value(asked: Field | Column, value: Any) -> Read:
    """The value as the checks use it, and what is wrong with it, if anything."""
    read, fault = _READERS[asked.type](asked, value)
    if fault is None:
        return read, None
    return read, Fault(rule=fault.rule, values={"title": asked.title, **fault.values}, usable=fault.usable)


def _number(asked: Field | Column, value: Any) -> Read:
    if type(value) is not float and type(value) is not int:
        if isinstance(value, str) and _NUMBER_TEXT.fullmatch(value):
            return None, Fault(rule="number_as_text", values={"value": value})
        return None, _wrong(value, "a number")
    if not -_FINITE < value < _FINITE:
        return None, _wrong(value, "a number that can be")
    if asked.type is ValueType.INTEGER and value != int(value):
        return None, _wrong(value, "a whole number")
    if (asked.least is not None and value < asked.least) or (asked.most is not None and value > asked.most):
        bounds = {"least": asked.least, "most": asked.most, "unit": asked.unit}
        return None, Fault(rule="out_of_bounds", values={"value": value, **bounds})
    return float(value), None


def _wrong(value: Any, expected: str) -> Fault:
    return Fault(rule="wrong_type", values={"value": value, "expected": expected})


def _text(asked: Field | Column, value: Any) -> Read:
    if not isinstance(value, str):
        return None, _wrong(value, "a text")
    if len(value) > LONGEST_TEXT:
        return None, Fault(rule="too_long", values={"count": len(value), "most": LONGEST_TEXT})
    bare = value.strip()
    if len(bare) <= _LONGEST_PLACEHOLDER and bare.casefold() in _PLACEHOLDERS:
        return None, Fault(rule="placeholder", values={"value": value})
    if bare != value:
        return bare, Fault(rule="stray_blank", values={"value": value}, usable=True)
    return value, None


def _boolean(asked: Field | Column, value: Any) -> Read:
    return (value, None) if isinstance(value, bool) else (None, _wrong(value, "true or false"))


def _date(asked: Field | Column, value: Any) -> Read:
    if not isinstance(value, str):
        return None, _wrong(value, "a day such as 2027-02-18")
    try:
        day = date.fromisoformat(value) if len(value) == 10 and value[4] == "-" else None
    except ValueError:
        day = None
    if day is None or day.year < _EARLIEST_YEAR:
        return None, Fault(rule="bad_date", values={"value": value})
    return day, None


def _address(asked: Field | Column, value: Any) -> Read:
    text, fault = _text(asked, value)
    if fault is not None:
        return None, fault
    return (text, None) if _is_web_address(text) else (None, Fault(rule="bad_address", values={"value": value}))


def _is_web_address(text: str) -> bool:
    if _PLAIN_ADDRESS.fullmatch(text):
        return True
    if any(sign.isspace() for sign in text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".")


def _identifier(asked: Field | Column, value: Any) -> Read:
    text, fault = _text(asked, value)
    if fault is not None:
        return None, fault
    if _URN.fullmatch(text) or _is_web_address(text):
        return text, None
    return None, Fault(rule="bad_identifier", values={"value": value})


def _email(asked: Field | Column, value: Any) -> Read:
    text, fault = _text(asked, value)
    if fault is not None:
        return None, fault
    return (text, None) if _EMAIL.fullmatch(text) else (None, Fault(rule="bad_email", values={"value": value}))


def _country(asked: Field | Column, value: Any) -> Read:
    known = isinstance(value, str) and value in THREE_LETTER_COUNTRIES
    return (value, None) if known else (None, Fault(rule="bad_country", values={"value": value}))


def _cas(asked: Field | Column, value: Any) -> Read:
    if not isinstance(value, str):
        return None, _wrong(value, "a CAS number such as 7439-93-2")
    bare = value.strip()
    if not cas_numbers.is_formed(bare):
        return None, Fault(rule="cas_form", values={"value": value})
    expected = cas_numbers.check_digit(bare)
    if bare[-1] != expected:
        return None, Fault(rule="cas_check_digit", values={"value": bare, "given": bare[-1], "expected": expected})
    if bare != value:
        return bare, Fault(rule="cas_blank", values={"value": value, "expected": bare}, usable=True)
    return bare, None


def _choice(asked: Field | Column, value: Any) -> Read:
    if isinstance(value, str) and value in asked.allowed:
        return value, None
    expected = ", ".join(asked.allowed)
    return None, Fault(rule="not_allowed", values={"value": value, "expected": expected})


def _list(asked: Field | Column, value: Any) -> Read:
    return value, None


_READERS: Mapping[ValueType, Callable[[Field | Column, Any], Read]] = {
    ValueType.TEXT: _text,
    ValueType.NUMBER: _number,
    ValueType.INTEGER: _number,
    ValueType.BOOLEAN: _boolean,
    ValueType.DATE: _date,
    ValueType.ADDRESS: _address,
    ValueType.IDENTIFIER: _identifier,
    ValueType.EMAIL: _email,
    ValueType.COUNTRY: _country,
    ValueType.CAS: _cas,
    ValueType.CHOICE: _choice,
    ValueType.TEXTS: _list,
    ValueType.RECORDS: _list,
}
