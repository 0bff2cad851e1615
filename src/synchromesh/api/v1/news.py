"""News for everybody, in the order of their publication."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.cursors import Keys, read_portion, tell_next
from synchromesh.api.v1.alliance import FieldSlugs, Identity, field_slugs, one_of, read_instant, who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName
from synchromesh.api.v1.shapes import (
    LanguageCode,
    Name,
    NutsCode,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    RegionName,
    Texts,
    provenance_of,
    uri_of,
)
from synchromesh.community.models import NewsArticle
from synchromesh.community.queries.news import NewsFilter, list_news, visible_news

router = Router(tags=["alliance"])
_KEYS: Keys = {"published_at": read_instant, "uid": UUID}


class NewsRow(Reference):
    """An article in a list."""

    summaries: Texts
    organisation: Annotated[OrganisationName | None, Field(description="who wrote it; null: the alliance")]
    fields: FieldSlugs
    regions: list[RegionName]
    published_at: datetime
    provenance: Provenance


class Correction(BaseModel):
    """What was wrong in the article and is put right."""

    notes: Texts
    corrected_at: datetime


class NewsRecord(NewsRow):
    """An article with its text."""

    bodies: Annotated[Texts, Field(description="Markdown, by language")]
    corrections: Annotated[list[Correction], Field(description="the first one first")]


class NewsPortion(Portion[NewsRow]):
    """Articles, the first published first: keep the last cursor, and later it leads to what is new."""


class NewsParameters(PortionParameters):
    """Which articles."""

    field: Annotated[Name, Field(description="slug of a field")] = ""
    region: Annotated[NutsCode | None, Field(description="NUTS code; regions inside it count too")] = None
    language: Annotated[LanguageCode | None, Field(description="a language in which it can be read")] = None
    organisation: Annotated[Name, Field(description="slug of who wrote it")] = ""


@offer(
    router,
    "/news",
    answer=NewsPortion,
    name="listNews",
    summary="News",
    description="Published articles for everybody, the first published first. Filters add up.",
    examples=[Example("News that can be read in English", language="en")],
)
def list_articles(
    request: HttpRequest, response: HttpResponse, asked: Annotated[NewsParameters, Query()]
) -> NewsPortion:
    """News; see the description above."""
    wanted = NewsFilter(
        field=asked.field, region=asked.region or "", language=asked.language or "", organisation=asked.organisation
    )
    found = _complete(list_news(wanted, visible_to=VISITOR))
    rows, cursor = read_portion(found, scope="news", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    return NewsPortion(items=[NewsRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/news/{id}",
    answer=NewsRecord,
    name="getNews",
    summary="One article",
    description="A published article for everybody with its text and what was corrected in it.",
    examples=[],
)
def read_article(request: HttpRequest, id: Identity) -> NewsRecord:  # noqa: A002
    """One article. Raises NotFound, also for one that is for members."""
    article = one_of(_complete(visible_news(VISITOR)), id, what="article")
    corrections = article.corrections.order_by("corrected_at", "pk")
    return NewsRecord(
        **_row(article),
        bodies=article.bodies,
        corrections=[Correction(notes=row.notes, corrected_at=row.corrected_at) for row in corrections],
    )


def _complete(found: QuerySet[NewsArticle]) -> QuerySet[NewsArticle]:
    return found.select_related("organisation").prefetch_related("topics", "regions")


def _row(article: NewsArticle) -> dict[str, Any]:
    regions = sorted(article.regions.all(), key=lambda region: region.code)
    return {
        "uid": article.uid,
        "slug": article.slug,
        "uri": uri_of("news", article.uid),
        "titles": article.titles,
        "summaries": article.summaries,
        "organisation": who(article.organisation),
        "fields": field_slugs(article),
        "regions": [RegionName(code=region.code, name=region.name) for region in regions],
        "published_at": article.published_at,
        "provenance": provenance_of(article),
    }
