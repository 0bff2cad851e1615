"""Files of tables into columns, rows and problems, whatever program saved them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.csv_records import csv_records
from synchromesh.engine.tables.formulas import unguard
from synchromesh.engine.tables.limits import DEFAULT, LAST_ROW, STREAMED, Limits
from synchromesh.engine.tables.model import OpenTable, Row, Table
from synchromesh.engine.tables.text_files import size_of
from synchromesh.engine.tables.workbook_records import workbook_records

__all__ = [
    "DEFAULT",
    "STREAMED",
    "Limits",
    "column_name",
    "heading_row",
    "is_workbook",
    "open_records",
    "open_table",
    "read_columns",
    "read_headings",
    "read_table",
    "table_from_records",
]

_START_OF_TEXT = 256 * 1024  # bytes; a heading that does not end in there is none

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


def open_table(file: BinaryIO, *, name: str, limits: Limits = STREAMED) -> OpenTable:
    """Open CSV or XLSX, a seekable file, told apart by content; `name` is only for the messages.

    The first row that is not blank is the heading. Rows that cannot be read (too many cells, a cell too long, broken
    quotes) come as problems; blank rows are skipped. Only one row of CSV is held at a time. Raises InvalidInput, with
    the place and the remedy, when the file as a whole is no use: no table, unknown encoding, doubled headings, and
    while iterating where it turns out to be over `limits`.
    """
    problems: list[Problem] = []
    records = open_records(file, name=name, limits=limits, problems=problems)
    headings = heading_row(records, name, limits, problems)
    keys = [column_name(heading) for heading in headings]
    return OpenTable(
        columns=tuple(filter(None, keys)),
        headings=tuple(heading for heading, key in zip(headings, keys, strict=True) if key),
        rows=_rows(records, _RowReader(heading=keys, name=name, limits=limits), problems),
    )


def open_records(
    file: BinaryIO, *, name: str, limits: Limits = STREAMED, problems: list[Problem]
) -> Iterator[tuple[int, list[str] | None]]:
    """Return the rows of a table as they stand in the file, (row number, cells) each, the heading and blank ones too.

    None instead of cells stands for a row that cannot be read; what is wrong with it is added to `problems`. Raises
    InvalidInput as `open_table`.
    """
    size = size_of(file)
    start = file.read(4096)
    file.seek(0)
    if size <= len(start) and not start.strip():
        raise InvalidInput(f"{name} is empty.")
    if size > limits.bytes:
        raise InvalidInput(f"{name} has {size:,} bytes; at most {limits.bytes:,} are read. Split the file.")
    if start.startswith(_OLD_OFFICE):
        raise InvalidInput(f"{name} is an old Excel file (.xls) or has a password. Save it as XLSX without a password.")
    text = start.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().lower()
    for sign, kind in _NO_TABLES.items():
        if text.startswith(sign):
            raise InvalidInput(f"{name} is {kind}, not a table. Save the table as CSV in UTF-8 or as XLSX.")
    if start.startswith(_ZIP):
        return workbook_records(file, name=name, limits=limits, problems=problems)
    return csv_records(file, name=name, problems=problems)


def is_workbook(file: BinaryIO) -> bool:
    """Tell whether a seekable file is packed as XLSX is; it stands at its start afterwards."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start.startswith(_ZIP)


def read_table(data: bytes, *, name: str, limits: Limits = DEFAULT) -> Table:
    """Read a table as `open_table` does, whole, for one that is known to be small."""
    table = open_table(io.BytesIO(data), name=name, limits=limits)
    return _collected(table.columns, table.rows)


def table_from_records(
    records: Iterator[tuple[int, list[str] | None]], *, name: str, limits: Limits, problems: list[Problem]
) -> Table:
    """Return the table whose records these are, (row number, cells) each; `problems` are those found on the way.

    None instead of cells stands for a record that is among the problems already. Raises InvalidInput as `read_table`.
    """
    keys = [column_name(heading) for heading in heading_row(records, name, limits, problems)]
    rows = _rows(records, _RowReader(heading=keys, name=name, limits=limits), problems)
    return _collected(tuple(filter(None, keys)), rows)


def read_headings(file: BinaryIO, *, name: str, limits: Limits = STREAMED) -> tuple[str, ...]:
    """Return only the headings as the file spells them, of text without looking at the rest of the file.

    Raises InvalidInput as `open_table` does for what it sees. The file stands at its start afterwards.
    """
    file.seek(0)
    start = file.read(_START_OF_TEXT)
    seen = file if start.startswith(_ZIP) else io.BytesIO(_whole_lines(start))
    problems: list[Problem] = []
    headings = heading_row(open_records(seen, name=name, limits=limits, problems=problems), name, limits, problems)
    file.seek(0)
    return tuple(heading for heading in headings if column_name(heading))


def read_columns(data: bytes, *, name: str) -> tuple[str, ...]:
    """Return only the keys of the headings, to find out what kind of table it is; raises as `read_headings` does."""
    return tuple(map(column_name, read_headings(io.BytesIO(data), name=name, limits=DEFAULT)))


def column_name(heading: str) -> str:
    """Return a heading as key: lower case, spaces and line breaks as one underscore, invisible characters gone."""
    return "_".join(heading.translate(_INVISIBLE).lower().split())


def _whole_lines(start: bytes) -> bytes:
    """Return the start of a text without the line that was cut, in whose middle a character might be cut too."""
    if len(start) < _START_OF_TEXT:
        return start
    end = start.rfind(b"\n") + 1 or start.rfind(b"\r") + 1 or len(start)
    # In UTF-16 a line ends with two bytes, one of them empty.
    return start[: end + 1 if start[end : end + 1] == b"\0" else end]


def heading_row(
    records: Iterator[tuple[int, list[str] | None]], name: str, limits: Limits, problems: list[Problem]
) -> list[str]:
    """Return the cells of the heading row, the first that is not blank, "" for a column without a heading.

    `records` stand below it afterwards. Raises InvalidInput as `open_table`.
    """
    for position, cells in records:
        if cells is None:
            raise InvalidInput(f"{name} row {position}, the heading, cannot be read. {problems[-1].message}")
        headings = [unguard(cell.strip()) for cell in cells]
        while headings and not column_name(headings[-1]):
            headings.pop()
        if not headings:
            continue
        if len(headings) > limits.columns:
            raise InvalidInput(f"{name} has {len(headings):,} columns; at most {limits.columns:,} are read.")
        _refuse_doubled([column_name(heading) for heading in headings], name)
        return headings
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


def _rows(
    records: Iterator[tuple[int, list[str] | None]], reader: _RowReader, problems: list[Problem]
) -> Iterator[Row | Problem]:
    """Yield rows and problems; what the records add to `problems` comes where it was found."""
    for position, cells in records:
        entry = reader.read(position, cells)
        if problems:
            yield from problems
            problems.clear()
        if entry is not None:
            yield entry
    yield from problems
    yield from reader.columns_without_heading()


def _collected(columns: tuple[str, ...], entries: Iterator[Row | Problem]) -> Table:
    rows: list[Row] = []
    problems: list[Problem] = []
    for entry in entries:
        if isinstance(entry, Row):
            rows.append(entry)
        else:
            problems.append(entry)
    return Table(columns=columns, rows=tuple(rows), problems=tuple(problems))


@dataclass(slots=True, kw_only=True)
class _RowReader:
    """Makes rows of the records below the heading and watches the limits."""

    heading: list[str]
    name: str
    limits: Limits
    rows_seen: int = 0
    cells_seen: int = 0
    without_heading: set[int] = field(default_factory=set)

    def read(self, position: int, cells: list[str] | None) -> Row | Problem | None:
        """Return a row or what is wrong with it; None for a blank one, and for None, which is reported already."""
        self._count_cells(position, cells or [])
        texts = [unguard(cell.strip()) for cell in cells or []]
        if cells is not None and not any(texts):
            return None
        self._count_row()
        if cells is None:
            return None
        problem = self._problem(position, texts)
        if problem is not None:
            return problem
        texts.extend([""] * (len(self.heading) - len(texts)))
        if "" in self.heading:
            self.without_heading.update(place for place, key in enumerate(self.heading) if not key and texts[place])
        found = dict(zip(self.heading, texts, strict=False))
        found.pop("", None)
        return Row(position=position, cells=found)

    def columns_without_heading(self) -> Iterator[Problem]:
        """Yield a problem for each column that has content but no heading."""
        for place in sorted(self.without_heading):
            yield Problem(
                position=f"column {_letters(place)}",
                field="",
                message="This column has no heading, so its cells are not read.",
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
