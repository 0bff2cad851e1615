"""The rows of a worksheet as texts, read from its XML piece by piece.

openpyxl makes several objects of every cell, which costs most of the time of a long table; here expat calls one method
for each element that counts. What a value is and how it is written follows ECMA-376, part 1, 18.3.1 (sheet data) and
18.18.11 (types of cells).
"""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO, Protocol

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601

from synchromesh.engine.tables.workbook_xml import parse_parts

LAST_COLUMN = 16_384
# Characters that XML cannot hold, and an underscore that would otherwise start such an escape (ECMA-376, ST_Xstring).
_ESCAPE = re.compile(r"_x(00[01][0-9A-F]|005F|FFF[EF])_")


class Texts(Protocol):
    """The shared strings of a workbook."""

    def __getitem__(self, number: int) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a workbook says of its values: texts by number, styles that show a number as a date or as a span of time."""

    texts: Texts
    dates: Collection[int]
    spans: Collection[int]
    epoch: Any


def sheet_rows(part: BinaryIO, looks: Looks) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) of each row that the part states, as long as its last cell stands.

    Raises ValueError for a row or a column that no workbook can have, and whatever a damaged part trips over.
    """
    cells = _Cells(looks)
    for _ in parse_parts(part, start=cells.start, end=cells.end, text=cells.parts.append):
        while cells.rows:
            yield cells.rows.popleft()


@dataclass(slots=True)
class _Cells:
    """What the parser is in the middle of; `rows` are those that have ended."""

    looks: Looks
    rows: deque[tuple[int, list[str]]] = field(default_factory=deque)
    parts: list[str] = field(default_factory=list)
    number: int = 0
    row: list[str] | None = None
    column: int = 0
    kind: str | None = None
    style: str = "0"
    spoken: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> bool:
        """Begin an element; tell whether its text counts."""
        if self.row is None:
            if name == "row":
                self.number = _row_number(attributes["r"]) if "r" in attributes else self.number + 1
                self.row, self.column = [], 0
        elif name == "c":
            place = attributes.get("r")
            self.column = _column(place.rstrip("0123456789")) if place else self.column + 1
            self.kind, self.style = attributes.get("t"), attributes.get("s", "0")
            self.parts.clear()
        elif name == "v":
            return self.kind != "inlineStr"
        elif name == "t":
            return self.kind == "inlineStr" and not self.spoken
        elif name == "rPh":
            self.spoken = True
        return False

    def end(self, name: str) -> None:
        """End an element."""
        if self.row is None:
            return
        if name == "c":
            if self.parts:
                self._put(self._value("".join(self.parts)))
        elif name == "row":
            self.rows.append((self.number, self.row))
            self.row = None
        elif name == "rPh":
            self.spoken = False

    def _put(self, value: str) -> None:
        row = self.row
        if row is None or self.column > LAST_COLUMN:
            raise ValueError("There is no such column.")
        missing = self.column - len(row)
        if missing > 0:
            row.extend([""] * missing)
        row[self.column - 1] = value

    def _value(self, stored: str) -> str:
        """A cell as a person sees it: whole numbers without a point, dates as ISO, `true` and `false`."""
        kind = self.kind
        if kind == "s":
            return _plain(self.looks.texts[int(stored)])
        if kind in ("inlineStr", "str", "e"):
            return _plain(stored)
        if kind == "b":
            return "true" if int(stored) else "false"
        if kind == "d":
            return _moment(from_ISO8601(stored))  # type: ignore[no-untyped-call]
        if kind not in (None, "n"):
            return _plain(stored)
        if self.style != "0" and int(self.style) in self.looks.dates:
            return self._date(_number(stored))
        number = _number(stored)
        return str(number) if isinstance(number, int) else _fraction(number)

    def _date(self, number: float) -> str:
        is_span = int(self.style) in self.looks.spans
        try:
            return _moment(from_excel(number, self.looks.epoch, timedelta=is_span))  # type: ignore[no-untyped-call]
        except (OverflowError, ValueError):
            return "#VALUE!"  # what the spreadsheet shows


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _row_number(stated: str) -> int:
    return int(stated) if stated.isdecimal() else int(float(stated))


def _number(stored: str) -> float:
    return float(stored) if "." in stored or "E" in stored or "e" in stored else int(stored)


def _fraction(number: float) -> str:
    """Fifteen digits as spreadsheets show them."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def _moment(value: object) -> str:
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
