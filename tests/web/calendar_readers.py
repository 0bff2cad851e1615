"""What two libraries read in a calendar file: icalendar, and ical, which is strict about RFC 5545. They must agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ical.calendar_stream import CalendarStream
from ical.event import Event as StrictEvent
from icalendar import Calendar, Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a program keeps of one event. `start` and `end` are aware instants, or days of what lasts whole days."""

    uid: str
    sequence: int
    start: date
    end: date
    summary: str
    description: str
    location: str
    status: str


def read_entries(content: bytes) -> list[Entry]:
    """The events of one calendar as both libraries read them. AssertionError where they differ."""
    read = [_entry(event) for event in Calendar.from_ical(content).walk("VEVENT")]
    (strict,) = CalendarStream.from_ics(content.decode()).calendars
    assert [_strict_entry(event) for event in strict.events] == read
    assert len({entry.uid for entry in read}) == len(read), "each event stands in a calendar once"
    return read


def newest_of(files: Iterable[bytes]) -> dict[str, Entry]:
    """What a program has after reading these in any order: of one UID the higher SEQUENCE wins (RFC 5546, 2.1.4)."""
    kept: dict[str, Entry] = {}
    for content in files:
        for entry in read_entries(content):
            if entry.uid not in kept or entry.sequence > kept[entry.uid].sequence:
                kept[entry.uid] = entry
    return kept


def _entry(event: Component) -> Entry:
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),  # 0 where it does not stand there (RFC 5545, 3.8.7.4)
        start=event.decoded("DTSTART"),
        end=event.decoded("DTEND"),
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        status=str(event.get("STATUS", "")),
    )


def _strict_entry(event: StrictEvent) -> Entry:
    assert event.dtstart is not None
    assert event.dtend is not None
    return Entry(
        uid=event.uid,
        sequence=event.sequence or 0,
        start=event.dtstart,
        end=event.dtend,
        summary=event.summary or "",
        description=event.description or "",
        location=event.location or "",
        status=event.status.value if event.status else "",
    )
