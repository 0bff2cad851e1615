"""What all calendar files have in common: a name with its escapes, no e-mail address, and never an empty calendar."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from synchromesh.web.calendars import calendar_bytes, calendar_line, make_subscribable, new_calendar

NAME = "Batteries; cells, packs \\ modules"


def _subscribed() -> bytes:
    calendar = new_calendar("-//Example//Tests//EN")
    make_subscribable(calendar, title=NAME, source="https://example.org/a.ics", look_again=timedelta(hours=12))
    return calendar_bytes(calendar)


def test_the_name_of_a_calendar_stands_with_its_escapes() -> None:
    """RFC 5545, 3.3.11; the library leaves them out where a text is added as NAME."""
    for name in ("NAME", "X-WR-CALNAME"):
        assert f"{name}:Batteries\\; cells\\, packs \\\\ modules" in _subscribed().decode().splitlines()


def test_a_program_learns_where_and_how_often_to_look_again() -> None:
    text = _subscribed().decode()
    for line in ("SOURCE;VALUE=URI:https://example.org/a.ics", "X-PUBLISHED-TTL:PT12H", "PT12H", "METHOD:PUBLISH"):
        assert line in text, line


def test_a_calendar_without_events_still_has_a_component() -> None:
    assert Calendar.from_ical(_subscribed()).walk("VTIMEZONE")


def test_a_line_names_nobody() -> None:
    assert calendar_line("Hall 3,\nask pia@example.org  there") == "Hall 3, ask there"
