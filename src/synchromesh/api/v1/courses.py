"""Courses: the same filters as the list that people see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import read_window, tell_next
from synchromesh.api.v1.course_parameters import CourseParameters
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName, organisation_name
from synchromesh.api.v1.runs import RunRow, run_row
from synchromesh.api.v1.shapes import (
    Eqf,
    Identity,
    Level,
    LinkProvenance,
    Lists,
    Mode,
    Portion,
    Provenance,
    Reference,
    Texts,
    eqf_of,
    link_provenance_of,
    provenance_of,
    reference_to,
    uri_of,
)
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import can_be_taken, upcoming_runs
from synchromesh.catalogue.queries.course_filter import read_filter
from synchromesh.catalogue.queries.courses import find_winner, get_course, search_courses
from synchromesh.catalogue.queries.freshness import freshness_of
from synchromesh.catalogue.queries.links import has_broken_link
from synchromesh.engine.errors import NotFound

router = Router(tags=["courses"])


class Price(BaseModel):
    """An amount of money."""

    cents: Annotated[int, Field(ge=0, description="hundredths of the currency; 0 is free")]
    currency: Annotated[str, Field(description="ISO 4217")]


class TaughtSkill(BaseModel):
    """A skill that the course teaches, from a level to a level."""

    skill: Reference
    entry_level: Annotated[int, Field(ge=0, le=2, description="what one has to bring; 0 is nothing")]
    entry_level_assumed: Annotated[
        bool, Field(description="true where the source says nothing: one level less is taken")
    ]
    level: Level
    provenance: LinkProvenance


class CourseRow(Reference):
    """A course in a list. Only skills that a person has confirmed are named."""

    kind: Annotated[str, Field(description="what the source calls it, such as course or programme")]
    summaries: Texts
    provider: OrganisationName | None
    fields: Annotated[list[str], Field(description="slugs of the alliance's fields it belongs to")]
    skills: list[TaughtSkill]
    languages: Annotated[list[str], Field(description="languages it is taught in; empty where not known")]
    subtitles: list[str]
    mode: Mode | None
    minutes: Annotated[int | None, Field(description="time to learn")]
    workload_text: str | None
    price: Price | None
    price_text: str | None
    certificate: Annotated[
        Literal["none", "attendance", "certificate", "micro-credential", "qualification"] | None,
        Field(description="what one gets at the end"),
    ]
    eqf: Eqf | None
    eqf_text: str | None
    ects: Annotated[float | None, Field(description="credit points")]
    accessibility: Annotated[list[str], Field(description="what makes it usable for more people, where stated")]
    can_be_taken: bool
    next_start: Annotated[date | None, Field(description="first day of the next run that can be joined")]
    url: str | None
    link: Annotated[Literal["fine", "broken", "none"], Field(description="whether the address is known not to work")]
    confirmed_on: Annotated[date | None, Field(description="when somebody last said that everything is right")]
    freshness: Annotated[Literal["fresh", "ageing", "stale"], Field(description="what that day means today")]
    missing_since: Annotated[date | None, Field(description="the day on which its source stopped naming it")]
    licence: Annotated[str | None, Field(description="terms of the texts")]
    published_at: datetime
    provenance: Provenance


class CourseRecord(CourseRow):
    """A course with all its texts and runs. Skills that nobody has confirmed yet are named too (`confirmed_at`)."""

    descriptions: Texts
    outcomes: Lists
    keywords: Annotated[list[str], Field(description="the source's own words for the subject")]
    runs: list[RunRow]


class CoursePortion(Portion[CourseRow]):
    """Courses in the order that was asked for."""

    total: Annotated[int, Field(ge=0, description="how many courses match in all")]
    exact: Annotated[bool, Field(description="false where nothing has the words and similar ones were tried")]
    over: Annotated[int, Field(ge=0, description="how many more match and cannot be taken any more")]
    counts: Annotated[
        dict[str, dict[str, int]] | None,
        Field(description="for each filter how many courses each value would give; null unless `counts` is asked for"),
    ]


@offer(
    router,
    "/courses",
    answer=CoursePortion,
    name="listCourses",
    summary="Courses",
    description="Published courses that can still be taken. The parameters are those of the list of courses for "
    "people, so that a filter can be taken from its address.",
    examples=[
        Example("Free courses in English", price="free", language="en", limit=5),
        Example(
            "Courses on batteries, the next to start first, with counts", q="battery", order="soonest", counts="true"
        ),
        Example("Every course, also those that are over", over="true", limit=100),
    ],
)
def list_courses(
    request: HttpRequest, response: HttpResponse, asked: Annotated[CourseParameters, Query()]
) -> CoursePortion:
    """Courses; see the description above."""
    today = timezone.localdate()
    window = read_window(asked.cursor, "courses", limit=asked.limit)
    found = search_courses(
        read_filter(asked.as_address()),
        today=today,
        language=asked.q_language,
        limit=window.size,
        offset=window.offset,
    )
    courses, cursor = window.cut(found.courses, lambda course: str(course.uid), total=found.total)
    return CoursePortion(
        items=[CourseRow(**_row(course, today=today)) for course in courses],
        next=tell_next(request, response, cursor),
        total=found.total,
        exact=found.exact,
        over=found.over,
        counts={group: dict(values) for group, values in found.counts.items()} if asked.counts else None,
    )


@offer(
    router,
    "/courses/{id}",
    answer=CourseRecord,
    name="getCourse",
    summary="One course",
    description="A published course, with where each fact comes from. Where a course was found to be the same as "
    "another one, 308 leads to that one.",
    examples=[Example("A course by its slug", path={"id": "hochvoltsysteme-freischalten"})],
    moved=True,
)
def read_course(request: HttpRequest, id: Identity) -> Any:  # noqa: A002
    """One course. Raises NotFound."""
    named: dict[str, Any] = {"uid": _uid(id)} if _uid(id) else {"slug": id}
    slug = Course.objects.filter(**named).exclude(published_at=None).values_list("slug", flat=True).first()
    if slug is None:
        winner = find_winner(**named)
        if winner is None:
            raise NotFound(f"There is no course '{id}'. It may have been withdrawn.", field="course")
        return HttpResponsePermanentRedirect(f"/api/v1/courses/{winner.uid}", preserve_request=True)
    course = get_course(slug)
    today = timezone.localdate()
    return CourseRecord(
        **_row(course, today=today),
        descriptions=course.descriptions,
        outcomes=course.outcomes,
        keywords=course.keywords,
        runs=[RunRow(**run_row(run, course, today=today)) for run in sorted(course.runs.all(), key=_by_day)],
    )


def _by_day(run: Run) -> tuple[date, int]:
    """Runs without a date last, on every database."""
    return (run.starts_on or date.max, run.pk)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _row(course: Course, *, today: date) -> Mapping[str, Any]:
    starts = [run.starts_on for run in upcoming_runs(course.runs.all(), today=today) if run.starts_on]
    open_now = can_be_taken(course, today=today)
    return {
        "uid": course.uid,
        "slug": course.slug,
        "uri": uri_of("course", course.uid),
        "titles": course.titles,
        "kind": course.record_type,
        "summaries": course.summaries,
        "provider": organisation_name(course.provider) if course.provider else None,
        "fields": [topic.slug for topic in course.topics.all()],
        "skills": [_taught(link) for link in course.skill_links.all()],
        "languages": course.languages,
        "subtitles": course.subtitles,
        "accessibility": course.accessibility,
        "can_be_taken": open_now,
        "next_start": starts[0] if starts and open_now else None,
        "link": "broken" if has_broken_link(course) else "fine" if course.url else "none",
        "freshness": freshness_of(course.last_confirmed_on, today=today).value,
        "provenance": provenance_of(course),
        **_stated(course),
    }


def _stated(course: Course) -> Mapping[str, Any]:
    """What a source may leave open."""
    priced = course.price_cents is not None
    return {
        "mode": course.mode or None,
        "minutes": course.minutes,
        "workload_text": course.workload_text or None,
        "price": Price(cents=course.price_cents or 0, currency=course.currency) if priced else None,
        "price_text": course.price_text or None,
        "certificate": course.certificate or None,
        "eqf": eqf_of(course.eqf_min, course.eqf_max, ""),
        "eqf_text": course.eqf_text or None,
        "ects": float(course.ects) if course.ects is not None else None,
        "url": course.url or None,
        "confirmed_on": course.last_confirmed_on,
        "missing_since": course.missing_since,
        "licence": course.licence or None,
        "published_at": course.published_at,
    }


def _taught(link: CourseSkill) -> TaughtSkill:
    assumed = link.entry_level is None
    return TaughtSkill(
        skill=reference_to("skill", link.skill),
        entry_level=link.level - 1 if link.entry_level is None else link.entry_level,
        entry_level_assumed=assumed,
        level=link.level,
        provenance=link_provenance_of(link),
    )
