"""Check the cells of one row and collect every problem with its column, so that a person mends a row in one go."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.lists import split_list
from synchromesh.engine.tables.model import Row

Parsed = TypeVar("Parsed")

_WHOLE = re.compile(r"[+-]?(?:\d{1,12}|[1-9]\d{0,2}(?:[., '’]\d{3}){1,3})", re.ASCII)
_NO_FRACTION = re.compile(r"[.,]0{1,2}\Z")  # "90.0", as programs write whole numbers of columns with gaps
_DECIMAL = re.compile(r"[+-]?(?:\d{1,20}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_TIME = r"(?:[T ]\s?\d{1,2}:\d{2}\S*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_TIME}", re.ASCII)
_EITHER_FIRST = re.compile(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_MONTHS = 12
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f]")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class CellReader:
    """Reads the cells of one row by column; an unreadable cell gives the empty value and a problem.

    `position` is how the problems name the row. After reading, a caller keeps the row only if `problems` is empty.
    """

    def __init__(self, row: Row, *, position: str) -> None:
        self.position = position
        self.problems: list[Problem] = []
        self._cells = row.cells

    def report(self, column: str, message: str) -> None:
        """Add a problem of `column`; an empty column means the whole row."""
        self.problems.append(Problem(position=self.position, field=column, message=message))

    def text(self, column: str) -> str:
        """Return the cell, empty also when the table has no such column."""
        return self._cells.get(column, "")

    def required(self, column: str) -> str:
        """Return the cell and report it when it is empty."""
        text = self.text(column)
        if not text:
            self.report(column, "The cell is empty but needed.")
        return text

    def items(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell with several values."""
        return split_list(self.text(column))

    def one_of(self, column: str, words: Collection[str]) -> str:
        """Return one of `words`, whatever its case and with spaces for hyphens, or "" for an empty cell."""
        text = self.text(column)
        word = "-".join(text.lower().replace("_", " ").split())
        if not text or word in words:
            return word
        self.report(column, f"'{_shown(text)}' is not known here. Use {_enumerated(words)}.")
        return ""

    def whole_number(self, column: str, *, least: int, most: int) -> int | None:
        """Return a whole number between the bounds, None for an empty cell; thousands may stand in groups of three."""
        text = self.text(column)
        if not text:
            return None
        plain = _NO_FRACTION.sub("", text)
        number = int(re.sub(r"[., '’]", "", plain)) if _WHOLE.fullmatch(plain) else None
        if number is not None and least <= number <= most:
            return number
        self.report(column, f"'{_shown(text)}' is not a whole number from {least} to {most:,}.")
        return None

    def decimal(
        self, column: str, *, least: Decimal, most: Decimal, without: re.Pattern[str] | None = None
    ) -> Decimal | None:
        """Return a number between the bounds, written with a decimal point or comma; None for an empty cell.

        What `without` matches is left out before.
        """
        text = self.text(column)
        if not text:
            return None
        plain = (without.sub("", text) if without else text).replace(",", ".")
        number = Decimal(plain) if _DECIMAL.fullmatch(plain) else None
        if number is not None and least <= number <= most:
            return number
        self.report(column, f"'{_shown(text)}' is not a number from {least} to {most}.")
        return None

    def date(self, column: str) -> datetime.date | None:
        """Return a date, None for an empty cell; see `parse_date`."""
        text = self.text(column)
        if not text:
            return None
        date = parse_date(text)
        if date is None:
            self.report(column, f"'{_shown(text)}' is not a date. Write it as 2026-03-31 or 31.03.2026.")
        return date

    def web_address(self, column: str) -> str:
        """Return an http or https address, "" for an empty cell."""
        text = self.text(column)
        if text and not is_web_address(text):
            self.report(column, f"'{_shown(text)}' is not a web address. It starts with https:// or http://.")
            return ""
        return text

    def country(self, column: str) -> str:
        """Return a two-letter country code in capitals, "" for an empty cell."""
        text = self.text(column).upper()
        if text and not _COUNTRY.fullmatch(text):
            self.report(column, f"'{_shown(text)}' is not a country code. Use two letters such as DE.")
            return ""
        return text

    def parsed(self, column: str, parse: Callable[[str], Parsed]) -> Parsed | None:
        """Return what `parse` makes of the cell; what it refuses with InvalidInput becomes a problem."""
        try:
            return parse(self.text(column))
        except InvalidInput as error:
            self.report(column, error.message)
            return None


def is_web_address(text: str) -> bool:
    """Tell whether `text` is an absolute http or https address without spaces or control characters."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _NOT_IN_ADDRESS.search(text)


def parse_date(text: str) -> datetime.date | None:
    """Return a date written with the year first (2026-03-31) or the day first (31.03.2026), else None.

    With slashes or hyphens, day and month are told apart only where one of them is above twelve: 31/03/2026 is read,
    03/04/2026 is not. A time of day is dropped.
    """
    numbers = _date_parts(text)
    try:
        return datetime.date(*numbers) if numbers else None
    except ValueError:
        return None


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day, None where they cannot be told apart."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _EITHER_FIRST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first == second or first > _MONTHS >= second:
            return year, second, first
        if second > _MONTHS >= first:
            return year, first, second
    return None


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _enumerated(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
