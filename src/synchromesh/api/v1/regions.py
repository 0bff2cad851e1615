"""Regions that work on skills with the alliance or its sister networks."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import Keys, read_portion, tell_next
from synchromesh.api.v1.alliance import who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName
from synchromesh.api.v1.shapes import (
    CountryCode,
    Name,
    Portion,
    PortionParameters,
    Provenance,
    Texts,
    provenance_of,
    uri_of,
)
from synchromesh.community.models import FactKind, RegionFact, RegionProfile, RegionSite
from synchromesh.community.queries.regions import list_facts, list_sites
from synchromesh.engine.errors import NotFound

router = Router(tags=["alliance"])
_KEYS: Keys = {"code": str}
Code = Annotated[str, Path(max_length=160, pattern="^[^\\x00]*$", description="its NUTS code")]


class RegionRow(BaseModel):
    """A region in a list."""

    uri: Annotated[str, Field(description="its stable address on this site, /id/region/{uid}")]
    code: Annotated[str, Field(description="NUTS code")]
    name: Annotated[str, Field(description="what it calls itself")]
    nuts_name: str
    level: Annotated[int, Field(ge=0, le=3, description="level of NUTS")]
    country: Annotated[str, Field(description="ISO 3166-1, two letters")]
    network: Annotated[str | None, Field(description="slug of the circle of regions in which it takes part")]
    network_name: str | None
    desk: Annotated[OrganisationName | None, Field(description="who speaks for it; null: not yet named")]
    provenance: Provenance


class Figure(BaseModel):
    """A number about the region, with where it comes from."""

    label: str
    value: Annotated[float, Field(description="the number in its unit")]
    unit: str | None
    year: int | None
    provenance: Provenance


class Evidence(BaseModel):
    """What a source tells of the region."""

    words: str
    provenance: Provenance


class Site(BaseModel):
    """A plant, laboratory or office of an employer."""

    name: str
    organisation: OrganisationName | None
    place: str | None
    activity: str | None
    employees: Annotated[int | None, Field(ge=0, description="null: not known")]
    employees_year: int | None
    provenance: Provenance


class RegionRecord(RegionRow):
    """A region with its facts."""

    summaries: Texts
    desk_url: str | None
    figures: list[Figure]
    evidence: list[Evidence]
    sites: Annotated[list[Site], Field(description="by name")]


class RegionPortion(Portion[RegionRow]):
    """Regions by NUTS code."""


class RegionParameters(PortionParameters):
    """Which regions."""

    country: Annotated[CountryCode | None, Field(description="ISO 3166-1, two letters")] = None
    network: Annotated[Name, Field(description="slug of a circle of regions")] = ""


@offer(
    router,
    "/regions",
    answer=RegionPortion,
    name="listRegions",
    summary="Regions",
    description="Regions that work on skills with the alliance or its sister networks, by NUTS code.",
    examples=[Example("Regions in Germany", country="DE")],
)
def list_of_regions(
    request: HttpRequest, response: HttpResponse, asked: Annotated[RegionParameters, Query()]
) -> RegionPortion:
    """Regions; see the description above."""
    conditions = {"region__country__code": asked.country, "network__slug": asked.network}
    found = _profiles().filter(**{name: value for name, value in conditions.items() if value})
    rows, cursor = read_portion(found, scope="regions", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    return RegionPortion(items=[RegionRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/regions/{code}",
    answer=RegionRecord,
    name="getRegion",
    summary="One region",
    description="A region with its facts and employers. Ask for its practices, events, runs and news with the "
    "parameter `region` there. Whom to ask in the region is told to members only.",
    examples=[Example("A region by its NUTS code", path={"code": "CZ080"})],
)
def read_region(request: HttpRequest, code: Code) -> RegionRecord:
    """One region. Raises NotFound, also for one of NUTS that takes part in nothing."""
    profile = _profiles().filter(Q(region__code=code.upper())).first()
    if profile is None:
        raise NotFound(f"No region with the code '{code}' takes part.", field="region")
    facts = list_facts(profile)
    return RegionRecord(
        **_row(profile),
        summaries=profile.summaries,
        desk_url=profile.desk_url or None,
        figures=[_figure(fact) for fact in facts if fact.kind == FactKind.FIGURE],
        evidence=[
            Evidence(words=fact.words, provenance=provenance_of(fact))
            for fact in facts
            if fact.kind == FactKind.EVIDENCE
        ],
        sites=[_site(site) for site in list_sites(profile)],
    )


def _profiles() -> QuerySet[RegionProfile]:
    found = RegionProfile.objects.select_related("region__country", "network", "desk")
    return found.annotate(code=F("region__code"))


def _row(profile: RegionProfile) -> dict[str, Any]:
    region, network = profile.region, profile.network
    return {
        "uri": uri_of("region", profile.uid),
        "code": region.code,
        "name": profile.name,
        "nuts_name": region.name,
        "level": region.level,
        "country": region.country.code,
        "network": network.slug if network else None,
        "network_name": network.name if network else None,
        "desk": who(profile.desk),
        "provenance": provenance_of(profile),
    }


def _figure(fact: RegionFact) -> Figure:
    return Figure(
        label=fact.label,
        value=float(fact.value or 0),
        unit=fact.unit or None,
        year=fact.year,
        provenance=provenance_of(fact),
    )


def _site(site: RegionSite) -> Site:
    return Site(
        name=site.name,
        organisation=who(site.organisation),
        place=site.place or None,
        activity=site.activity or None,
        employees=site.employees,
        employees_year=site.employees_year,
        provenance=provenance_of(site),
    )
