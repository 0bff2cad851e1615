"""Runs: when and where courses take place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import Keys, read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    CountryCode,
    Day,
    LanguageCode,
    Mode,
    Name,
    NutsCode,
    Portion,
    PortionParameters,
    Reference,
    RegionName,
    reference_to,
    region_name,
)
from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.engine.errors import NotFound

router = Router(tags=["courses"])
_KEYS: Keys = {"day": date.fromisoformat, "uid": UUID}


class RunRow(BaseModel):
    """One occurrence of a course."""

    uid: UUID
    starts_on: date | None
    ends_on: date | None
    dates_text: Annotated[str | None, Field(description="the dates in words, where the source has no others")]
    deadline_on: Annotated[date | None, Field(description="the last day to register")]
    can_be_joined: Annotated[bool, Field(description="neither over nor closed, and still named by its source")]
    country: Annotated[str | None, Field(description="ISO 3166-1, two letters")]
    region: RegionName | None
    place: str | None
    language: str | None
    mode: Mode | None
    seats: int | None
    url: str | None


class RunRecord(RunRow):
    """One occurrence, with its course."""

    course: Reference


class RunPortion(Portion[RunRecord]):
    """Runs, the earliest first, those without a date last."""


class RunParameters(PortionParameters):
    """Which runs."""

    course: Annotated[Name, Field(description="slug or uid of a course")] = ""
    provider: Annotated[Name, Field(description="slug of who offers the course")] = ""
    starts_from: Annotated[Day | None, Field(description="the earliest first day")] = None
    starts_until: Annotated[Day | None, Field(description="the latest first day")] = None
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1, two letters")] = None
    region: Annotated[NutsCode | None, Field(description="NUTS code; regions inside it count too")] = None
    language: Annotated[LanguageCode | None, Field(description="language it is taught in")] = None
    mode: Annotated[Mode | None, Field(description="where learning happens")] = None


@offer(
    router,
    "/runs",
    answer=RunPortion,
    name="listRuns",
    summary="Runs",
    description="When and where the published courses take place, the earliest first; runs without a date come last. "
    "Runs in the past are among them: ask with `starts_from` for those to come. A course without runs can be started "
    "at any time.",
    examples=[
        Example(
            "Runs in Germany that start in 2027", country="DE", starts_from="2027-01-01", starts_until="2027-12-31"
        ),
    ],
)
def list_runs(request: HttpRequest, response: HttpResponse, asked: Annotated[RunParameters, Query()]) -> RunPortion:
    """Runs; see the description above."""
    conditions = {
        "course__provider__slug": asked.provider,
        "starts_on__gte": asked.starts_from,
        "starts_on__lte": asked.starts_until,
        "country__code": asked.country,
        "region__code__startswith": asked.region,
        "language": asked.language,
        "mode": asked.mode,
    }
    found = _runs().filter(**{name: value for name, value in conditions.items() if value})
    if asked.course:
        found = found.filter(_of_course(asked.course))
    rows, cursor = read_portion(found, scope="runs", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    today = timezone.localdate()
    return RunPortion(items=[_record(run, today=today) for run in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/runs/{uid}",
    answer=RunRecord,
    name="getRun",
    summary="One run",
    description="One occurrence of a published course.",
    examples=[],
)
def read_run(request: HttpRequest, uid: Annotated[UUID, Path(description="its uid")]) -> RunRecord:
    """One run. Raises NotFound."""
    run = _runs().filter(uid=uid).first()
    if run is None:
        raise NotFound("There is no such run of a course.", field="run")
    return _record(run, today=timezone.localdate())


def run_row(run: Run, course: Course, *, today: date) -> dict[str, Any]:
    """The columns of a run of that course."""
    return {
        "uid": run.uid,
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
        "dates_text": run.dates_text or None,
        "deadline_on": run.deadline_on,
        "can_be_joined": course.missing_since is None and bool(upcoming_runs([run], today=today)),
        "country": run.country.code if run.country else None,
        "region": region_name(run.region),
        "place": run.place or None,
        "language": run.language or None,
        "mode": run.mode or None,
        "seats": run.seats,
        "url": run.url or None,
    }


def _of_course(text: str) -> Q:
    try:
        return Q(course__slug=text) | Q(course__uid=UUID(text))
    except ValueError:
        return Q(course__slug=text)


def _runs() -> QuerySet[Run]:
    found = Run.objects.exclude(course__published_at=None).select_related("course", "country", "region")
    found = found.defer("course__descriptions", "course__outcomes", "course__summaries")
    return found.annotate(day=Coalesce("starts_on", Value(date.max), output_field=DateField()))


def _record(run: Run, *, today: date) -> RunRecord:
    return RunRecord(**run_row(run, run.course, today=today), course=reference_to("course", run.course))
