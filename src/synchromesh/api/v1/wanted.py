"""Wanted training: what people look for and no course gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.cursors import read_window, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    LanguageCode,
    Level,
    Name,
    Portion,
    PortionParameters,
    Reference,
    RegionName,
    reference_to,
    region_name,
)
from synchromesh.catalogue.queries.brief_filter import WantedFilter, choose_wanted
from synchromesh.catalogue.queries.briefs import WantedTraining, list_wanted_training

router = Router(tags=["courses"])
Origin = Literal["search", "gap", "plan", "insight", "region"]
_MOST = 20


class WantedRow(BaseModel):
    """One thing that people look for: a skill, or words where no skill is known for them."""

    skill: Reference | None
    words: str | None
    level: Annotated[Level | None, Field(description="null where it does not matter or is not known")]
    language: Annotated[str | None, Field(description="null where it does not matter or is not known")]
    region: Annotated[RegionName | None, Field(description="null where it does not matter or is not known")]
    times: Annotated[int | None, Field(ge=1, description="how often it was looked for; null where too few to say")]
    by_origin: Annotated[dict[str, int], Field(description="the same by origin; empty where a part is too small")]
    last_on: Annotated[date | None, Field(description="when last; null where too few to say")]
    providers_preparing: Annotated[int, Field(ge=0, description="how many providers say that they prepare a course")]


class WantedPortion(Portion[WantedRow]):
    """What is wanted, in the order that was asked for."""

    total: Annotated[int, Field(ge=0, description="how many rows there are in all")]


class WantedParameters(PortionParameters):
    """What of it, and in which order."""

    field: Annotated[list[Name], Field(max_length=_MOST, description="slug of a field")] = []
    skill: Annotated[list[Name], Field(max_length=_MOST, description="slug of a skill")] = []
    level: Annotated[list[Literal["1", "2", "3"]], Field(max_length=_MOST, description="level to reach")] = []
    language: Annotated[list[LanguageCode], Field(max_length=_MOST, description="language of the training")] = []
    region: Annotated[list[Name], Field(max_length=_MOST, description="NUTS code; regions inside it count too")] = []
    origin: Annotated[list[Origin], Field(max_length=_MOST, description="which part of the site noticed it")] = []
    order: Annotated[
        Literal["times", "title", "latest"], Field(description="most wanted first, by name, or last wished first")
    ] = "times"


@offer(
    router,
    "/wanted",
    answer=WantedPortion,
    name="listWanted",
    summary="Wanted training",
    description="What people looked for in the last twelve months and no course that can be taken gives: searches, "
    "gaps and plans. Nobody is named, and numbers too small to hide a person are held back.",
    examples=[Example("What is wanted most", limit=10), Example("What is wanted in German", language="de")],
)
def list_wanted(
    request: HttpRequest, response: HttpResponse, asked: Annotated[WantedParameters, Query()]
) -> WantedPortion:
    """Wanted training; see the description above."""
    window = read_window(asked.cursor, "wanted", limit=asked.limit)
    chosen = asked.model_dump(exclude={"limit", "cursor", "order"})
    wanted = WantedFilter(
        chosen={group: tuple(values) for group, values in chosen.items() if values}, order=asked.order
    )
    rows = choose_wanted(list_wanted_training(visible_to=VISITOR, today=timezone.localdate()), wanted).rows
    read = rows[window.offset : window.offset + window.size]
    shown, cursor = window.cut(read, lambda row: urlencode(row.parts), total=len(rows))
    return WantedPortion(items=[_row(row) for row in shown], next=tell_next(request, response, cursor), total=len(rows))


def _row(row: WantedTraining) -> WantedRow:
    return WantedRow(
        skill=reference_to("skill", row.skill) if row.skill else None,
        words=row.words or None,
        level=row.level,
        language=row.language or None,
        region=region_name(row.region),
        times=row.times,
        by_origin=dict(row.by_origin),
        last_on=row.last_on,
        providers_preparing=row.claims,
    )
