"""The programme of an event, day by day."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from uuid import UUID

from synchromesh.community.models import Event, ProgrammeItem
from synchromesh.community.queries.event_times import zone_of
from synchromesh.engine.errors import NotFound


def list_programme(event: Event) -> list[tuple[date, list[ProgrammeItem]]]:
    """The points of each day at the place of the event, in their order. The caller asked who may see the event."""
    zone = zone_of(event)
    items = ProgrammeItem.objects.filter(event=event).order_by("starts_at", "track", "pk")
    return [(day, list(some)) for day, some in groupby(items, key=lambda item: item.starts_at.astimezone(zone).date())]


def get_programme_item(event: Event, uid: UUID) -> ProgrammeItem:
    """One point. Raises NotFound."""
    found = ProgrammeItem.objects.filter(event=event, uid=uid).first()
    if found is None:
        raise NotFound("There is no such point in this programme.")
    return found
