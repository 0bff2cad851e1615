"""How near two job roles are, and what somebody who meets one of them already has of the other.

Both numbers compare what two roles need in the published version. A skill has a weight (1 to 5) and a level (1 to 3) in
each role that needs it.

*Nearness* is the Sørensen-Dice coefficient (L. R. Dice, 1945, https://doi.org/10.2307/1932409) of the two lists of
skills, each skill counted by its weight, and a common skill by how much the two levels overlap:

    sum over common skills of (weight in A + weight in B) * lower level / higher level
    ----------------------------------------------------------------------------------
                 sum of all weights in A + sum of all weights in B

It lies between 0 (no skill in common) and 1 (the same skills at the same levels), and is the same in both directions.

*Coverage* asks only for what the second role needs: the share of its weight that the levels of the first role reach. It
is not the same in both directions: an expert has all of a beginner's role, and a beginner only a part of the expert's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.framework.models import JobRole, Requirement, Skill, VersionStatus
from synchromesh.framework.queries.concepts import list_requirements


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """At which level, and with which weight, one role needs a skill."""

    level: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRole:
    """A role near another one: how near, and the skills that both need, those with most weight first."""

    role: JobRole
    nearness: float
    shared: tuple[Skill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSkill:
    """One skill of two roles; None where a role does not need it."""

    skill: Skill
    first: Requirement | None
    second: Requirement | None

    @property
    def first_level(self) -> int:
        return self.first.level if self.first else 0

    @property
    def second_level(self) -> int:
        return self.second.level if self.second else 0

    @property
    def reached(self) -> int:
        """How far somebody who meets the first role gets in what the second one needs."""
        return min(self.first_level, self.second_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleComparison:
    """Two roles side by side; `coverage` is the share of the second role that the first one brings."""

    first: JobRole
    second: JobRole
    shared: tuple[ComparedSkill, ...]
    only_first: tuple[ComparedSkill, ...]
    only_second: tuple[ComparedSkill, ...]
    nearness: float
    coverage: float

    @property
    def needed(self) -> int:
        """How many skills the second role needs."""
        return len(self.shared) + len(self.only_second)

    @property
    def fully_met(self) -> int:
        """How many of them somebody who meets the first role has at the needed level."""
        return sum(row.first_level >= row.second_level for row in self.shared)

    @property
    def partly_met(self) -> int:
        """How many of them that person has at a lower level."""
        return len(self.shared) - self.fully_met


def nearness(first: Mapping[int, Demand], second: Mapping[int, Demand]) -> float:
    """Return how near two roles are, 0 to 1, by their demands per skill; 0 where neither needs anything."""
    total = sum(demand.weight for demands in (first, second) for demand in demands.values())
    # In one order for both directions, so that rounding cannot tell them apart.
    common = sum(
        (first[skill].weight + second[skill].weight)
        * min(first[skill].level, second[skill].level)
        / max(first[skill].level, second[skill].level)
        for skill in sorted(first.keys() & second.keys())
    )
    return common / total if total else 0.0


def coverage(first: Mapping[int, Demand], second: Mapping[int, Demand]) -> float:
    """Return the share, 0 to 1, of the second role's weight that the first one reaches; 1 if it needs nothing."""
    total = sum(demand.weight for demand in second.values())
    reached = sum(
        demand.weight * min(first[skill].level, demand.level) / demand.level
        for skill, demand in sorted(second.items())
        if skill in first
    )
    return reached / total if total else 1.0


def list_near_roles(role: JobRole, *, limit: int = 4) -> list[NearRole]:
    """Roles in force that share a skill with this one, the nearest first, then by slug. Four queries at most."""
    demands = _demands_of_roles_that_share_a_skill(role)
    own = demands.pop(role.pk, {})
    ranked = sorted(((nearness(own, other), pk) for pk, other in demands.items()), reverse=True)
    # Equal nearness is rare but decides by slug, so more than `limit` are read where the last place is shared.
    last = ranked[limit - 1][0] if len(ranked) >= limit else 0.0
    chosen = {pk: value for value, pk in ranked if value >= last}
    roles = sorted(JobRole.objects.filter(pk__in=chosen), key=lambda found: (-chosen[found.pk], found.slug))[:limit]
    common = {found.pk: own.keys() & demands[found.pk].keys() for found in roles}
    skills = {skill.pk: skill for skill in Skill.objects.filter(pk__in=set().union(*common.values()))}
    return [
        NearRole(
            role=found,
            nearness=chosen[found.pk],
            shared=tuple(sorted((skills[pk] for pk in common[found.pk]), key=lambda s: (-own[s.pk].weight, s.slug))),
        )
        for found in roles
    ]


def compare_roles(first: JobRole, second: JobRole) -> RoleComparison:
    """Put two roles side by side, skills in the order of their importance. Two queries."""
    a, b = ({row.skill_id: row for row in list_requirements(role)} for role in (first, second))
    rows = [
        ComparedSkill(skill=(a.get(pk) or b[pk]).skill, first=a.get(pk), second=b.get(pk))
        for pk in dict.fromkeys([*b, *a])
    ]
    demands = [{pk: Demand(level=row.level, weight=row.weight) for pk, row in rows.items()} for rows in (a, b)]
    return RoleComparison(
        first=first,
        second=second,
        shared=tuple(row for row in rows if row.first and row.second),
        only_first=tuple(row for row in rows if row.second is None),
        only_second=tuple(row for row in rows if row.first is None),
        nearness=nearness(*demands),
        coverage=coverage(*demands),
    )


def _demands_of_roles_that_share_a_skill(role: JobRole) -> dict[int, dict[int, Demand]]:
    """What the role itself, and each role in force that shares a skill with it, needs, by role row and skill row."""
    in_force = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, role__retired_at=None)
    # Read first: a subquery inside a subquery makes PostgreSQL loop over all pairs as long as it has no statistics.
    own_skills = list(in_force.filter(role=role).values_list("skill", flat=True))
    sharing = in_force.filter(skill__in=own_skills).values("role")
    found: dict[int, dict[int, Demand]] = {}
    for role_id, skill_id, level, weight in in_force.filter(role__in=sharing).values_list(
        "role_id", "skill_id", "level", "weight"
    ):
        found.setdefault(role_id, {})[skill_id] = Demand(level=level, weight=weight)
    return found
