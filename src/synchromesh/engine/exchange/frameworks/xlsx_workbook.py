"""The framework as one workbook: a sheet each for skills, roles, requirements, families and units.

The sheets have the columns of the CSV tables and are known by their titles or else by their headings. A row with a
problem is left out and reported with its sheet and row number; the others load. Our own format.
"""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected, read_files
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._table_columns import is_framework_workbook, sheet_table, table_by_columns
from synchromesh.engine.exchange.frameworks._table_reading import read_rows
from synchromesh.engine.exchange.frameworks._table_writing import written_tables
from synchromesh.engine.tables.workbooks import read_workbook, sheet_titles, write_workbook

TITLE = "framework workbook (one XLSX file with a sheet for each table)"


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is a workbook of several sheets of which at least one has the name of a table.

    A damaged workbook is taken too, so that its damage is named.
    """
    return any(_is_ours(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the workbook; sheets that are none of the tables, and other files, are reported.

    Raises InvalidInput when the workbook is damaged, over the limits, or lacks a needed column.
    """
    return read_files(files, is_ours=_is_ours, read=_read_workbook)


def write(document: FrameworkDocument) -> dict[str, bytes]:
    """Return framework.xlsx; raises InvalidInput for a text that is too long for a cell of a workbook."""
    tables = written_tables(document)
    return {"framework.xlsx": write_workbook({kind: (table.columns, table.rows) for kind, table in tables.items()})}


def _is_ours(name: str, data: bytes) -> bool:
    if is_framework_workbook(name, data):
        return True
    try:
        sheet_titles(data, name=name)
    except InvalidInput:
        return b"xl/worksheets/" in data
    return False


def _read_workbook(name: str, data: bytes, collected: Collected) -> None:
    for title, table in read_workbook(data, name=name).items():
        place = f"{name} sheet {title}"
        kind = sheet_table(title) or table_by_columns(table.columns)
        if kind is None:
            collected.report(place, "This sheet is none of the framework tables, so it was not read.")
        else:
            read_rows(kind, place, table, collected)
