"""Names in a framework file that nobody has: reported by row, and the row stays out or loads without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.frameworks import (
    FrameworkDocument,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.framework.operations.matching_records import KnownFramework
from synchromesh.framework.queries.succession import list_retired_names


class References:
    """What the rows of one file may refer to: the file's own records and the stored ones."""

    def __init__(self, document: FrameworkDocument, known: KnownFramework) -> None:
        self._document, self._known = document, known
        self._roles = _names(document.roles)
        self._skills = _names(document.skills)
        self._families = {family.slug for family in document.families} | {f.external_id for f in document.families}

    def problems(self) -> list[Problem]:
        """Everything that cannot be found, in the order of the file."""
        concepts: list[SkillRecord | RoleRecord] = [*self._document.skills, *self._document.roles]
        links: list[RequirementRecord | UnitRecord] = [*self._document.requirements, *self._document.units]
        return [
            *(problem for record in concepts for problem in self._unknown_topics(record)),
            *(problem for record in self._document.roles for problem in self._unknown_family(record)),
            *(problem for record in links for problem in self.unknown_ends(record)),
        ]

    def unknown_ends(self, record: RequirementRecord | UnitRecord) -> Iterator[Problem]:
        """The role and the skill that a requirement or unit names but nobody has; such a row stays out."""
        if record.role not in self._roles and self._known.role(record.role) is None:
            message = f"There is no job role '{record.role}' here or in this file."
            yield Problem(position=record.position, field="role", message=message)
        if record.skill and record.skill not in self._skills and self._known.skill(record.skill) is None:
            message = f"There is no skill '{record.skill}' here or in this file."
            yield Problem(position=record.position, field="skill", message=message)

    def _unknown_topics(self, record: SkillRecord | RoleRecord) -> Iterator[Problem]:
        for slug in record.topics:
            if slug not in self._known.topics:
                fields = ", ".join(sorted(self._known.topics))
                message = f"There is no field '{slug}'. Use one of: {fields}. The row loads without it."
                yield Problem(position=record.position, field="topics", message=message)

    def _unknown_family(self, record: RoleRecord) -> Iterator[Problem]:
        if record.family and record.family not in self._families and record.family not in self._known.families:
            message = f"There is no family '{record.family}' here or in this file. The row loads without it."
            yield Problem(position=record.position, field="family", message=message)


def without_retired(document: FrameworkDocument, *, source: str) -> FrameworkDocument:
    """The document without the rows about retired skills; they are added to its problems.

    Otherwise an older file would bring back what was split or merged.
    """
    retired = list_retired_names(source=source)
    problems = []

    def stays(record: SkillRecord | RequirementRecord | UnitRecord, *names: str) -> bool:
        for name in names:
            if name in retired:
                message = f"The skill '{name}' is retired. Use instead: {retired[name]}. The row stays out."
                problems.append(Problem(position=record.position, field="skill", message=message))
                return False
        return True

    return replace(
        document,
        skills=tuple(row for row in document.skills if stays(row, row.external_id, row.slug)),
        requirements=tuple(row for row in document.requirements if stays(row, row.skill)),
        units=tuple(row for row in document.units if stays(row, row.skill)),
        problems=(*document.problems, *problems),
    )


def _names(records: Iterable[SkillRecord | RoleRecord]) -> set[str]:
    return {name for record in records for name in (record.external_id, record.slug)}
