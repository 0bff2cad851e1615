"""Write events: drafts, changes, announcing and calling off. What changes when or where goes to all who take part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.community.models import (
    Event,
    EventKind,
    EventSeries,
    EventState,
    EventVisibility,
    Registration,
    RegistrationState,
)
from synchromesh.community.operations.event_mails import send_change_mail
from synchromesh.community.operations.event_seats import lock_event, move_waiting_up
from synchromesh.community.operations.search_upkeep import tell_search
from synchromesh.community.permissions import may_add_event, may_organise
from synchromesh.community.queries.event_times import instant_at, read_zone
from synchromesh.credentials.models import Achievement
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.engine.vocabulary.slugs import distinct_slug
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals
from synchromesh.plumbing.free_slugs import FreeSlugs

_ONLY_ORGANISERS = "Only the organisers change this event."
_NEWS = ("starts_on", "ends_on", "starts_at", "ends_at", "zone", "place", "country_id", "mode", "online_url")
"""Columns whose change everybody who takes part must hear of."""
_TOLD = (RegistrationState.ASKED, RegistrationState.APPROVED, RegistrationState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContent:
    """What organisers say of an event. `begins` and `ends` are what clocks show at its place; without them, all day."""

    titles: Mapping[str, str]
    starts_on: date
    ends_on: date
    begins: time | None = None
    ends: time | None = None
    zone: str = "Europe/Brussels"
    summaries: Mapping[str, str] = field(default_factory=dict)
    travel_notes: Mapping[str, str] = field(default_factory=dict)
    kind: str = EventKind.OTHER
    visibility: str = EventVisibility.PUBLIC
    series: str = ""
    mode: str = ""
    place: str = ""
    country: Country | None = None
    region: Region | None = None
    url: str = ""
    online_url: str = ""
    takes_registrations: bool = False
    needs_approval: bool = False
    takes_guests: bool = False
    seats: int | None = None
    seats_per_organisation: int | None = None
    registers_from_at: datetime | None = None
    registers_until_at: datetime | None = None
    guest_days: int = 30
    achievement: Achievement | None = None
    topics: Sequence[Topic] = ()


def add_event(*, by: audit.Actor, organiser: Organisation | None, content: EventContent) -> Event:
    """Write a draft of an event; None as organiser is the alliance itself. Raises NotAllowed, InvalidInput."""
    require(may_add_event(by, organiser), "Only editors of an organisation and alliance staff add events.")
    columns = _columns(content)
    with transaction.atomic():
        slug = FreeSlugs(Event).take([wanted_slug(content.titles, content.starts_on)])[0]
        event = Event(slug=slug, organiser=organiser, made_by=by.public_id, **columns)
        event.words = search_words(event)
        event.save(force_insert=True)
        event.topics.set(content.topics)
        audit.record(by=by, action="add_event", kind="event", uid=event.uid)
    return event


def edit_event(*, by: audit.Actor, event: Event, content: EventContent, now: datetime | None = None) -> Event:
    """Change an event. Calendars take it over by its sequence; who takes part hears of another time or place by mail.

    More seats go to those who wait. Fewer seats take no place away from anybody. Raises NotAllowed, InvalidInput,
    Conflict for an event that is called off.
    """
    require(may_organise(by, event), _ONLY_ORGANISERS)
    columns = _columns(content)
    with transaction.atomic():
        locked = lock_event(event)
        if locked.state == EventState.CANCELLED:
            raise Conflict("This event is called off.")
        before = [getattr(locked, name) for name in _NEWS]
        for name, value in columns.items():
            setattr(locked, name, value)
        locked.sequence += locked.state == EventState.PUBLISHED
        locked.words, locked.edited_at = search_words(locked), now or timezone.now()
        locked.save()
        locked.topics.set(content.topics)
        audit.record(by=by, action="edit_event", kind="event", uid=locked.uid, sequence=locked.sequence)
        tell_search("event", locked)
        if before != [getattr(locked, name) for name in _NEWS]:
            _tell(locked)
        move_waiting_up(by=by, event=locked, now=now or timezone.now())
    return locked


def publish_event(*, by: audit.Actor, event: Event, now: datetime | None = None) -> Event:
    """Announce a draft. Raises NotAllowed, Conflict."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        locked = lock_event(event)
        if locked.state != EventState.DRAFT:
            raise Conflict("This event is announced already.")
        locked.state, locked.published_at = EventState.PUBLISHED, now or timezone.now()
        locked.save()
        audit.record(by=by, action="publish_event", kind="event", uid=locked.uid)
        tell_search("event", locked)
    return locked


def cancel_event(*, by: audit.Actor, event: Event, reason: str = "", now: datetime | None = None) -> Event:
    """Call an event off and tell everybody who takes part. It stays, so that calendars learn of it.

    Raises NotAllowed, InvalidInput, Conflict for a draft and for what is called off already.
    """
    require(may_organise(by, event), _ONLY_ORGANISERS)
    for _column, message in limit_refusals(Event, {"cancel_reason": reason}):
        raise InvalidInput(message, field="reason")
    with transaction.atomic():
        locked = lock_event(event)
        if locked.state != EventState.PUBLISHED:
            raise Conflict("Only an event that is announced can be called off.")
        locked.state, locked.cancelled_at = EventState.CANCELLED, now or timezone.now()
        locked.cancel_reason = reason.strip()
        locked.sequence += 1
        locked.save()
        audit.record(by=by, action="cancel_event", kind="event", uid=locked.uid)
        tell_search("event", locked)
        _tell(locked)
    return locked


def copy_event(*, by: audit.Actor, event: Event, starts_on: date) -> Event:
    """Make a draft of the next event of a kind: all that was said, moved to another day; nobody is registered.

    Raises NotAllowed.
    """
    require(may_organise(by, event), _ONLY_ORGANISERS)
    content = content_of(event)
    moved = EventContent(
        **{name: getattr(content, name) for name in content.__dataclass_fields__}
        | {
            "starts_on": starts_on,
            "ends_on": starts_on + (content.ends_on - content.starts_on),
            "registers_from_at": None,
            "registers_until_at": None,
            "online_url": "",
        }
    )
    return add_event(by=by, organiser=event.organiser, content=moved)


def content_of(event: Event) -> EventContent:
    """What an event says, as `edit_event` takes it."""
    zone = read_zone(event.zone)
    same = set(EventContent.__dataclass_fields__) - {"begins", "ends", "series", "topics"}
    return EventContent(
        **{name: getattr(event, name) for name in same},
        begins=event.starts_at.astimezone(zone).time() if event.starts_at else None,
        ends=event.ends_at.astimezone(zone).time() if event.ends_at else None,
        series=str(event.series) if event.series else "",
        topics=list(event.topics.all()),
    )


def wanted_slug(titles: Mapping[str, str], starts_on: date) -> str:
    """The slug that an event gets if it is free: its English title, and the year where the title does not say it."""
    title = titles.get("en") or next(iter(titles.values()), "event")
    slug = distinct_slug(title)[:100].strip("-")
    return slug if str(starts_on.year) in slug else f"{slug}-{starts_on.year}"


def search_words(event: Event) -> str:
    """What the search of the list looks through: titles, summaries, place, organiser."""
    texts = [*event.titles.values(), event.place, *event.summaries.values(), event.stated_kind]
    if event.organiser is not None:
        texts.append(event.organiser.name)
    return fold(" ".join(texts))


def _columns(content: EventContent) -> dict[str, Any]:
    """The columns of the event, checked. Raises InvalidInput."""
    zone = read_zone(content.zone)
    if not any(text.strip() for text in content.titles.values()):
        raise InvalidInput("Give the event a title.", field="titles")
    if content.ends_on < content.starts_on:
        raise InvalidInput("The last day lies before the first.", field="ends_on")
    if (content.begins is None) != (content.ends is None):
        raise InvalidInput("Give both times, or none for all day.", field="ends")
    columns = {
        name: getattr(content, name)
        for name in content.__dataclass_fields__
        if name not in {"begins", "ends", "series", "topics"}
    }
    columns["titles"] = {code: " ".join(text.split()) for code, text in content.titles.items() if text.strip()}
    columns["summaries"] = dict(content.summaries)
    columns["travel_notes"], columns["series"] = dict(content.travel_notes), _series(content.series)
    columns["starts_at"] = instant_at(content.starts_on, content.begins, zone) if content.begins else None
    columns["ends_at"] = instant_at(content.ends_on, content.ends, zone) if content.ends else None
    _refuse_wrong_times(columns)
    for column, message in limit_refusals(Event, columns):
        raise InvalidInput(message, field=column)
    return columns


def _refuse_wrong_times(columns: Mapping[str, Any]) -> None:
    if columns["starts_at"] is not None and columns["ends_at"] <= columns["starts_at"]:
        raise InvalidInput("The event ends before it begins.", field="ends")
    opens, closes = columns["registers_from_at"], columns["registers_until_at"]
    if opens is not None and closes is not None and closes <= opens:
        raise InvalidInput("Registration ends before it begins.", field="registers_until_at")
    if columns["region"] is not None and columns["country"] is None:
        columns["country"] = columns["region"].country  # type: ignore[index]


def _series(title: str) -> EventSeries | None:
    """The series of this name, made where it is new; None for none."""
    if not title.strip():
        return None
    slug = distinct_slug(title)[:120].strip("-")
    return EventSeries.objects.get_or_create(slug=slug, defaults={"titles": {"en": title.strip()}})[0]


def _tell(event: Event) -> None:
    """A mail to everybody who takes part or wants to. Who was there before learns nothing new of a past event."""
    if event.ends_on < timezone.localdate():
        return
    found = Registration.objects.filter(event=event, state__in=_TOLD).select_related("person", "guest")
    for registration in found.order_by("pk"):
        registration.event = event
        send_change_mail(registration=registration)
