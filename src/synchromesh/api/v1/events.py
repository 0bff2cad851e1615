"""Events for everybody: when and where they are. Who takes part is in no answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.cursors import Keys, read_portion, tell_next
from synchromesh.api.v1.alliance import FieldSlugs, Identity, field_slugs, one_of, who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName
from synchromesh.api.v1.shapes import (
    CountryCode,
    Day,
    Name,
    NutsCode,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    RegionName,
    Texts,
    provenance_of,
    region_name,
    uri_of,
)
from synchromesh.community.models import Event
from synchromesh.community.queries.event_lists import EventFilter, list_events, visible_events

router = Router(tags=["alliance"])
_KEYS: Keys = {"starts_on": date.fromisoformat, "uid": UUID}
Kind = Literal["conference", "study-visit", "vet-forum", "workshop", "webinar", "meeting", "other"]
EventMode = Literal["on-site", "online", "blended"]


class EventRow(Reference):
    """An event in a list. The days are those at its place; with `precision` month or year they bound it."""

    kind: Kind
    stated_kind: Annotated[str | None, Field(description="what its source calls it")]
    state: Annotated[Literal["published", "cancelled"], Field(description="cancelled: it is called off")]
    precision: Annotated[Literal["day", "month", "year"], Field(description="how exactly the days are known")]
    starts_on: date
    ends_on: date
    starts_at: Annotated[datetime | None, Field(description="null: all day")]
    ends_at: datetime | None
    zone: Annotated[str, Field(description="time zone in which the times are meant")]
    mode: EventMode | None
    place: str | None
    country: Annotated[str | None, Field(description="ISO 3166-1, two letters")]
    region: RegionName | None
    organiser: OrganisationName | None
    fields: FieldSlugs
    url: Annotated[str | None, Field(description="a page of the event elsewhere")]
    takes_registrations: bool
    provenance: Provenance


class EventRecord(EventRow):
    """An event with its texts."""

    summaries: Texts
    travel_notes: Texts
    series: Annotated[str | None, Field(description="slug of the series that it belongs to")]
    registers_until_at: datetime | None
    seats: Annotated[int | None, Field(ge=0, description="null: no limit is stated")]
    cancel_reason: str | None


class EventPortion(Portion[EventRow]):
    """Events, the earliest first."""


class EventParameters(PortionParameters):
    """Which events."""

    kind: Annotated[Kind | None, Field(description="what kind of event")] = None
    field: Annotated[Name, Field(description="slug of a field")] = ""
    country: Annotated[CountryCode | None, Field(description="ISO 3166-1, two letters")] = None
    region: Annotated[NutsCode | None, Field(description="NUTS code; regions inside it count too")] = None
    mode: Annotated[EventMode | None, Field(description="where people meet")] = None
    organiser: Annotated[Name, Field(description="slug of who invites")] = ""
    series: Annotated[Name, Field(description="slug of a series")] = ""
    since: Annotated[Day | None, Field(description="it takes place on this day or later")] = None
    until: Annotated[Day | None, Field(description="it takes place on this day or earlier")] = None


@offer(
    router,
    "/events",
    answer=EventPortion,
    name="listEvents",
    summary="Events",
    description="Events that are announced to everybody, the earliest first, those that are over and those that are "
    "called off too. Ask with `since` for those to come.",
    examples=[Example("Events since the beginning of 2024", since="2024-01-01")],
)
def list_of_events(
    request: HttpRequest, response: HttpResponse, asked: Annotated[EventParameters, Query()]
) -> EventPortion:
    """Events; see the description above."""
    wanted = EventFilter(
        kind=asked.kind or "",
        field=asked.field,
        country=asked.country or "",
        region=asked.region or "",
        mode=asked.mode or "",
        organiser=asked.organiser,
        series=asked.series,
        when="all",
        since=asked.since,
        until=asked.until,
    )
    found = _complete(list_events(wanted, visible_to=VISITOR, today=timezone.localdate()))
    rows, cursor = read_portion(found, scope="events", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    return EventPortion(items=[EventRow(**_row(row)) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/events/{id}",
    answer=EventRecord,
    name="getEvent",
    summary="One event",
    description="An event that is announced to everybody. Where one takes part online is told to who is registered.",
    examples=[],
)
def read_event(request: HttpRequest, id: Identity) -> EventRecord:  # noqa: A002
    """One event. Raises NotFound, also for drafts and for events of members."""
    event = one_of(_complete(visible_events(VISITOR)).select_related("series"), id, what="event")
    return EventRecord(
        **_row(event),
        summaries=event.summaries,
        travel_notes=event.travel_notes,
        series=event.series.slug if event.series else None,
        registers_until_at=event.registers_until_at,
        seats=event.seats,
        cancel_reason=event.cancel_reason or None,
    )


def _complete(found: QuerySet[Event]) -> QuerySet[Event]:
    return found.select_related("country", "region", "organiser").prefetch_related("topics")


def _row(event: Event) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "slug": event.slug,
        "uri": uri_of("event", event.uid),
        "titles": event.titles,
        "kind": event.kind,
        "stated_kind": event.stated_kind or None,
        "state": event.state,
        "precision": event.precision,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "zone": event.zone,
        "mode": event.mode or None,
        "place": event.place or None,
        "country": event.country.code if event.country else None,
        "region": region_name(event.region),
        "organiser": who(event.organiser),
        "fields": field_slugs(event),
        "url": event.url or None,
        "takes_registrations": event.takes_registrations,
        "provenance": provenance_of(event),
    }
