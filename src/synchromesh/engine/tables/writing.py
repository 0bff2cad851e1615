"""Rows into bytes of CSV or XLSX that a person can open without danger and that `reading` reads back unchanged."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, TypeAlias

import xlsxwriter

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.formulas import guard, guard_apostrophe
from synchromesh.engine.tables.limits import LAST_ROW

Value: TypeAlias = str | int | float | Decimal | datetime.date | None
Values: TypeAlias = Sequence[Value] | Mapping[str, Value]

# Every separator that `reading` considers is quoted, so that it can never take another one for ours.
_NEEDS_QUOTES = re.compile(r'[,;\t|"\r\n]|^\s|\s$')
_XLSX_CELL_CHARACTERS = (
    32_767  # Excel's limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
)
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ALWAYS = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # so that the same rows give the same bytes


def write_csv(columns: Sequence[str], rows: Iterable[Values], *, byte_order_mark: bool = False) -> bytes:
    """Return CSV after RFC 4180 in UTF-8: commas, CRLF, a heading row.

    A row is a sequence as long as `columns` or a mapping by column (a missing one gives an empty cell). Text that a
    spreadsheet might run as a formula gets an apostrophe in front, unless it is a number. `byte_order_mark` helps old
    spreadsheet programs to see that it is UTF-8. Raises ValueError for a sequence of another length.
    """
    target = io.BytesIO()
    write_csv_rows(target, columns, rows, byte_order_mark=byte_order_mark)
    return target.getvalue()


def write_csv_rows(
    file: BinaryIO, columns: Sequence[str], rows: Iterable[Values], *, byte_order_mark: bool = False
) -> None:
    """Write CSV as `write_csv` does, one row after the other."""
    file.write((_csv_line(columns)).encode("utf-8-sig" if byte_order_mark else "utf-8"))
    for row in rows:
        file.write(_csv_line(_in_order(columns, row)).encode())


def cell_text(value: Value) -> str:
    """Return what a cell of CSV holds before it is guarded: numbers plain, dates as ISO, nothing for None."""
    return value if isinstance(value, str) else _plain(value)


def write_xlsx(columns: Sequence[str], rows: Iterable[Values], *, title: str) -> bytes:
    """Return a workbook of one sheet with a fixed heading row; `title` names the sheet, shortened as Excel demands.

    Numbers stay numbers, but those that fifteen digits cannot hold, as spreadsheets keep them, become text. Dates
    are written as ISO text, and text is never a formula or a link. Raises InvalidInput when a cell or the number of
    rows is over what Excel can hold, ValueError for a sequence of another length.
    """
    target = io.BytesIO()
    with new_workbook(target, title=title) as workbook:
        add_sheet(workbook, columns, rows, title=title)
    return target.getvalue()


def new_workbook(target: io.BytesIO, *, title: str) -> Any:
    """Return a workbook of xlsxwriter that is written to `target` when its block is left, with the same bytes always.

    Leaving the block closes the workbook, also on an error: its rows wait in a temporary file.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"title": title, "created": _ALWAYS})
    return workbook


def add_sheet(workbook: Any, columns: Sequence[str], rows: Iterable[Values], *, title: str) -> None:
    """Add a sheet with a fixed heading row to a new workbook; raises as `write_xlsx` does."""
    sheet = workbook.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), 22)
    bold = workbook.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, guard_apostrophe(column), bold)
    for number, row in enumerate(rows, start=1):
        if number >= LAST_ROW:
            raise InvalidInput(f"A workbook holds at most {LAST_ROW - 1:,} rows. Take CSV instead.")
        for place, value in enumerate(_in_order(columns, row)):
            _write_cell(sheet, number, place, value, columns[place])


def _in_order(columns: Sequence[str], row: Values) -> list[Value]:
    if isinstance(row, Mapping):
        return [row.get(column) for column in columns]
    if len(row) != len(columns):
        raise ValueError(f"a row has {len(row)} cells for {len(columns)} columns")
    return list(row)


def _csv_line(values: Iterable[Value]) -> str:
    return ",".join(_csv_cell(value) for value in values) + "\r\n"


def _csv_cell(value: Value) -> str:
    text = guard(value) if isinstance(value, str) else _plain(value)
    if _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _write_cell(sheet: Any, row: int, place: int, value: Value, column: str) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool) and float(f"{value:.15g}") == value:
        sheet.write_number(row, place, value)
        return
    text = guard_apostrophe(value) if isinstance(value, str) else _plain(value)
    if len(text) > _XLSX_CELL_CHARACTERS:
        raise InvalidInput(
            f"Row {row + 1} has a cell of {len(text):,} characters in '{column}'; "
            f"a workbook holds at most {_XLSX_CELL_CHARACTERS:,}. Take CSV instead.",
            field=column,
        )
    if text:
        sheet.write_string(row, place, text)


def _sheet_name(title: str) -> str:
    """Return a name that Excel accepts: at most 31 characters, none of []:*?/\\ and no apostrophe at the ends."""
    name = _NO_SHEET_NAME.sub(" ", title).strip()[:31].strip("' ")
    return name if name and name.lower() != "history" else "Table"
