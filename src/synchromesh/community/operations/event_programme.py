"""The points of an event's programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event, EventState, ProgrammeItem
from synchromesh.community.operations.event_seats import lock_event
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_times import instant_at, zone_of
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals

_ONLY_ORGANISERS = "Only the organisers change the programme."
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """What stands in one line; times are what clocks at the place show."""

    titles: Mapping[str, str]
    day: date
    begins: time
    ends: time
    track: str = ""
    room: str = ""
    speakers: str = ""


def add_programme_item(*, by: audit.Actor, event: Event, entry: ProgrammeEntry) -> ProgrammeItem:
    """Add a point. Raises NotAllowed, InvalidInput."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        locked = lock_event(event)
        if locked.programme.count() >= MOST_ITEMS:
            raise InvalidInput(f"A programme has at most {MOST_ITEMS} points.", field="titles")
        item = ProgrammeItem(event=locked, **_columns(locked, entry))
        item.save(force_insert=True)
        _count_up(locked)
        audit.record(by=by, action="add_programme_item", kind="event", uid=event.uid, item=str(item.uid))
    return item


def edit_programme_item(*, by: audit.Actor, event: Event, uid: UUID, entry: ProgrammeEntry) -> ProgrammeItem:
    """Change a point. Raises NotAllowed, NotFound, InvalidInput."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        locked = lock_event(event)
        item = _get(locked, uid)
        for name, value in _columns(locked, entry).items():
            setattr(item, name, value)
        item.save()
        _count_up(locked)
        audit.record(by=by, action="edit_programme_item", kind="event", uid=event.uid, item=str(item.uid))
    return item


def remove_programme_item(*, by: audit.Actor, event: Event, uid: UUID) -> None:
    """Take a point out. Raises NotAllowed, NotFound."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        locked = lock_event(event)
        _get(locked, uid).delete()
        _count_up(locked)
        audit.record(by=by, action="remove_programme_item", kind="event", uid=event.uid, item=str(uid))


def _count_up(event: Event) -> None:
    """Calendars hold the programme in their description: they take the event over anew."""
    if event.state == EventState.PUBLISHED:
        event.sequence += 1
    event.save(update_fields=["sequence", "changed_at"])


def _get(event: Event, uid: UUID) -> ProgrammeItem:
    found = ProgrammeItem.objects.filter(event=event, uid=uid).first()
    if found is None:
        raise NotFound("There is no such point in this programme.")
    return found


def _columns(event: Event, entry: ProgrammeEntry) -> dict[str, Any]:
    if not event.starts_on <= entry.day <= event.ends_on:
        raise InvalidInput("The event does not take place on this day.", field="day")
    if entry.ends <= entry.begins:
        raise InvalidInput("It ends before it begins.", field="ends")
    if not any(text.strip() for text in entry.titles.values()):
        raise InvalidInput("Give it a title.", field="titles")
    zone = zone_of(event)
    columns = {
        "titles": dict(entry.titles),
        "track": entry.track.strip(),
        "room": entry.room.strip(),
        "speakers": entry.speakers.strip(),
        "starts_at": instant_at(entry.day, entry.begins, zone),
        "ends_at": instant_at(entry.day, entry.ends, zone),
    }
    for column, message in limit_refusals(ProgrammeItem, columns):
        raise InvalidInput(message, field=column)
    return columns
