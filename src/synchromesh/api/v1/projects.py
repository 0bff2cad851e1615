"""Projects of the alliance: who takes part, what is handed over and what came of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.alliance import Identity, one_of, who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName, organisation_name
from synchromesh.api.v1.shapes import (
    CountryCode,
    NutsCode,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    Texts,
    provenance_of,
    reference_to,
    uri_of,
)
from synchromesh.community.models import Project, ProjectResult, StatedValue
from synchromesh.community.queries.projects import (
    ProjectFilter,
    list_deliverables,
    list_projects,
    list_results,
    list_stated_values,
)

router = Router(tags=["alliance"])
_KINDS = ("role", "course", "practice", "event")


class ProjectRow(BaseModel):
    """A project in a list. `begins` and `ends` are as exact as the source: 2018, 2018-01 or 2018-01-15."""

    uid: UUID
    slug: str
    uri: Annotated[str, Field(description="its stable address on this site, /id/project/{uid}")]
    name: str
    full_name: str | None
    programme: str | None
    begins: str | None
    ends: str | None
    coordinator: OrganisationName | None
    partners_named: Annotated[int, Field(ge=0, description="how many partners are named here")]
    url: str | None
    provenance: Provenance


class Partner(BaseModel):
    """An organisation that takes part."""

    organisation: OrganisationName
    task: str | None


class Package(BaseModel):
    """A part of the work."""

    number: int
    title: str
    lead: OrganisationName | None


class Delivered(BaseModel):
    """Something that the project hands over; the page of the project has the file, where there is one."""

    code: str | None
    title: str
    work_package: int | None
    due_on: date | None
    done_on: date | None
    url: str | None
    file_name: str | None
    provenance: Provenance


class Stated(BaseModel):
    """A number that one source states; sources disagree, and none is dropped."""

    fact: Literal["partners", "countries", "budget", "members"]
    value: Annotated[str, Field(description="as the source writes it, such as 'over 100'; budgets in euro")]
    said_of: Annotated[str | None, Field(description="the time it is said of: 2023 or 2023-11")]
    provenance: Provenance


class Result(BaseModel):
    """A role, course, practice or event that came of the project."""

    kind: Literal["role", "course", "practice", "event"]
    record: Reference
    provenance: Provenance


class ProjectRecord(ProjectRow):
    """A project with its parts."""

    subjects: Texts
    partners: list[Partner]
    work_packages: list[Package]
    deliverables: Annotated[list[Delivered], Field(description="by code, D2.9 before D2.10")]
    stated: list[Stated]
    results: list[Result]


class ProjectPortion(Portion[ProjectRow]):
    """Projects by slug."""


class ProjectParameters(PortionParameters):
    """Which projects."""

    state: Annotated[
        Literal["running", "ended"] | None, Field(description="by their end; one without a known end is neither")
    ] = None
    country: Annotated[CountryCode | None, Field(description="with a partner there; ISO 3166-1, two letters")] = None
    region: Annotated[NutsCode | None, Field(description="with a partner there; NUTS code")] = None


@offer(
    router,
    "/projects",
    answer=ProjectPortion,
    name="listProjects",
    summary="Projects",
    description="Projects of the alliance, by slug. Filters add up.",
    examples=[Example("Projects that are over", state="ended")],
)
def list_of_projects(
    request: HttpRequest, response: HttpResponse, asked: Annotated[ProjectParameters, Query()]
) -> ProjectPortion:
    """Projects; see the description above."""
    wanted = ProjectFilter(state=asked.state or "", country=asked.country or "", region=asked.region or "")
    rows, cursor = read_portion(list_projects(wanted), scope="projects", cursor=asked.cursor, limit=asked.limit)
    return ProjectPortion(items=[ProjectRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/projects/{id}",
    answer=ProjectRecord,
    name="getProject",
    summary="One project",
    description="A project with partners, work packages, what it hands over and what came of it.",
    examples=[Example("A project by its slug", path={"id": "albatts"})],
)
def read_project(request: HttpRequest, id: Identity) -> ProjectRecord:  # noqa: A002
    """One project. Raises NotFound."""
    parts = ("partners__organisation", "work_packages__lead", "deliverables__work_package")
    project = one_of(list_projects().prefetch_related(*parts), id, what="project")
    return ProjectRecord(
        **_row(project),
        subjects=project.subjects,
        partners=[
            Partner(organisation=organisation_name(row.organisation), task=row.task or None)
            for row in project.partners.all()
        ],
        work_packages=[
            Package(number=row.number, title=row.title, lead=who(row.lead)) for row in project.work_packages.all()
        ],
        deliverables=[_delivered(row) for row in list_deliverables(project)],
        stated=[_stated(row) for row in list_stated_values(project)],
        results=[_result(row) for row in list_results(project, visible_to=VISITOR)],
    )


def _row(project: Project) -> dict[str, Any]:
    return {
        "uid": project.uid,
        "slug": project.slug,
        "uri": uri_of("project", project.uid),
        "name": project.name,
        "full_name": project.full_name or None,
        "programme": project.programme or None,
        "begins": project.begins or None,
        "ends": project.ends or None,
        "coordinator": who(project.coordinator),
        "partners_named": project.partner_count,  # type: ignore[attr-defined]
        "url": project.url or None,
        "provenance": provenance_of(project),
    }


def _delivered(row: Any) -> Delivered:
    return Delivered(
        code=row.code or None,
        title=row.title,
        work_package=row.work_package.number if row.work_package else None,
        due_on=row.due_on,
        done_on=row.done_on,
        url=row.url or None,
        file_name=row.name or None,
        provenance=provenance_of(row),
    )


def _stated(row: StatedValue) -> Stated:
    return Stated(
        fact=row.fact,  # type: ignore[arg-type]  # the column holds one of these values
        value=row.value,
        said_of=row.said_of or None,
        provenance=provenance_of(row),
    )


def _result(row: ProjectResult) -> Result:
    kind = next(kind for kind in _KINDS if getattr(row, f"{kind}_id") is not None)
    return Result(
        kind=kind,  # type: ignore[arg-type]
        record=reference_to(kind, getattr(row, kind)),
        provenance=provenance_of(row),
    )
