"""Practices: what somebody did about a challenge of skills, with what result."""

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
    CountryCode,
    Name,
    NutsCode,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    RegionName,
    Texts,
    provenance_of,
    reference_to,
    region_name,
    uri_of,
)
from synchromesh.community.models import Practice
from synchromesh.community.queries.practices import published_practices

router = Router(tags=["alliance"])
Theme = Literal[
    "apprenticeship",
    "upskilling",
    "teachers",
    "recognition",
    "intelligence",
    "cooperation",
    "curriculum",
    "attraction",
    "transition",
    "funding",
]


class PracticeRow(Reference):
    """A practice in a list."""

    theme: Theme
    fields: FieldSlugs
    by_whom: Annotated[str | None, Field(description="who did it, as the source names them")]
    organisation: OrganisationName | None
    country: Annotated[str | None, Field(description="ISO 3166-1, two letters")]
    region: RegionName | None
    period: str | None
    published_at: datetime
    reuses: Annotated[int, Field(ge=0, description="how many organisations said that they did this too")]
    provenance: Provenance


class Cost(BaseModel):
    """What it cost; each part null where it is not known."""

    cents: Annotated[int | None, Field(ge=0, description="whole cents")]
    currency: str
    words: str | None


class PracticeRecord(PracticeRow):
    """A practice in the one form that all have."""

    challenges: Texts
    actions: Texts
    results: Texts
    evidences: Annotated[Texts, Field(description="what shows the result")]
    conditions: Annotated[Texts, Field(description="what must be so that others can do it too")]
    cost: Cost
    skills: Annotated[list[Reference], Field(description="skills that it builds or needs, by slug")]
    url: str | None


class PracticePortion(Portion[PracticeRow]):
    """Practices by slug."""


class PracticeParameters(PortionParameters):
    """Which practices."""

    theme: Annotated[Theme | None, Field(description="what it is about, mainly")] = None
    field: Annotated[Name, Field(description="slug of a field")] = ""
    skill: Annotated[Name, Field(description="slug of a skill that it builds or needs")] = ""
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1, two letters")] = None
    region: Annotated[NutsCode | None, Field(description="NUTS code; regions inside it count too")] = None


@offer(
    router,
    "/practices",
    answer=PracticePortion,
    name="listPractices",
    summary="Practices",
    description="Published practices, by slug. Filters add up.",
    examples=[Example("Practices about training for teachers", theme="teachers")],
)
def list_practices(
    request: HttpRequest, response: HttpResponse, asked: Annotated[PracticeParameters, Query()]
) -> PracticePortion:
    """Practices; see the description above."""
    conditions = {
        "theme": asked.theme,
        "country__code": asked.country,
        "region__code__startswith": asked.region,
    }
    found = _practices().filter(**{name: value for name, value in conditions.items() if value})
    if asked.field:
        found = found.filter(pk__in=Practice.topics.through.objects.filter(topic__slug=asked.field).values("practice"))
    if asked.skill:
        found = found.filter(pk__in=Practice.objects.filter(skill_links__skill__slug=asked.skill).values("pk"))
    rows, cursor = read_portion(found, scope="practices", cursor=asked.cursor, limit=asked.limit)
    return PracticePortion(items=[PracticeRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/practices/{id}",
    answer=PracticeRecord,
    name="getPractice",
    summary="One practice",
    description="A published practice with all its texts. Who wrote and who reviewed it is not told.",
    examples=[
        Example(
            "A practice by its slug",
            path={"id": "battery-courses-for-teachers-online-first-then-three-days-on-site"},
        )
    ],
)
def read_practice(request: HttpRequest, id: Identity) -> PracticeRecord:  # noqa: A002
    """One practice. Raises NotFound."""
    practice = one_of(_practices().prefetch_related("skill_links__skill"), id, what="practice")
    skills = sorted((link.skill for link in practice.skill_links.all()), key=lambda skill: skill.slug)
    return PracticeRecord(
        **_row(practice),
        challenges=practice.challenges,
        actions=practice.actions,
        results=practice.results,
        evidences=practice.evidences,
        conditions=practice.conditions,
        cost=Cost(cents=practice.cost_cents, currency=practice.currency, words=practice.cost_words or None),
        skills=[reference_to("skill", skill) for skill in skills],
        url=practice.url or None,
    )


def _practices() -> QuerySet[Practice]:
    return published_practices().prefetch_related("topics")


def _row(practice: Practice) -> dict[str, Any]:
    return {
        "uid": practice.uid,
        "slug": practice.slug,
        "uri": uri_of("practice", practice.uid),
        "titles": practice.titles,
        "theme": practice.theme,
        "fields": field_slugs(practice),
        "by_whom": practice.by_whom or None,
        "organisation": who(practice.organisation),
        "country": practice.country.code if practice.country else None,
        "region": region_name(practice.region),
        "period": practice.period or None,
        "published_at": practice.published_at,
        "reuses": practice.reuse_count,  # type: ignore[attr-defined]
        "provenance": provenance_of(practice),
    }
