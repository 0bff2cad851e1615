"""One search over job roles, skills, courses and organisations."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import read_window, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import LanguageCode, Portion, PortionParameters, uri_of
from synchromesh.search.contract import Hit
from synchromesh.search.queries import search

router = Router(tags=["search"])
Kind = Literal["role", "skill", "course", "organisation"]


class HitRow(BaseModel):
    """One record that was found."""

    kind: Kind
    uid: str
    slug: str
    uri: Annotated[str, Field(description="its stable address on this site")]
    title: str
    language: Annotated[str, Field(description="language of the title, which may not be the one asked for")]
    found_by: Annotated[
        Literal["words", "similar", "meaning"],
        Field(description="it has the words, words spelled nearly so, or what the words mean"),
    ]


class HitPortion(Portion[HitRow]):
    """What was found, best first."""

    total: Annotated[int, Field(ge=0, description="how many records were found in all")]
    exact: Annotated[bool, Field(description="false where nothing has the words and similar ones were tried")]
    kinds: Annotated[dict[str, int], Field(description="how many of each kind there would be")]


class SearchParameters(PortionParameters):
    """What to look for."""

    q: Annotated[str, Field(max_length=200, description="words that must all occur; the last may be only begun")]
    kind: Annotated[
        list[Kind], Field(max_length=4, description="what to look for; everything where none is named")
    ] = []
    language: Annotated[LanguageCode, Field(description="language of the words, and of the titles if they have it")] = (
        "en"
    )


@offer(
    router,
    "/search",
    answer=HitPortion,
    name="search",
    summary="Search everything",
    description="Job roles, skills, courses and organisations in which every word occurs, best first. Words are found "
    "in all languages. For courses with filters ask the list of courses.",
    examples=[
        Example("What has to do with batteries", q="battery", limit=5),
        Example("Job roles and skills, with a German word", q="Hochvolt", kind=["role", "skill"], language="de"),
    ],
)
def find_records(
    request: HttpRequest, response: HttpResponse, asked: Annotated[SearchParameters, Query()]
) -> HitPortion:
    """Search; see the description above."""
    window = read_window(asked.cursor, "search", limit=asked.limit)
    answer = search(
        asked.q,
        language=asked.language,
        kinds=tuple(asked.kind) or get_args(Kind),
        limit=window.size,
        offset=window.offset,
    )
    hits, cursor = window.cut(answer.hits, lambda hit: hit.uid, total=answer.total)
    return HitPortion(
        items=[_row(hit) for hit in hits],
        next=tell_next(request, response, cursor),
        total=answer.total,
        exact=answer.exact,
        kinds=answer.filters.get("kind", {}),
    )


def _row(hit: Hit) -> HitRow:
    return HitRow(
        kind=hit.kind,  # type: ignore[arg-type]  # the kinds that apps register
        uid=hit.uid,
        slug=hit.slug,
        uri=uri_of(hit.kind, hit.uid),
        title=hit.title,
        language=hit.language,
        found_by=hit.found_by.value,
    )
