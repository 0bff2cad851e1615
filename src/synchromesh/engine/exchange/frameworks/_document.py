"""What a framework file says, whatever its format: skills, roles, and what a role requires."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.errors import Problem


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
class RoleRecord:
    """A job role; texts are keyed by two-letter language. EQF is None where no source states one."""

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
class FrameworkDocument:
    """All that could be read, and the problems of what could not.

    A requirement may name a role or skill that is not in the document: it may be in the database.
    """

    skills: tuple[SkillRecord, ...] = ()
    roles: tuple[RoleRecord, ...] = ()
    requirements: tuple[RequirementRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
