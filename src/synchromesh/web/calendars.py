"""What all calendar files here have in common (RFC 5545, RFC 7986): their frame, and lines that name nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from synchromesh.web.plain_lines import one_line

KEPT_ENTRIES = 4096
"""How many entries a process keeps as they were written: some two MiB. Feeds are asked for again and again."""
_MAIL_ADDRESS = re.compile(r"\S+@\S+")
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """All that a calendar says of one event or meeting; entries that say the same are written once.

    `start` and `end` are days, the end the first day after it (RFC 5545, 3.6.1); or instants, and clocks in `zone` show
    them. `language` is that of the words, `summary_language` that of the title alone.
    """

    uid: str
    sequence: int
    changed_at: datetime
    created_at: datetime
    start: date
    end: date
    zone: str = ""
    language: str
    summary: str
    summary_language: str
    description: str = ""
    location: str = ""
    category: str = ""
    url: str
    is_cancelled: bool = False
    is_busy: bool = False


def new_calendar(prodid: str) -> Calendar:
    """An empty calendar by the program of this name."""
    calendar = Calendar()
    calendar.add("prodid", prodid)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def make_subscribable(calendar: Calendar, *, title: str, source: str, look_again: timedelta) -> None:
    """Say what a program needs that reads the calendar again and again: its name, its own address and how often.

    `source` is empty where the address is a secret: a file travels.
    """
    for name in ("name", "x-wr-calname"):  # the standard one, and the one that programs read
        calendar[name] = vText(one_line(title))  # `add` leaves the text of NAME without its escapes
    if source:
        calendar.add("source", source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", look_again, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{int(look_again.total_seconds()) // 3600}H")


def calendar_bytes(calendar: Calendar) -> bytes:
    """The file. One without a component is not valid (RFC 5545, 3.6): an empty one gets a time zone."""
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    return bytes(calendar.to_ical())


def calendar_file(calendar: Calendar, entries: Sequence[CalendarEntry]) -> bytes:
    """The file with these entries, and with the time zones that they name."""
    zones = sorted({entry.zone for entry in entries} - {"", "UTC"})
    lines = b"".join([*map(_zone_lines, zones), *map(_entry_lines, entries)])
    return bytes(calendar.to_ical()).removesuffix(_END) + lines + _END if lines else calendar_bytes(calendar)


def forget_entries() -> None:
    """Write all entries anew, for whoever measures how long that takes."""
    _entry_lines.cache_clear()
    _zone_lines.cache_clear()


def calendar_line(text: str) -> str:
    """One line without the e-mail addresses that some write into a place, a price or a summary."""
    return " ".join(_MAIL_ADDRESS.sub("", one_line(text)).split())


@lru_cache(maxsize=KEPT_ENTRIES)
def _entry_lines(entry: CalendarEntry) -> bytes:
    found, language = Event(), {"LANGUAGE": entry.language}
    found.add("uid", entry.uid)
    found.add("sequence", entry.sequence)
    found.add("dtstamp", entry.changed_at)
    found.add("created", entry.created_at)
    found.add("last-modified", entry.changed_at)
    for name, moment in (("dtstart", entry.start), ("dtend", entry.end)):
        found.add(name, moment.astimezone(ZoneInfo(entry.zone)) if isinstance(moment, datetime) else moment)
    found.add("summary", entry.summary, parameters={"LANGUAGE": entry.summary_language})
    if entry.description:
        found.add("description", entry.description, parameters=language)
    if entry.location:
        found.add("location", entry.location)
    if entry.category:
        found.add("categories", [entry.category])
    found.add("url", entry.url)
    found.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    found.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    return bytes(found.to_ical())


@lru_cache(maxsize=64)
def _zone_lines(name: str) -> bytes:
    return bytes(Timezone.from_tzid(name).to_ical())


def _utc() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (local time, as the standard wants it)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
