"""What a framework file says, whatever its format: skills, roles and their families, requirements, units of roles."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from synchromesh.engine.errors import Problem

Depth: TypeAlias = Literal["unit", "element", "criterion"]
DEPTHS: tuple[Depth, ...] = ("unit", "element", "criterion")


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoReference:
    """A link to ESCO with its SKOS match type: exact, close, broad, narrow or related."""

    uri: str
    match: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a statement comes from; `confidence` is 0 to 1, `quote` the words of the source or "" for no text seen."""

    source: str
    source_url: str
    source_on: datetime.date | None
    confidence: float
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRecord:
    """A skill; `kind` is skill, knowledge or competence.

    Texts are keyed by two-letter language, `anchors` by level (1 to 3) and then language. `position` is where it stands
    in the file, such as "skills.csv row 7".
    """

    position: str
    external_id: str
    slug: str
    kind: str
    topics: tuple[str, ...]
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    anchors: Mapping[int, Mapping[str, str]]
    esco: tuple[EscoReference, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRecord:
    """A family of job roles; texts are keyed by two-letter language."""

    position: str
    external_id: str
    slug: str
    titles: Mapping[str, str]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRecord:
    """A job role; texts are keyed by two-letter language. EQF is None where no source states one.

    `family` is the slug of a family or "".
    """

    position: str
    external_id: str
    slug: str
    topics: tuple[str, ...]
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    tasks: Mapping[str, tuple[str, ...]]
    area: str
    eqf_min: int | None
    eqf_max: int | None
    eqf_source: str
    esco: tuple[EscoReference, ...]
    provenance: Provenance
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementRecord:
    """A role needs a skill at a level (1 to 3); `weight` is 1 to 5. `role` and `skill` are external ids."""

    position: str
    role: str
    skill: str
    level: int
    essential: bool
    weight: int
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """A part of a role: a unit, one of its elements, or a performance criterion of an element.

    `role` and `skill` are external ids, `skill` "" where none is meant. The parent is found from the code:
    BATTECH.U1.E2.PC3 is a criterion of the element BATTECH.U1.E2, which belongs to the unit BATTECH.U1 of its role.
    """

    position: str
    role: str
    code: str
    depth: Depth
    titles: Mapping[str, str]
    skill: str
    provenance: Provenance

    @property
    def parent_code(self) -> str:
        """The code of the entry above: this one without its last part; "" for a unit."""
        return "" if self.depth == "unit" else self.code.rpartition(".")[0]


Record: TypeAlias = SkillRecord | FamilyRecord | RoleRecord | RequirementRecord | UnitRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDocument:
    """All that could be read, and the problems of what could not.

    A requirement or unit may name a role or skill that is not in the document, a role a family: it may be in the
    database. The parent of an element or criterion is always in the document.
    """

    skills: tuple[SkillRecord, ...] = ()
    roles: tuple[RoleRecord, ...] = ()
    requirements: tuple[RequirementRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    families: tuple[FamilyRecord, ...] = ()
    units: tuple[UnitRecord, ...] = ()
