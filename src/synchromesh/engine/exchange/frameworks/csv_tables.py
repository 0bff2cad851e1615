"""The framework as tables: skills, roles, requirements, families and units, any of them, as CSV or one-sheet XLSX.

A file is known by its name or else by its headings. Translated columns end in a two-letter language (`title_de`,
`anchor_1_fr`, `tasks_bg`). Lists stand in one cell, separated by semicolons. A row with a problem is left out and
reported; the others load. A workbook of several sheets is another format. Our own format, described in docs/how-to.
"""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.exchange.frameworks._collecting import Collected
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._table_columns import is_framework_workbook, table_of
from synchromesh.engine.exchange.frameworks._table_reading import read_rows
from synchromesh.engine.exchange.frameworks._table_writing import written_tables
from synchromesh.engine.tables.reading import read_table
from synchromesh.engine.tables.writing import write_csv

TITLE = (
    "framework tables in CSV or XLSX (skills.csv, roles.csv, requirements.csv, families.csv, units.csv; any of them)"
)


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether at least one file is one of the tables."""
    return any(_table_of(name, data) is not None for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the tables among `files`; others are reported as problems.

    Raises InvalidInput when a table as a whole is no use, for instance because a needed column is missing.
    """
    collected = Collected()
    for name, data in sorted(files.items()):
        kind = _table_of(name, data)
        if kind is None:
            collected.report(name, "This file is none of the framework tables, so it was not read.")
        else:
            read_rows(kind, name, read_table(data, name=name), collected)
    return collected.document()


def write(document: FrameworkDocument) -> dict[str, bytes]:
    """Return one CSV file a table; positions and problems are not written."""
    tables = written_tables(document)
    return {f"{kind}.csv": write_csv(table.columns, table.rows) for kind, table in tables.items()}


def _table_of(name: str, data: bytes) -> str | None:
    return None if is_framework_workbook(name, data) else table_of(name, data)
