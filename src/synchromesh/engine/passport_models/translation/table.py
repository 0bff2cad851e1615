"""The table of one data model: which path carries which field, and how.

Columns: `path` (with `[]` for lists, `*` for any last key), `target` (a field, `field.column` of its records, empty for
what is left out), `how` (a conversion, with its word after a colon), `day` (where the day of a value in use stands: a
key beside the value, or a whole path), `reason` (why the part is left out).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

RECORDS = "records"
LINE = "line"  # several values make one line of text
LIST = "list"  # several values make one list of words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table. Paths are compared without regard to case."""

    path: str
    field: str
    column: str
    how: str
    word: str
    day: str
    reason: str

    @property
    def root(self) -> str:
        """The name at the root of the document, below which the path leads."""
        return self.path.split("/")[1].removesuffix("[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of a table, by their use."""

    values: Mapping[str, tuple[Row, ...]]
    """Lines of single values by path."""
    records: tuple[Row, ...]
    """Lines that say where records lie."""
    columns: Mapping[str, tuple[Row, ...]]
    """Lines of the columns of records by field."""
    left_out: tuple[Row, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the model can carry."""
        return frozenset(row.field for row in self._carrying())

    def fields_below(self, roots: Collection[str]) -> frozenset[str]:
        """The fields that parts of a document with these names at its root can carry."""
        names = {root.casefold() for root in roots}
        return frozenset(row.field for row in self._carrying() if row.root in names)

    def _carrying(self) -> list[Row]:
        return [row for rows in self.values.values() for row in rows] + list(self.records)


def _row(line: Mapping[str, str]) -> Row:
    field, _, column = line["target"].partition(".")
    how, _, word = line["how"].partition(":")
    return Row(
        path=line["path"].casefold(),
        field=field,
        column=column,
        how=how,
        word=word,
        day=line["day"],
        reason=line["reason"],
    )


@cache
def table(name: str) -> Table:
    """The table in `<name>.csv` beside this file."""
    text = (files("synchromesh.engine.passport_models.translation") / f"{name}.csv").read_text(encoding="utf-8")
    rows = [_row(line) for line in csv.DictReader(text.splitlines())]
    values: dict[str, list[Row]] = {}
    columns: dict[str, list[Row]] = {}
    for row in rows:
        if row.column:
            columns.setdefault(row.field, []).append(row)
        elif row.field and row.how != RECORDS:
            values.setdefault(row.path, []).append(row)
    return Table(
        values=MappingProxyType({path: tuple(found) for path, found in values.items()}),
        records=tuple(row for row in rows if row.how == RECORDS),
        columns=MappingProxyType({field: tuple(found) for field, found in columns.items()}),
        left_out=tuple(row for row in rows if not row.field),
    )
