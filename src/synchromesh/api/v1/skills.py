"""Skills: what they mean at each level, who needs them, how they relate to ESCO."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    EscoMatch,
    Identity,
    Level,
    LinkProvenance,
    Name,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    Texts,
    esco_matches,
    link_provenance_of,
    provenance_of,
    reference_to,
    uri_of,
)
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Requirement, Skill, VersionStatus
from synchromesh.framework.queries.concepts import (
    get_skill,
    list_anchors,
    list_requirements_of_skill,
    skills_in_force,
)

router = Router(tags=["framework"])
Kind = Literal["skill", "knowledge", "competence"]


class SkillRow(Reference):
    """A skill in a list."""

    kind: Annotated[Kind, Field(description="something to do, something to know, or a key competence of any job")]
    fields: Annotated[list[str], Field(description="slugs of the alliance's fields it belongs to")]
    roles_needing: Annotated[int, Field(ge=0, description="how many job roles need it in the version in force")]
    provenance: Provenance


class LevelWords(BaseModel):
    """What a person at this level can be seen to do."""

    level: Level
    texts: Texts


class NeedingRole(BaseModel):
    """A job role that needs the skill."""

    role: Reference
    level: Level
    essential: bool
    weight: Annotated[int, Field(ge=1, le=5, description="5 is the most important")]
    provenance: LinkProvenance


class SkillRecord(SkillRow):
    """A skill with everything that the version in force says of it."""

    descriptions: Texts
    levels: list[LevelWords]
    roles: Annotated[list[NeedingRole], Field(description="highest level first")]
    esco: list[EscoMatch]
    retired_at: Annotated[datetime | None, Field(description="null where it is in force")]
    successors: Annotated[list[Reference], Field(description="what stands in its place since it was retired")]


class SkillPortion(Portion[SkillRow]):
    """Skills by slug."""


class SkillParameters(PortionParameters):
    """Which skills."""

    field: Annotated[Name, Field(description="slug of a field")] = ""
    role: Annotated[Name, Field(description="slug of a job role that needs the skill")] = ""
    kind: Annotated[Kind | None, Field(description="what the skill is")] = None


@offer(
    router,
    "/skills",
    answer=SkillPortion,
    name="listSkills",
    summary="Skills",
    description="Skills of the framework in force, by slug. Filters add up; what nothing has gives an empty list.",
    examples=[
        Example("The first two skills", limit=2),
        Example("What a job role needs to know", role="battery-technician", kind="knowledge"),
    ],
)
def list_skills(
    request: HttpRequest, response: HttpResponse, asked: Annotated[SkillParameters, Query()]
) -> SkillPortion:
    """Skills; see the description above."""
    found = skills_in_force()
    if asked.field:
        found = found.filter(topics__slug=asked.field)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.role:
        needed = Requirement.objects.filter(role__slug=asked.role, version__status=VersionStatus.PUBLISHED)
        found = found.filter(pk__in=needed.values("skill"))
    rows, cursor = read_portion(
        found.prefetch_related("topics"), scope="skills", cursor=asked.cursor, limit=asked.limit
    )
    roles = _count_roles(rows)
    return SkillPortion(
        items=[SkillRow(**_row(skill, roles.get(skill.pk, 0))) for skill in rows],
        next=tell_next(request, response, cursor),
    )


@offer(
    router,
    "/skills/{id}",
    answer=SkillRecord,
    name="getSkill",
    summary="One skill",
    description="A skill with what each level looks like, the job roles that need it and its links to ESCO. A retired "
    "skill keeps its address and names its successors.",
    examples=[Example("A skill by its slug", path={"id": "isolate-hv"})],
)
def read_skill(request: HttpRequest, id: Identity) -> SkillRecord:  # noqa: A002
    """One skill. Raises NotFound."""
    skill = get_skill(id)
    if skill.retired_at is None and not skills_in_force().filter(pk=skill.pk).exists():
        raise NotFound(f"There is no skill '{id}' in the framework that is in force.", field="skill")
    roles = list_requirements_of_skill(skill)
    anchors = list_anchors([skill])[skill.pk]
    return SkillRecord(
        **_row(skill, len(roles)),
        descriptions=skill.descriptions,
        levels=[LevelWords(level=level, texts=anchor.texts) for level, anchor in sorted(anchors.items())],
        roles=[_needing_role(row) for row in roles],
        esco=esco_matches(skill.esco_links.all()),
        retired_at=skill.retired_at,
        successors=[reference_to("skill", other) for other in skill.successors.all()],
    )


def _row(skill: Skill, roles: int) -> dict[str, Any]:
    return {
        "uid": skill.uid,
        "slug": skill.slug,
        "uri": uri_of("skill", skill.uid),
        "titles": skill.titles,
        "kind": skill.kind,
        "fields": [topic.slug for topic in skill.topics.all()],
        "roles_needing": roles,
        "provenance": provenance_of(skill),
    }


def _count_roles(skills: Sequence[Skill]) -> dict[int, int]:
    """How many job roles need each skill in the version in force."""
    needs = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, skill__in=skills).order_by()
    return dict(needs.values_list("skill").annotate(roles=Count("pk")))


def _needing_role(row: Requirement) -> NeedingRole:
    return NeedingRole(
        role=reference_to("role", row.role),
        level=row.level,
        essential=row.essential,
        weight=row.weight,
        provenance=link_provenance_of(row),
    )
