"""Workbooks of several tables: every visible sheet with content is one, and tables back into one workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.limits import DEFAULT, Limits
from synchromesh.engine.tables.model import Table
from synchromesh.engine.tables.reading import table_from_records
from synchromesh.engine.tables.workbook_records import filled_sheets, open_workbook, sheet_records
from synchromesh.engine.tables.writing import Values, add_sheet, new_workbook

_ZIP = b"PK\x03\x04"


def sheet_titles(data: bytes, *, name: str, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """Return the titles of all sheets in their order, () for anything but XLSX; raises InvalidInput for a damaged one.

    Empty and hidden sheets count, since a person who looks at the file counts them too.
    """
    if not data.startswith(_ZIP):
        return ()
    with open_workbook(io.BytesIO(data), name=name, limits=limits) as workbook:
        return tuple(sheet.title for sheet in workbook.worksheets)


def read_workbook(data: bytes, *, name: str, limits: Limits = DEFAULT) -> dict[str, Table]:
    """Return the tables of an XLSX file by the titles of their sheets; `name` is only for the messages.

    Raises InvalidInput, naming the sheet, as `read_table` does. The limit of rows and cells holds for all together.
    """
    tables: dict[str, Table] = {}
    rows = cells = 0
    with open_workbook(io.BytesIO(data), name=name, limits=limits) as workbook:
        for sheet in filled_sheets(workbook, name=name):
            problems: list[Problem] = []
            table = table_from_records(
                sheet_records(sheet, name=name), name=f"{name} sheet {sheet.title}", limits=limits, problems=problems
            )
            rows, cells = rows + len(table.rows), cells + len(table.rows) * len(table.columns)
            if rows > limits.rows or cells > limits.cells:
                raise InvalidInput(
                    f"{name} has more than {limits.rows:,} rows or {limits.cells:,} cells in all. Split the file."
                )
            tables[sheet.title] = table
    return tables


def write_workbook(tables: Mapping[str, tuple[Sequence[str], Iterable[Values]]]) -> bytes:
    """Return a workbook with a sheet for each (columns, rows), by title, that `read_workbook` reads back unchanged.

    Raises InvalidInput and ValueError as `write_xlsx` does.
    """
    target = io.BytesIO()
    with new_workbook(target, title=next(iter(tables), "")) as workbook:
        for title, (columns, rows) in tables.items():
            add_sheet(workbook, columns, rows, title=title)
    return target.getvalue()
