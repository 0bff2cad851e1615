"""Tables of a framework into records, whichever file or sheet they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected
from synchromesh.engine.exchange.frameworks._document import Record
from synchromesh.engine.exchange.frameworks._table_columns import (
    FAMILIES,
    REQUIREMENTS,
    ROLES,
    SKILLS,
    UNITS,
    missing_columns,
    unknown_columns,
)
from synchromesh.engine.exchange.frameworks._table_rows import (
    family_record,
    requirement_record,
    role_record,
    skill_record,
    unit_record,
)
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.model import Table

_Build: TypeAlias = Callable[[CellReader, tuple[str, ...]], Record]
_BUILDS: Mapping[str, _Build] = {
    SKILLS: skill_record,
    ROLES: role_record,
    REQUIREMENTS: lambda cells, _: requirement_record(cells),
    FAMILIES: family_record,
    UNITS: unit_record,
}


def read_rows(kind: str, place: str, table: Table, collected: Collected) -> None:
    """Read the rows of the table `kind`; `place` names its file or sheet in positions.

    Raises InvalidInput when a needed column is missing.
    """
    missing = missing_columns(kind, table.columns)
    if missing:
        raise InvalidInput(
            f"{place} lacks {_named(missing)}. It has {_named(table.columns)}. Add what is missing.", field=missing[0]
        )
    for problem in table.problems:
        position = place if problem.position == "file" else f"{place} {problem.position}"
        collected.report(position, problem.message, name=problem.field)
    for column in unknown_columns(kind, table.columns):
        collected.report(place, "This column is not known and was not read.", name=column)
    build = _BUILDS[kind]
    for row in table.rows:
        cells = CellReader(row, position=f"{place} row {row.position}")
        record = build(cells, table.columns)
        if cells.problems:
            collected.problems.extend(cells.problems)
        else:
            collected.add(record)


def _named(columns: Iterable[str]) -> str:
    names = list(columns)
    shown = ", ".join(f"'{name[:40]}'" for name in names[:12])
    return f"the columns {shown}" + (" and others" if len(names) > 12 else "")
