"""Lesson materials that teachers share under open licences."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.alliance import FieldSlugs, Identity, field_slugs, one_of, who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName
from synchromesh.api.v1.shapes import (
    Eqf,
    LanguageCode,
    Name,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    eqf_of,
    provenance_of,
    reference_to,
    uri_of,
)
from synchromesh.community.models import Lesson
from synchromesh.community.queries.lessons import published_lessons

router = Router(tags=["alliance"])
LicenceCode = Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0"]


class LessonRow(Reference):
    """A lesson in a list, as its newest version is. `titles` has the one language that it is written in."""

    summary: str
    language: Annotated[str, Field(description="ISO 639-1")]
    licence: LicenceCode
    credit: Annotated[str | None, Field(description="whom others must name")]
    fields: FieldSlugs
    level: Annotated[Annotated[int, Field(ge=0, le=3)] | None, Field(description="0 none to 3 expert")]
    eqf: Eqf | None
    age_from: Annotated[int | None, Field(ge=0, description="years")]
    minutes: Annotated[int | None, Field(ge=0, description="how long it takes")]
    organisation: OrganisationName | None
    version: Annotated[int, Field(ge=1, description="number of the newest version")]
    published_at: datetime
    provenance: Provenance


class LessonFileName(BaseModel):
    """A file of the newest version; the page of the lesson has it."""

    name: str
    media_type: str
    bytes: Annotated[int, Field(ge=0)]
    sha256: str


class LessonRecord(LessonRow):
    """A lesson with its text and the names of its files."""

    text: Annotated[str | None, Field(description="Markdown")]
    skills: Annotated[list[Reference], Field(description="skills that it teaches something of, by slug")]
    files: Annotated[list[LessonFileName], Field(description="by name")]


class LessonPortion(Portion[LessonRow]):
    """Lessons by slug."""


class LessonParameters(PortionParameters):
    """Which lessons."""

    language: Annotated[LanguageCode | None, Field(description="language it is written in")] = None
    licence: Annotated[LicenceCode | None, Field(description="what others may do with it")] = None
    level: Annotated[int | None, Field(ge=0, le=3, description="0 none to 3 expert")] = None
    field: Annotated[Name, Field(description="slug of a field")] = ""
    skill: Annotated[Name, Field(description="slug of a skill that it teaches something of")] = ""


@offer(
    router,
    "/lessons",
    answer=LessonPortion,
    name="listLessons",
    summary="Lessons",
    description="Published lessons, by slug, each as its newest version is. Filters add up.",
    examples=[Example("Lessons in English about batteries", language="en", field="battery")],
)
def list_lessons(
    request: HttpRequest, response: HttpResponse, asked: Annotated[LessonParameters, Query()]
) -> LessonPortion:
    """Lessons; see the description above."""
    conditions = {"language": asked.language, "newest_licence": asked.licence, "level": asked.level}
    found = _lessons().filter(**{name: value for name, value in conditions.items() if value is not None})
    if asked.field:
        found = found.filter(pk__in=Lesson.topics.through.objects.filter(topic__slug=asked.field).values("lesson"))
    if asked.skill:
        found = found.filter(pk__in=Lesson.objects.filter(skill_links__skill__slug=asked.skill).values("pk"))
    rows, cursor = read_portion(found, scope="lessons", cursor=asked.cursor, limit=asked.limit)
    return LessonPortion(items=[LessonRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/lessons/{id}",
    answer=LessonRecord,
    name="getLesson",
    summary="One lesson",
    description="A published lesson as its newest version is. Its author and who used it are not told.",
    examples=[],
)
def read_lesson(request: HttpRequest, id: Identity) -> LessonRecord:  # noqa: A002
    """One lesson. Raises NotFound."""
    lesson = one_of(_lessons().prefetch_related("skill_links__skill"), id, what="lesson")
    version = lesson.versions.order_by("-number")[:1].get()
    skills = sorted((link.skill for link in lesson.skill_links.all()), key=lambda skill: skill.slug)
    return LessonRecord(
        **_row(lesson),
        text=version.text or None,
        skills=[reference_to("skill", skill) for skill in skills],
        files=[
            LessonFileName(name=file.name, media_type=file.media_type, bytes=file.bytes, sha256=file.sha256)
            for file in version.files.order_by("name", "pk")
        ],
    )


def _lessons() -> QuerySet[Lesson]:
    return published_lessons().select_related("organisation").prefetch_related("topics")


def _row(lesson: Any) -> dict[str, Any]:
    return {
        "uid": lesson.uid,
        "slug": lesson.slug,
        "uri": uri_of("lesson", lesson.uid),
        "titles": {lesson.language: lesson.newest_title},
        "summary": lesson.summary,
        "language": lesson.language,
        "licence": lesson.newest_licence,
        "credit": lesson.credit or None,
        "fields": field_slugs(lesson),
        "level": lesson.level,
        "eqf": eqf_of(lesson.eqf_min, lesson.eqf_max, ""),
        "age_from": lesson.age_from,
        "minutes": lesson.minutes,
        "organisation": who(lesson.organisation),
        "version": lesson.newest_number,
        "published_at": lesson.published_at,
        "provenance": provenance_of(lesson),
    }
