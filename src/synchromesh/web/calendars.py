"""What all calendar files here have in common (RFC 5545, RFC 7986): their frame, and lines that name nobody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from icalendar import Calendar, Timezone, TimezoneStandard, vText

from synchromesh.web.plain_lines import one_line

_MAIL_ADDRESS = re.compile(r"\S+@\S+")


def new_calendar(prodid: str) -> Calendar:
    """An empty calendar by the program of this name."""
    calendar = Calendar()
    calendar.add("prodid", prodid)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def make_subscribable(calendar: Calendar, *, title: str, source: str, look_again: timedelta) -> None:
    """Say what a program needs that reads the calendar again and again: its name, its own address and how often."""
    for name in ("name", "x-wr-calname"):  # the standard one, and the one that programs read
        calendar[name] = vText(one_line(title))  # `add` leaves the text of NAME without its escapes
    calendar.add("source", source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", look_again, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{int(look_again.total_seconds()) // 3600}H")


def calendar_bytes(calendar: Calendar) -> bytes:
    """The file. One without a component is not valid (RFC 5545, 3.6): an empty one gets a time zone."""
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    return bytes(calendar.to_ical())


def calendar_line(text: str) -> str:
    """One line without the e-mail addresses that some write into a place, a price or a summary."""
    return " ".join(_MAIL_ADDRESS.sub("", one_line(text)).split())


def _utc() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (local time, as the standard wants it)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
