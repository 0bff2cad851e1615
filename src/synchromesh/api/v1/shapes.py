"""What the answers of several areas have in common: texts, references, where a fact comes from, portions of a list.

Unknown is null, never 0 and never an empty text. Texts are maps by language, such as {"en": "...", "de": "..."}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar
from uuid import UUID

from ninja import Path
from pydantic import BaseModel, BeforeValidator, Field

from synchromesh.api.cursors import LONGEST_CURSOR
from synchromesh.framework.models import EscoLink
from synchromesh.places.models import Region
from synchromesh.plumbing.sources import SourcedLink, SourcedRecord

MOST_ROWS = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _written_day(value: Any) -> Any:
    """Only YYYY-MM-DD (RFC 3339): pydantic takes bare numbers for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("this is not a day such as 2027-03-01")
    return value


Texts = Annotated[dict[str, str], Field(description="the text by language (ISO 639-1)")]
Lists = Annotated[dict[str, list[str]], Field(description="a list by language (ISO 639-1)")]
Level = Annotated[int, Field(ge=1, le=3, description="1 awareness, 2 practitioner, 3 expert")]
Name = Annotated[str, Field(max_length=160)]
# Nothing is named with a NUL character, and PostgreSQL refuses even to look for one.
Identity = Annotated[str, Path(max_length=160, pattern="^[^\\x00]*$", description="its uid, its slug or a former slug")]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]
# In capitals: SQLite finds what a code begins with whatever its case, PostgreSQL does not.
NutsCode = Annotated[str, Field(pattern="^[A-Z]{2}[A-Z0-9]{0,3}$")]
LanguageCode = Annotated[str, Field(pattern="^[a-z]{2}$")]
Mode = Literal["online", "on-site", "blended", "self-study", "in-company"]
Day = Annotated[date, BeforeValidator(_written_day)]
Origin = Literal["real", "starter", "example"]
Item = TypeVar("Item")


class Provenance(BaseModel):
    """Where a record comes from."""

    origin: Annotated[
        Origin, Field(description="real content, a draft that came with the product, or an invented example")
    ]
    source: str | None
    source_url: str | None
    source_on: Annotated[date | None, Field(description="the day for which the source was read")]


class LinkProvenance(BaseModel):
    """Who says that two records belong together, and how sure that is."""

    source: str | None
    source_url: str | None
    source_on: Annotated[date | None, Field(description="the day for which the source was read")]
    method: Annotated[Literal["hand", "import", "suggested"], Field(description="how the link came about")]
    confidence: Annotated[
        Annotated[float, Field(ge=0, le=1)] | None, Field(description="how sure the source is; null where it says not")
    ]
    quote: Annotated[str | None, Field(description="the words that justify the link; null where none were seen")]
    confirmed_at: Annotated[datetime | None, Field(description="when a person confirmed it; null where nobody has")]


class Reference(BaseModel):
    """A record that another one names."""

    uid: UUID
    slug: str
    uri: Annotated[str, Field(description="its stable address on this site, /id/{kind}/{uid}")]
    titles: Texts


class EscoMatch(BaseModel):
    """How a skill or a role relates to a concept of ESCO, as a SKOS match."""

    uri: str
    match: Literal["exact", "close", "broad", "narrow", "related"]
    provenance: LinkProvenance


class Eqf(BaseModel):
    """Levels of the European Qualifications Framework, from and to."""

    min: Annotated[int, Field(ge=1, le=8)]
    max: Annotated[int, Field(ge=1, le=8)]
    source: Annotated[str | None, Field(description="who says so")]


class RegionName(BaseModel):
    """A region by its NUTS code."""

    code: str
    name: str


class Portion(BaseModel, Generic[Item]):
    """A portion of a list."""

    items: list[Item]
    next: Annotated[str | None, Field(description="address of the next portion; null where this is the last")]


class PortionParameters(BaseModel):
    """What every list can be asked."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="how many at most")] = 20
    cursor: Annotated[
        str,
        Field(
            max_length=LONGEST_CURSOR,
            description="where to go on: take it from the address in `next` of the portion before",
            json_schema_extra={"format": "cursor"},
        ),
    ] = ""


class _Titled(Protocol):
    slug: str
    titles: dict[str, str]
    uid: UUID


def uri_of(kind: str, uid: UUID | str) -> str:
    """The stable address of a record on this site."""
    return f"/id/{kind}/{uid}"


def reference_to(kind: str, record: _Titled) -> Reference:
    """Name a record of that kind."""
    return Reference(uid=record.uid, slug=record.slug, uri=uri_of(kind, record.uid), titles=record.titles)


def region_name(region: Region | None) -> RegionName | None:
    """Name the region, if there is one."""
    return RegionName(code=region.code, name=region.name) if region else None


def provenance_of(record: SourcedRecord) -> Provenance:
    """Where the record comes from."""
    return Provenance(
        origin=record.origin,  # type: ignore[arg-type]  # the column holds one of these values
        source=record.source or None,
        source_url=record.source_url or None,
        source_on=record.source_on,
    )


def link_provenance_of(link: SourcedLink) -> LinkProvenance:
    """Where the link comes from. Who confirmed it is not told."""
    return LinkProvenance(
        source=link.source or None,
        source_url=link.source_url or None,
        source_on=link.source_on,
        method=link.method,  # type: ignore[arg-type]
        confidence=float(link.confidence) if link.confidence is not None else None,
        quote=link.quote or None,
        confirmed_at=link.confirmed_at,
    )


def esco_matches(links: Iterable[EscoLink]) -> list[EscoMatch]:
    """The links to ESCO, by address."""
    return [
        EscoMatch(uri=link.uri, match=link.match, provenance=link_provenance_of(link))  # type: ignore[arg-type]
        for link in sorted(links, key=lambda link: link.uri)
    ]


def eqf_of(low: int | None, high: int | None, source: str) -> Eqf | None:
    """Levels where they are stated; one that is stated alone counts for both."""
    stated = [level for level in (low, high) if level is not None]
    return Eqf(min=min(stated), max=max(stated), source=source or None) if stated else None
