"""The versions of the framework, and what changed from one to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from ninja import Path, Router
from pydantic import BaseModel, Field

from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import Level, Reference, reference_to
from synchromesh.framework.queries.versions import (
    Need,
    NeedChange,
    VersionEntry,
    compare_versions,
    find_previous_version,
    get_version,
)
from synchromesh.framework.queries.versions import list_versions as find_versions

router = Router(tags=["framework"])
Number = Annotated[int, Path(ge=1, le=1_000_000, description="number of a published or retired version")]


class VersionRecord(BaseModel):
    """A version of the framework and how much it holds."""

    uid: UUID
    number: int
    status: Annotated[Literal["published", "retired"], Field(description="published is the one in force")]
    note: str | None
    published_at: datetime | None
    roles: Annotated[int, Field(ge=0)]
    skills: Annotated[int, Field(ge=0)]
    requirements: Annotated[int, Field(ge=0)]
    level_descriptions: Annotated[int, Field(ge=0)]
    skill_card_lines: Annotated[int, Field(ge=0)]


class VersionList(BaseModel):
    """All versions, newest first. There are so few that they come at once."""

    items: list[VersionRecord]


class NeedWords(BaseModel):
    """What a requirement says."""

    level: Level
    essential: bool
    weight: Annotated[int, Field(ge=1, le=5)]


class RequirementChange(BaseModel):
    """A requirement that came, went or says something else."""

    role: Reference
    skill: Reference
    before: Annotated[NeedWords | None, Field(description="null where the requirement is new")]
    after: Annotated[NeedWords | None, Field(description="null where the requirement is gone")]


class Changes(BaseModel):
    """What differs between two versions."""

    older: Annotated[int | None, Field(description="number of the version before; null for the first one")]
    newer: int
    counts: Annotated[dict[str, int], Field(description="how many differences there are of each kind")]
    roles_added: list[Reference]
    roles_removed: list[Reference]
    skills_added: list[Reference]
    skills_removed: list[Reference]
    requirements: list[RequirementChange]


@offer(
    router,
    "/versions",
    answer=VersionList,
    name="listVersions",
    summary="Versions of the framework",
    description="The version in force and all before it, newest first. A version never changes once it is published.",
    examples=[Example("All versions")],
)
def list_versions(request: HttpRequest, response: HttpResponse) -> VersionList:
    """Versions; see the description above."""
    entries = find_versions()
    _tell_change(response, entries)
    return VersionList(items=[_record(entry) for entry in entries])


@offer(
    router,
    "/versions/{number}",
    answer=VersionRecord,
    name="getVersion",
    summary="One version",
    description="A version of the framework. What a job role needs in it: `GET /api/v1/roles/{id}?version={number}`.",
    examples=[Example("The first version", path={"number": "1"})],
)
def read_version(request: HttpRequest, response: HttpResponse, number: Number) -> VersionRecord:
    """One version. Raises NotFound."""
    get_version(number)
    entries = find_versions()
    _tell_change(response, entries)
    return next(_record(entry) for entry in entries if entry.version.number == number)


@offer(
    router,
    "/versions/{number}/changes",
    answer=Changes,
    name="getChanges",
    summary="What a version changed",
    description="What differs from the version before: job roles, skills and requirements one by one, the rest "
    "counted. Names are those of today.",
    examples=[Example("What the first version brought", path={"number": "1"})],
)
def read_changes(request: HttpRequest, number: Number) -> Changes:
    """The differences. Raises NotFound."""
    newer = get_version(number)
    found = compare_versions(find_previous_version(newer), newer)
    return Changes(
        older=found.older.number if found.older else None,
        newer=found.newer.number,
        counts=found.counts,
        roles_added=[reference_to("role", role) for role in found.roles_added],
        roles_removed=[reference_to("role", role) for role in found.roles_removed],
        skills_added=[reference_to("skill", skill) for skill in found.skills_added],
        skills_removed=[reference_to("skill", skill) for skill in found.skills_removed],
        requirements=[_change(change) for change in found.needs],
    )


def _tell_change(response: HttpResponse, entries: list[VersionEntry]) -> None:
    """The list changes only when a version is published; that retires the one before."""
    published = [entry.version.published_at for entry in entries if entry.version.published_at]
    if published:
        response["Last-Modified"] = http_date(max(published).timestamp())


def _record(entry: VersionEntry) -> VersionRecord:
    version = entry.version
    return VersionRecord(
        uid=version.uid,
        number=version.number,
        status=version.status,  # type: ignore[arg-type]  # others are not listed
        note=version.note or None,
        published_at=version.published_at,
        roles=entry.roles,
        skills=entry.skills,
        requirements=entry.requirements,
        level_descriptions=entry.anchors,
        skill_card_lines=entry.units,
    )


def _change(change: NeedChange) -> RequirementChange:
    return RequirementChange(
        role=reference_to("role", change.role),
        skill=reference_to("skill", change.skill),
        before=_need(change.before),
        after=_need(change.after),
    )


def _need(need: Need | None) -> NeedWords | None:
    return NeedWords(level=need.level, essential=need.essential, weight=need.weight) if need else None
