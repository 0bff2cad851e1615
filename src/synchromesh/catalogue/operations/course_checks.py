"""What the catalogue accepts of a course and its runs, whoever states it: a feed's row or a person's form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.feeds.records import ACCESSIBILITY, CERTIFICATES, MODES
from synchromesh.engine.tables.cells import is_web_address
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.plumbing.column_limits import limit_refusals

Refusal: TypeAlias = tuple[str, str]
"""The column that is wrong, and why and how to mend it, in a sentence."""

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_TEXTS = ("titles", "summaries", "descriptions", "outcomes")
_EQF = range(1, 9)


def course_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    """Everything that is wrong with the columns of a course that are given."""
    yield from limit_refusals(Course, columns)
    yield from _text_refusals(columns)
    yield from _choice_refusals(columns, {"mode": MODES, "certificate": CERTIFICATES})
    yield from _language_refusals(columns)
    yield from _accessibility_refusals(columns)
    yield from _number_refusals(columns)
    yield from _address_refusals(columns, ("url", "source_url"))


def run_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    """Everything that is wrong with the columns of a run; country and region are not looked at."""
    yield from limit_refusals(Run, columns)
    yield from _unwritable(columns)
    yield from _choice_refusals(columns, {"mode": MODES})
    yield from _address_refusals(columns, ("url",))
    starts_on, ends_on = columns.get("starts_on"), columns.get("ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        yield "ends_on", f"The run ends on {ends_on}, before it starts on {starts_on}."
    language = columns.get("language")
    if language and language not in ISO_639_1:
        yield "language", _no_language(language)


def link_refusal(entry: int | None, level: int) -> str:
    """Why a course cannot lead from `entry` to `level`, in a sentence; "" where it can."""
    if not 1 <= level <= 3:
        return "A course leads to a level from 1 to 3."
    if entry is not None and not 0 <= entry < level:
        return "The entry level must lie below the level that the course leads to."
    return ""


def _text_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    yield from _unwritable(columns)
    if "titles" in columns and not any(str(title).strip() for title in columns["titles"].values()):
        yield "titles", "A course needs a title."
    for name in _TEXTS:
        for language in columns.get(name, ()):
            if language not in ISO_639_1:
                yield name, _no_language(language)


def _unwritable(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    """Signs that no database takes: a NUL, or half of a pair of code units."""
    if all(map(_is_writable, filter(None, columns.values()))):
        return
    yield from ((n, "The text has signs that cannot be stored.") for n, v in columns.items() if not _is_writable(v))


def _is_writable(value: Any) -> bool:
    if not value:
        return True
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or _is_encodable(value))
    if isinstance(value, dict):
        return all(map(_is_writable, value)) and all(map(_is_writable, value.values()))
    return not isinstance(value, list | tuple) or all(map(_is_writable, value))


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _choice_refusals(columns: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]) -> Iterator[Refusal]:
    for name, words in choices.items():
        value = columns.get(name)
        if value and value not in words:
            yield name, f"'{str(value)[:60]}' is none of: {', '.join(words)}."


def _language_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in ("languages", "subtitles"):
        for language in columns.get(name, ()):
            if language not in ISO_639_1:
                yield name, _no_language(language)


def _accessibility_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    for code in columns.get("accessibility", ()):
        if code not in ACCESSIBILITY:
            yield "accessibility", f"'{str(code)[:60]}' is none of: {', '.join(ACCESSIBILITY)}."


def _no_language(text: object) -> str:
    return f"'{str(text)[:60]}' is not a language. Use a two-letter code such as de."


def _number_refusals(columns: Mapping[str, Any]) -> Iterator[Refusal]:
    """Unknown is empty, never 0; only a price may be 0."""
    for name in ("minutes", "ects"):
        value = columns.get(name)
        if value is not None and value <= 0:
            yield name, "The number must be above 0. Leave it empty where it is not known."
    lowest, highest = columns.get("eqf_min"), columns.get("eqf_max")
    for name, value in (("eqf_min", lowest), ("eqf_max", highest)):
        if value is not None and value not in _EQF:
            yield name, "An EQF level is a number from 1 to 8."
    if lowest is not None and highest is not None and lowest > highest:
        yield "eqf_max", f"The highest EQF level ({highest}) is below the lowest ({lowest})."
    if columns.get("price_cents") is not None and not _CURRENCY.fullmatch(columns.get("currency") or ""):
        yield "currency", "A price needs its currency, three letters such as EUR."


def _address_refusals(columns: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Refusal]:
    for name in names:
        value = columns.get(name)
        if value and not is_web_address(value):
            yield name, f"'{str(value)[:60]}' is not a web address. It begins with https:// or http://."
