"""The gap between a person and a role, skill by skill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synchromesh.engine.planning.problem import Need
from synchromesh.framework.models import JobRole, Requirement, Skill
from synchromesh.framework.queries.concepts import list_requirements
from synchromesh.pathways.queries.levels import HeldLevel

SHOWN_IN_CHECK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One skill of the role: what the person has, what the job needs, and whether they answered at all."""

    requirement: Requirement
    have: int
    answered: bool
    is_proof: bool = False

    @property
    def skill(self) -> Skill:
        return self.requirement.skill

    @property
    def need(self) -> int:
        return self.requirement.level

    @property
    def met(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """All skills of a role for one person."""

    role: JobRole
    rows: tuple[GapRow, ...]

    @property
    def met(self) -> int:
        return sum(row.met for row in self.rows)

    @property
    def answered(self) -> int:
        return sum(row.answered for row in self.rows)

    @property
    def open_rows(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if not row.met)

    def needs(self) -> tuple[Need, ...]:
        """The gap as the planner takes it."""
        return tuple(Need(skill=row.skill.slug, have=row.have, need=row.need) for row in self.open_rows)


def find_gap(role: JobRole, *, answers: Mapping[str, int], held: Mapping[int, HeldLevel] | None = None) -> Gap:
    """Compare a role in the published version with answers (by skill uid) and held levels (by skill row).

    A skill that was not answered counts as level 0 and stays marked as not answered. Proof counts over an answer.
    """
    rows = []
    for requirement in list_requirements(role):
        own = (held or {}).get(requirement.skill_id)
        answer = answers.get(str(requirement.skill.uid))
        if own is not None and (own.is_proof or answer is None):
            row = GapRow(requirement=requirement, have=own.level, answered=True, is_proof=own.is_proof)
        else:
            row = GapRow(requirement=requirement, have=answer or 0, answered=answer is not None)
        rows.append(row)
    return Gap(role=role, rows=tuple(rows))


def asked_in_check(requirements: Sequence[Requirement]) -> list[Requirement]:
    """The requirements that the self-check asks about: at most twelve, the most important first as they come."""
    return list(requirements[:SHOWN_IN_CHECK])
