"""One meeting as a calendar file (RFC 5545): for people of the group, and without anybody's address."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Event

from synchromesh.community.models import Meeting
from synchromesh.web.calendars import calendar_bytes, calendar_line, new_calendar

PRODID = "-//Synchromesh//Meetings//EN"


def render_meeting(meeting: Meeting, *, name: str, address: str, now: datetime) -> bytes:
    """Return a calendar with one meeting of the group `name`; `address` is its page, `now` an aware instant.

    Its UID and sequence make a program change what it has. Nobody is named in it: no organizer, no attendee. The online
    address is not in it, since files travel; the page shows it to whoever is signed in.
    """
    calendar = new_calendar(PRODID)
    event, zone = Event(), ZoneInfo(meeting.time_zone)
    event.add("uid", str(meeting.uid))
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", calendar_line(f"{name}: {meeting.title}"))
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    if meeting.place:
        event.add("location", calendar_line(meeting.place))
    if meeting.agenda:
        event.add("description", "\n".join(calendar_line(line) for line in meeting.agenda.splitlines()))
    event.add("url", address)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar_bytes(calendar)
