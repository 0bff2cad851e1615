"""Records into a document: what stands twice, and entries of a role whose parent is missing, are reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.frameworks._document import (
    DEPTHS,
    FamilyRecord,
    FrameworkDocument,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)

_Identity: TypeAlias = tuple[type[Record], str, tuple[str, ...]]


@dataclass(slots=True, kw_only=True)
class Collected:
    """What has been read so far, across files, and where each identity was first seen."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _seen: dict[_Identity, str] = field(default_factory=dict)

    def report(self, position: str, message: str, *, name: str = "") -> None:
        """Add a problem; `name` is the column or key that it belongs to."""
        self.problems.append(Problem(position=position, field=name, message=message))

    def add(self, record: Record) -> None:
        """Take a record, unless one with the same identity is there: then report where the first stands."""
        identities = _identities(record)
        doubled = [identity for identity in identities if identity in self._seen]
        for identity in doubled:
            _, name, values = identity
            self.report(
                record.position, f"'{' '.join(values)[:80]}' stands already in {self._seen[identity]}.", name=name
            )
        if not doubled:
            self._seen.update(dict.fromkeys(identities, record.position))
            self.records.append(record)

    def document(self) -> FrameworkDocument:
        """Return everything as a document; entries of a role without a fitting parent are left out and reported."""
        units = self._with_parents([record for record in self.records if isinstance(record, UnitRecord)])
        return FrameworkDocument(
            skills=tuple(record for record in self.records if isinstance(record, SkillRecord)),
            roles=tuple(record for record in self.records if isinstance(record, RoleRecord)),
            requirements=tuple(record for record in self.records if isinstance(record, RequirementRecord)),
            families=tuple(record for record in self.records if isinstance(record, FamilyRecord)),
            units=tuple(units),
            problems=tuple(self.problems),
        )

    def _with_parents(self, units: list[UnitRecord]) -> list[UnitRecord]:
        """Return the entries that have a parent, in their order; from the top down, so that no orphan is a parent."""
        codes: dict[str, set[tuple[str, str]]] = defaultdict(set)
        orphans: set[tuple[str, str]] = set()
        for depth, above in zip(DEPTHS, ("", *DEPTHS), strict=False):
            for unit in units:
                if unit.depth != depth:
                    continue
                if not above or (unit.role, unit.parent_code) in codes[above]:
                    codes[depth].add((unit.role, unit.code))
                else:
                    orphans.add((unit.role, unit.code))
                    self.report(unit.position, _orphaned(unit, above), name="code")
        return [unit for unit in units if (unit.role, unit.code) not in orphans]


def take_all(collected: Collected, records: Iterable[Record | None]) -> None:
    """Add every record that could be read."""
    for record in records:
        if record is not None:
            collected.add(record)


def _orphaned(unit: UnitRecord, above: str) -> str:
    if not unit.parent_code:
        return f"The code '{unit.code[:80]}' of this {unit.depth} names no {above}. Put its code and a point in front."
    return (
        f"There is no {above} '{unit.parent_code[:80]}' of the role '{unit.role[:80]}' for this {unit.depth}. "
        f"Add the {above}, or correct the code."
    )


def _identities(record: Record) -> list[_Identity]:
    """Return what must be unique: kind of record, column to blame, values."""
    if isinstance(record, RequirementRecord):
        return [(RequirementRecord, "skill", (record.role, record.skill))]
    if isinstance(record, UnitRecord):
        return [(UnitRecord, "code", (record.role, record.code))]
    return [(type(record), "id", (record.external_id,)), (type(record), "slug", (record.slug,))]


Reader: TypeAlias = Callable[[str, bytes, Collected], None]


def read_files(files: Mapping[str, bytes], *, is_ours: Callable[[str, bytes], bool], read: Reader) -> FrameworkDocument:
    """Read the files of a format, in the order of their names, into one document; others are reported."""
    collected = Collected()
    for name, data in sorted(files.items()):
        if is_ours(name, data):
            read(name, data, collected)
        else:
            collected.report(name, "This file is not of the same format as the others, so it was not read.")
    return collected.document()
