"""Job roles and what they need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    Eqf,
    EscoMatch,
    Identity,
    Level,
    LinkProvenance,
    Lists,
    Name,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    Texts,
    eqf_of,
    esco_matches,
    link_provenance_of,
    provenance_of,
    reference_to,
    uri_of,
)
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import JobRole, Requirement, UnitEntry, VersionStatus
from synchromesh.framework.queries.concepts import (
    find_published_version,
    get_role,
    list_requirements,
    list_unit_entries,
    roles_in_force,
)
from synchromesh.framework.queries.versions import get_version

router = Router(tags=["framework"])


class RoleRow(Reference):
    """A job role in a list."""

    family: Reference | None
    fields: Annotated[list[str], Field(description="slugs of the alliance's fields it belongs to")]
    eqf: Eqf | None
    skills_needed: Annotated[int, Field(ge=0, description="how many skills it needs in the version in force")]
    provenance: Provenance


class RequirementRow(BaseModel):
    """A skill that the role needs, and at which level."""

    skill: Reference
    level: Level
    essential: bool
    weight: Annotated[int, Field(ge=1, le=5, description="5 is the most important")]
    provenance: LinkProvenance


class CardLine(BaseModel):
    """One line of the skill card: a unit holds elements, an element holds performance criteria."""

    code: str
    depth: Literal["unit", "element", "criterion"]
    titles: Texts
    skill: Annotated[str | None, Field(description="slug of the skill it belongs to")]
    provenance: LinkProvenance


class Role(RoleRow):
    """A job role with everything that one version of the framework says of it."""

    summaries: Texts
    tasks: Lists
    area: str | None
    version: Annotated[int, Field(description="number of the version that the requirements are from")]
    requirements: Annotated[list[RequirementRow], Field(description="essential ones first, then by weight")]
    skill_card: Annotated[list[CardLine], Field(description="of the version in force; empty for an earlier one")]
    esco: list[EscoMatch]


class RolePortion(Portion[RoleRow]):
    """Job roles by slug."""


class RoleParameters(PortionParameters):
    """Which roles."""

    field: Annotated[Name, Field(description="slug of a field")] = ""
    family: Annotated[Name, Field(description="slug of a family of job roles")] = ""
    skill: Annotated[Name, Field(description="slug of a skill that the role needs")] = ""


class VersionParameters(BaseModel):
    """Which version of the framework."""

    version: Annotated[
        int | None,
        Field(ge=1, le=1_000_000, description="number of a published or retired version; else that in force"),
    ] = None


@offer(
    router,
    "/roles",
    answer=RolePortion,
    name="listRoles",
    summary="Job roles",
    description="Job roles of the framework in force, by slug. Filters add up; what nothing has gives an empty list.",
    examples=[
        Example("The first two job roles", limit=2),
        Example("Job roles in the field battery that need a skill", field="battery", skill="isolate-hv"),
    ],
)
def list_roles(request: HttpRequest, response: HttpResponse, asked: Annotated[RoleParameters, Query()]) -> RolePortion:
    """Job roles; see the description above."""
    found = roles_in_force()
    if asked.field:
        found = found.filter(topics__slug=asked.field)
    if asked.family:
        found = found.filter(family__slug=asked.family)
    if asked.skill:
        needed = Requirement.objects.filter(skill__slug=asked.skill, version__status=VersionStatus.PUBLISHED)
        found = found.filter(pk__in=needed.values("role"))
    rows, cursor = read_portion(
        found.select_related("family").prefetch_related("topics"),
        scope="roles",
        cursor=asked.cursor,
        limit=asked.limit,
    )
    needs = _count_needs(rows)
    return RolePortion(
        items=[RoleRow(**_row(role, needs.get(role.pk, 0))) for role in rows],
        next=tell_next(request, response, cursor),
    )


@offer(
    router,
    "/roles/{id}",
    answer=Role,
    name="getRole",
    summary="One job role",
    description="A job role with the skills it needs, where each of these statements comes from, its skill card and "
    "its links to ESCO. Texts and names are those of today, also with an earlier version of the requirements.",
    examples=[Example("A job role by its slug", path={"id": "battery-technician"})],
)
def read_role(
    request: HttpRequest,
    id: Identity,  # noqa: A002
    asked: Annotated[VersionParameters, Query()],
) -> Role:
    """One role. Raises NotFound."""
    role = get_role(id)
    version = get_version(asked.version) if asked.version else find_published_version()
    requirements = list_requirements(role, version=version) if version else []
    if not requirements or version is None:
        raise NotFound(f"This version of the framework does not describe the job role '{id}'.", field="version")
    in_force = version.status == VersionStatus.PUBLISHED
    return Role(
        **_row(role, len(requirements)),
        summaries=role.summaries,
        tasks=role.tasks,
        area=role.area or None,
        version=version.number,
        requirements=[requirement_row(row) for row in requirements],
        skill_card=[_card_line(line) for line in list_unit_entries(role)] if in_force else [],
        esco=esco_matches(role.esco_links.all()),
    )


def requirement_row(row: Requirement) -> RequirementRow:
    """One requirement with its skill."""
    return RequirementRow(
        skill=reference_to("skill", row.skill),
        level=row.level,
        essential=row.essential,
        weight=row.weight,
        provenance=link_provenance_of(row),
    )


def _row(role: JobRole, needs: int) -> dict[str, Any]:
    family = role.family
    return {
        "uid": role.uid,
        "slug": role.slug,
        "uri": uri_of("role", role.uid),
        "titles": role.titles,
        "family": reference_to("family", family) if family else None,
        "fields": [topic.slug for topic in role.topics.all()],
        "eqf": eqf_of(role.eqf_min, role.eqf_max, role.eqf_source),
        "skills_needed": needs,
        "provenance": provenance_of(role),
    }


def _count_needs(roles: Sequence[JobRole]) -> dict[int, int]:
    """How many skills each role needs in the version in force."""
    needs = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, role__in=roles).order_by()
    return dict(needs.values_list("role").annotate(skills=Count("pk")))


def _card_line(line: UnitEntry) -> CardLine:
    return CardLine(
        code=line.code,
        depth=line.depth,  # type: ignore[arg-type]  # the column holds one of these values
        titles=line.titles,
        skill=line.skill.slug if line.skill else None,
        provenance=link_provenance_of(line),
    )
