"""The rows of a table that an import left out, as a table of its own, to be mended and imported again.

In front of the original cells stand what is wrong and in which column; both columns are ignored when the sheet is read.
All rows of a course come together, also those without a problem: a course that is imported again has the runs that its
rows name, so a single row would take the others away.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.bundles import is_bundle
from synchromesh.engine.feeds.column_matching import ColumnChoice, choose_columns
from synchromesh.engine.feeds.readers import csv_template
from synchromesh.engine.feeds.readers._csv_courses import template_cells
from synchromesh.engine.feeds.readers._csv_rows import TableRules, course_id
from synchromesh.engine.feeds.records import ReadSettings
from synchromesh.engine.feeds.template_columns import IGNORED_COLUMNS
from synchromesh.engine.tables.formulas import unguard
from synchromesh.engine.tables.limits import STREAMED
from synchromesh.engine.tables.reading import column_name, heading_row, is_workbook, open_records
from synchromesh.engine.tables.writing import write_csv_rows, write_xlsx

__all__ = ["error_sheet_ending", "write_error_sheet"]

_ROW = re.compile(r"row (\d+)")
_PLAIN_COLUMNS = ("position", "field", "message")


def write_error_sheet(
    file: BinaryIO, problems: Sequence[Problem], out: BinaryIO, *, name: str, settings: ReadSettings | None = None
) -> None:
    """Write the rows with problems of the table `file`, with what is wrong, to `out`: CSV for CSV, XLSX for XLSX.

    `name` and `settings` are those with which it was read. For a file that is no table, and where no problem is one of
    a row, a plain CSV of position, field and message is written. Raises InvalidInput where the table turns out to be
    over the limits of reading.
    """
    by_row = _problems_by_row(problems)
    if not by_row or not _is_table(file, name):
        write_csv_rows(out, _PLAIN_COLUMNS, ([item.position, item.field, item.message] for item in problems))
        return
    sheet = _open_sheet(file, name, settings or ReadSettings())
    plan = _plan(sheet, by_row)
    columns = (*IGNORED_COLUMNS, *sheet.headings, *[""] * (plan.width - len(sheet.headings)))
    lines = _lines(sheet, plan, by_row)
    if is_workbook(file):
        out.write(write_xlsx(columns, lines, title="Rows to mend"))
    else:
        write_csv_rows(out, columns, lines)


def error_sheet_ending(file: BinaryIO, problems: Iterable[Problem], *, name: str) -> str:
    """Return the ending of the file name for what `write_error_sheet` writes: ".csv" or ".xlsx"."""
    return ".xlsx" if _problems_by_row(problems) and _is_table(file, name) and is_workbook(file) else ".csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The table that was read, without the columns of an earlier sheet of this kind.

    `places` are the columns that are kept. `choice` is None where no column holds titles.
    """

    file: BinaryIO
    name: str
    headings: tuple[str, ...]
    places: tuple[int, ...]
    keys: tuple[str, ...]
    choice: ColumnChoice | None
    rules: TableRules

    def rows(self) -> Iterator[tuple[int, list[str], int | None]]:
        """Yield the row number, the cells and a number for the course of each row below the heading."""
        records = open_records(self.file, name=self.name, problems=[])
        heading_row(records, self.name, STREAMED, [])
        for position, cells in records:
            texts = [unguard(cell.strip()) for cell in cells or []]
            while texts and not texts[-1]:
                texts.pop()
            yield position, self._kept(texts), self._course(texts)

    def _kept(self, texts: list[str]) -> list[str]:
        beyond = texts[len(self.keys) :]
        return [texts[place] if place < len(texts) else "" for place in self.places] + beyond

    def _course(self, texts: list[str]) -> int | None:
        if self.choice is None:
            return None
        filled = [*texts, *[""] * (len(self.keys) - len(texts))]
        cells = template_cells(dict(zip(self.keys, filled, strict=False)), self.choice)
        found = course_id(cells, rules=self.rules)
        return hash(found) if found else None


def _open_sheet(file: BinaryIO, name: str, settings: ReadSettings) -> _Sheet:
    problems: list[Problem] = []
    headings = heading_row(open_records(file, name=name, problems=problems), name, STREAMED, problems)
    keys = tuple(map(column_name, headings))
    choice: ColumnChoice | None = None
    with contextlib.suppress(InvalidInput):
        choice = choose_columns([heading for heading in headings if heading], columns=settings.columns, name=name)
    places = tuple(place for place, key in enumerate(keys) if key not in IGNORED_COLUMNS)
    return _Sheet(
        file=file,
        name=name,
        headings=tuple(headings[place] for place in places),
        places=places,
        keys=keys,
        choice=choice,
        rules=TableRules.of(choice, settings) if choice else TableRules(settings=settings, texts={}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which courses are `wanted`, which are `scattered` over the file, and how many cells the longest row has."""

    wanted: frozenset[int]
    scattered: frozenset[int]
    width: int


def _plan(sheet: _Sheet, by_row: Mapping[int, Sequence[Problem]]) -> _Plan:
    wanted: set[int] = set()
    scattered: set[int] = set()
    seen: set[int] = set()
    width, before = len(sheet.headings), None
    for position, cells, course in sheet.rows():
        width = max(width, len(cells))
        if course is None:
            continue
        if course != before and course in seen:
            scattered.add(course)
        if position in by_row:
            wanted.add(course)
        seen.add(course)
        before = course
    return _Plan(wanted=frozenset(wanted), scattered=frozenset(scattered), width=width)


def _lines(sheet: _Sheet, plan: _Plan, by_row: Mapping[int, Sequence[Problem]]) -> Iterator[list[str]]:
    """Yield the rows to mend in the order of the file, those of scattered courses at the end and together."""
    scattered: dict[int, list[list[str]]] = {}
    for position, cells, course in sheet.rows():
        if position not in by_row and course not in plan.wanted:
            continue
        line = [*_explained(by_row.get(position, ())), *cells, *[""] * (plan.width - len(cells))]
        if course in plan.scattered:
            scattered.setdefault(course, []).append(line)
        else:
            yield line
    for lines in scattered.values():
        yield from lines


def _problems_by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        match = _ROW.fullmatch(problem.position)
        if match:
            found.setdefault(int(match[1]), []).append(problem)
    return found


def _is_table(file: BinaryIO, name: str) -> bool:
    if is_bundle(file):
        return False
    try:
        return csv_template.accepts(file, name)
    finally:
        file.seek(0)


def _explained(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return the messages of a row and the columns that they are about."""
    fields = dict.fromkeys(problem.field for problem in problems if problem.field)
    return " ".join(problem.message for problem in problems), "; ".join(fields)
