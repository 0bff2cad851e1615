"""The clock at the place of an event: days, instants and time zones."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from synchromesh.community.models import Event
from synchromesh.engine.errors import InvalidInput

ZONES = (
    "Europe/Brussels", "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Bratislava", "Europe/Bucharest",
    "Europe/Budapest", "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv",
    "Europe/Lisbon", "Europe/Ljubljana", "Europe/London", "Europe/Luxembourg", "Europe/Madrid", "Europe/Malta",
    "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Sofia", "Europe/Stockholm",
    "Europe/Tallinn", "Europe/Vienna", "Europe/Vilnius", "Europe/Warsaw", "Europe/Zagreb", "Europe/Zurich",
    "Asia/Nicosia", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Reykjavik", "UTC",
)  # fmt: skip
"""Time zones that one can choose for an event."""


def zone_of(event: Event) -> ZoneInfo:
    """The time zone of an event's place."""
    return read_zone(event.zone)


def read_zone(name: str) -> ZoneInfo:
    """A time zone by its name. Raises InvalidInput."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(f"There is no time zone '{name}'.", field="zone") from None


def instant_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in a time zone show this. What a clock shows twice in autumn is the first time."""
    return datetime.combine(day, clock, tzinfo=zone)


def has_begun(event: Event, *, now: datetime) -> bool:
    """Whether it has begun, by the clock of its place."""
    if event.starts_at is not None:
        return now >= event.starts_at
    return now.astimezone(zone_of(event)).date() >= event.starts_on


def has_ended(event: Event, *, now: datetime) -> bool:
    """Whether it is over, by the clock of its place."""
    if event.ends_at is not None:
        return now >= event.ends_at
    return now.astimezone(zone_of(event)).date() > event.ends_on
