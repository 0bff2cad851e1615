"""The framework as three tables: skills.csv, roles.csv, requirements.csv, any of them, as CSV or XLSX.

A file is known by its name or else by its headings. Translated columns end in a two-letter language (`title_de`,
`anchor_1_fr`, `tasks_bg`). Lists stand in one cell, separated by semicolons. A row with a problem is left out and
reported; the others load. Our own format, described in docs/how-to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.frameworks._csv_columns import (
    REQUIREMENTS,
    ROLES,
    SKILLS,
    missing_columns,
    table_of,
    unknown_columns,
)
from synchromesh.engine.exchange.frameworks._csv_rows import requirement_record, role_record, skill_record
from synchromesh.engine.exchange.frameworks._csv_writing import write
from synchromesh.engine.exchange.frameworks._document import (
    FrameworkDocument,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
)
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.model import Table
from synchromesh.engine.tables.reading import read_table

__all__ = ["TITLE", "accepts", "read", "write"]

TITLE = "framework tables in CSV or XLSX (skills.csv, roles.csv, requirements.csv; any of them)"

Record = TypeVar("Record", SkillRecord, RoleRecord, RequirementRecord)
_Identity: TypeAlias = tuple[str, str, tuple[str, ...]]
_Build: TypeAlias = Callable[[CellReader, tuple[str, ...]], Record]


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether at least one file is one of the three tables."""
    return any(table_of(name, data) is not None for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the tables among `files`; others are reported as problems.

    Raises InvalidInput when a table as a whole is no use, for instance because a needed column is missing.
    """
    collected = _Collected()
    for name, data in sorted(files.items()):
        kind = table_of(name, data)
        if kind is None:
            message = "This file is none of skills, roles and requirements, so it was not read."
            collected.problems.append(Problem(position=name, field="", message=message))
            continue
        collected.read(kind, name, _checked_table(kind, name, data, collected.problems))
    return FrameworkDocument(
        skills=tuple(collected.skills),
        roles=tuple(collected.roles),
        requirements=tuple(collected.requirements),
        problems=tuple(collected.problems),
    )


def _checked_table(kind: str, name: str, data: bytes, problems: list[Problem]) -> Table:
    """Return the table with its problems moved to `problems`, positions starting with the file's name."""
    table = read_table(data, name=name)
    missing = missing_columns(kind, table.columns)
    if missing:
        raise InvalidInput(
            f"{name} lacks {_named(missing)}. It has {_named(table.columns)}. Add what is missing.", field=missing[0]
        )
    for problem in table.problems:
        place = name if problem.position == "file" else f"{name} {problem.position}"
        problems.append(Problem(position=place, field=problem.field, message=problem.message))
    for column in unknown_columns(kind, table.columns):
        problems.append(Problem(position=name, field=column, message="This column is not known and was not read."))
    return table


@dataclass(slots=True, kw_only=True)
class _Collected:
    """What has been read so far, across files, and where each identity was first seen."""

    skills: list[SkillRecord] = field(default_factory=list)
    roles: list[RoleRecord] = field(default_factory=list)
    requirements: list[RequirementRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[_Identity, str] = field(default_factory=dict)

    def read(self, kind: str, name: str, table: Table) -> None:
        """Read the rows of one table."""
        if kind == SKILLS:
            self._rows(name, table, skill_record, self.skills)
        elif kind == ROLES:
            self._rows(name, table, role_record, self.roles)
        elif kind == REQUIREMENTS:
            self._rows(name, table, lambda cells, _: requirement_record(cells), self.requirements)

    def _rows(self, name: str, table: Table, build: _Build[Record], found: list[Record]) -> None:
        for row in table.rows:
            cells = CellReader(row, position=f"{name} row {row.position}")
            record = build(cells, table.columns)
            if not cells.problems:
                self._refuse_doubled(cells, record)
            if cells.problems:
                self.problems.extend(cells.problems)
            else:
                found.append(record)

    def _refuse_doubled(self, cells: CellReader, record: Record) -> None:
        identities = _identities(record)
        for identity in identities:
            if identity in self.seen:
                _, column, values = identity
                cells.report(column, f"'{' '.join(values)[:80]}' stands already in {self.seen[identity]}.")
        if not cells.problems:
            self.seen.update(dict.fromkeys(identities, cells.position))


def _identities(record: SkillRecord | RoleRecord | RequirementRecord) -> list[_Identity]:
    """Return what must be unique: kind of record, column to blame, values."""
    if isinstance(record, RequirementRecord):
        return [(REQUIREMENTS, "skill", (record.role, record.skill))]
    kind = SKILLS if isinstance(record, SkillRecord) else ROLES
    return [(kind, "id", (record.external_id,)), (kind, "slug", (record.slug,))]


def _named(columns: Iterable[str]) -> str:
    names = list(columns)
    shown = ", ".join(f"'{name[:40]}'" for name in names[:12])
    return f"the columns {shown}" + (" and others" if len(names) > 12 else "")
