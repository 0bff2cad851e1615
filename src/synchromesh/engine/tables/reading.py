"""Bytes of a table into columns, rows and problems, whatever program saved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.csv_records import csv_records
from synchromesh.engine.tables.formulas import unguard
from synchromesh.engine.tables.limits import DEFAULT, LAST_ROW, Limits
from synchromesh.engine.tables.model import Row, Table
from synchromesh.engine.tables.workbook_records import workbook_records

__all__ = ["DEFAULT", "Limits", "column_name", "read_columns", "read_table", "table_from_records"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = {
    b"%pdf-": "a PDF",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<table": "a web page",
    b"<?xml": "an XML file",
}
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060))


def read_table(data: bytes, *, name: str, limits: Limits = DEFAULT) -> Table:
    """Read CSV or XLSX, told apart by content; `name` is only for the messages.

    The first row that is not blank is the heading. Rows that cannot be read (too many cells, a cell too long, broken
    quotes) are left out and reported; blank rows are skipped. Raises InvalidInput, with the place and the remedy, when
    the file as a whole is no use: no table, unknown encoding, doubled headings, over `limits`.
    """
    problems: list[Problem] = []
    return table_from_records(_records(data, name, limits, problems), name=name, limits=limits, problems=problems)


def table_from_records(
    records: Iterator[tuple[int, list[str] | None]], *, name: str, limits: Limits, problems: list[Problem]
) -> Table:
    """Return the table whose records these are, (row number, cells) each; `problems` are those found on the way.

    None instead of cells stands for a record that is among the problems already. Raises InvalidInput as `read_table`.
    """
    heading = _heading(records, name, limits, problems)
    rows = _Rows(heading=heading, name=name, limits=limits, problems=problems)
    for position, cells in records:
        rows.add(position, cells)
    rows.report_columns_without_heading()
    return Table(columns=tuple(filter(None, heading)), rows=tuple(rows.found), problems=tuple(problems))


def read_columns(data: bytes, *, name: str, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """Return only the headings, to find out what kind of table it is; raises InvalidInput as `read_table` does."""
    problems: list[Problem] = []
    return tuple(filter(None, _heading(_records(data, name, limits, problems), name, limits, problems)))


def column_name(heading: str) -> str:
    """Return a heading as key: lower case, spaces and line breaks as one underscore, invisible characters gone."""
    return "_".join(heading.translate(_INVISIBLE).lower().split())


def _records(data: bytes, name: str, limits: Limits, problems: list[Problem]) -> Iterator[tuple[int, list[str] | None]]:
    if not data.strip():
        raise InvalidInput(f"{name} is empty.")
    if len(data) > limits.bytes:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {limits.bytes:,} are read. Split the file.")
    if data.startswith(_OLD_OFFICE):
        raise InvalidInput(f"{name} is an old Excel file (.xls) or has a password. Save it as XLSX without a password.")
    start = data.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().lower()
    for sign, kind in _NO_TABLES.items():
        if start.startswith(sign):
            raise InvalidInput(f"{name} is {kind}, not a table. Save the table as CSV in UTF-8 or as XLSX.")
    if data.startswith(_ZIP):
        return workbook_records(data, name=name, limits=limits, problems=problems)
    return csv_records(data, name=name, problems=problems)


def _heading(
    records: Iterator[tuple[int, list[str] | None]], name: str, limits: Limits, problems: list[Problem]
) -> list[str]:
    """Return the keys of the heading row, "" for a column without one."""
    for position, cells in records:
        if cells is None:
            raise InvalidInput(f"{name} row {position}, the heading, cannot be read. {problems[-1].message}")
        keys = [column_name(unguard(cell.strip())) for cell in cells]
        while keys and not keys[-1]:
            keys.pop()
        if not keys:
            continue
        if len(keys) > limits.columns:
            raise InvalidInput(f"{name} has {len(keys):,} columns; at most {limits.columns:,} are read.")
        _refuse_doubled(keys, name)
        return keys
    raise InvalidInput(f"{name} has no heading row.")


def _refuse_doubled(keys: list[str], name: str) -> None:
    """Raise InvalidInput when two columns have one heading, since nobody can say which one counts."""
    first: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key and key in first:
            raise InvalidInput(
                f"{name} has the heading '{key[:60]}' twice, in columns {_letters(first[key])} and {_letters(place)}. "
                "Rename or remove one.",
                field=key,
            )
        first[key] = place


def _letters(place: int) -> str:
    """Return the letters by which a spreadsheet calls the column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True, kw_only=True)
class _Rows:
    """Collects the rows below the heading and watches the limits."""

    heading: list[str]
    name: str
    limits: Limits
    problems: list[Problem]
    found: list[Row] = field(default_factory=list)
    rows_seen: int = 0
    cells_seen: int = 0
    without_heading: set[int] = field(default_factory=set)

    def add(self, position: int, cells: list[str] | None) -> None:
        """Take one record, or report why not; None stands for one that is reported already."""
        self._count_cells(position, cells or [])
        texts = [unguard(cell.strip()) for cell in cells or []]
        if cells is not None and not any(texts):
            return
        self._count_row()
        if cells is None:
            return
        problem = self._problem(position, texts)
        if problem is not None:
            self.problems.append(problem)
            return
        texts.extend([""] * (len(self.heading) - len(texts)))
        pairs = list(zip(self.heading, texts, strict=False))
        self.without_heading.update(place for place, (key, text) in enumerate(pairs) if text and not key)
        self.found.append(Row(position=position, cells={key: text for key, text in pairs if key}))

    def report_columns_without_heading(self) -> None:
        """Report each column that has content but no heading, once."""
        self.problems.extend(
            Problem(
                position=f"column {_letters(place)}",
                field="",
                message="This column has no heading, so its cells are not read.",
            )
            for place in sorted(self.without_heading)
        )

    def _count_row(self) -> None:
        self.rows_seen += 1
        if self.rows_seen > self.limits.rows:
            raise InvalidInput(f"{self.name} has more than {self.limits.rows:,} rows. Split the file.")

    def _count_cells(self, position: int, cells: list[str]) -> None:
        if position > LAST_ROW:
            raise InvalidInput(f"{self.name} has more than {LAST_ROW:,} rows, blank ones included.")
        # A short row still fills a cell of every column in memory.
        self.cells_seen += max(len(cells), len(self.heading) if any(cells) else 0)
        if self.cells_seen > self.limits.cells:
            raise InvalidInput(f"{self.name} has more than {self.limits.cells:,} cells. Split the file.")

    def _problem(self, position: int, texts: list[str]) -> Problem | None:
        width = len(self.heading)
        if any(texts[width:]):
            filled = max(place for place, text in enumerate(texts, start=1) if text)
            return Problem(
                position=f"row {position}",
                field="",
                message=f"The row has {filled} cells but the heading {width}. Quote cells that hold the separator.",
            )
        for place, text in enumerate(texts):
            if len(text) > self.limits.cell_characters or "\0" in text:
                return Problem(
                    position=f"row {position}",
                    field=self.heading[place],
                    message=f"The cell has {len(text):,} characters; at most {self.limits.cell_characters:,} are read.",
                )
        return None
