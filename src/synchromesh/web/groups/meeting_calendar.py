"""Meetings as calendar entries (RFC 5545): for people of the group, and without anybody's address."""

from __future__ import annotations

from django.utils.translation import get_language

from synchromesh.community.models import Meeting
from synchromesh.web.calendars import CalendarEntry, calendar_file, calendar_line, new_calendar

PRODID = "-//Synchromesh//Meetings//EN"


def render_meeting(meeting: Meeting, *, name: str, address: str) -> bytes:
    """Return a calendar with one meeting of the group `name`; `address` is its page."""
    return calendar_file(new_calendar(PRODID), [meeting_entry(meeting, name=name, address=address)])


def meeting_entry(meeting: Meeting, *, name: str, address: str) -> CalendarEntry:
    """What a calendar says of a meeting. Its UID and sequence make a program change what it has.

    Nobody is named in it: no organizer, no attendee. The online address is not in it, since files travel; the page
    shows it to whoever is signed in.
    """
    language = get_language() or "en"
    return CalendarEntry(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        created_at=meeting.made_at,
        start=meeting.starts_at,
        end=meeting.ends_at,
        zone=meeting.time_zone,
        language=language,
        summary=calendar_line(f"{name}: {meeting.title}"),
        summary_language=language,
        description="\n".join(calendar_line(line) for line in meeting.agenda.splitlines()),
        location=calendar_line(meeting.place),
        url=address,
        is_cancelled=meeting.cancelled_at is not None,
        is_busy=True,
    )
