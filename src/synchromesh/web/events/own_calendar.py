"""Somebody's own events and the meetings of their groups as one calendar.

Whoever has the address reads it without signing in. So it holds what the reader needs to be there and no more: no name
and no mail address of anybody, no address to take part online, and not the secret address itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from synchromesh.community.models import DatePrecision, Meeting, Registration, RegistrationState
from synchromesh.web.calendars import CalendarEntry, calendar_file, make_subscribable, new_calendar
from synchromesh.web.events.calendar_files import LOOK_AGAIN, event_entry
from synchromesh.web.groups.meeting_calendar import meeting_entry
from synchromesh.web.templatetags.events import registration_state_name
from synchromesh.web.templatetags.synchromesh import plain

PRODID = "-//Synchromesh//My events//EN"


def render_own_calendar(
    registrations: Iterable[Registration], meetings: Iterable[Meeting], *, site_address: str, title: str
) -> bytes:
    """The calendar; `site_address` is scheme and host. Only a place makes its owner look busy."""
    calendar = new_calendar(PRODID)
    make_subscribable(calendar, title=title, source="", look_again=LOOK_AGAIN)
    entries = [_own_event(one, site_address) for one in registrations if one.event.precision == DatePrecision.DAY] + [
        _own_meeting(one, site_address) for one in meetings
    ]
    return calendar_file(calendar, entries)


def _own_event(registration: Registration, site_address: str) -> CalendarEntry:
    has_place = registration.state == RegistrationState.APPROVED
    entry = event_entry(registration.event, site_address=site_address, is_busy=has_place)
    words = f"{registration_state_name(registration.state)}\n{entry.description}".strip()
    page = reverse("events:ticket", args=[registration.event.slug])
    return replace(entry, description=words, url=site_address.rstrip("/") + page)


def _own_meeting(meeting: Meeting, site_address: str) -> CalendarEntry:
    page = reverse("groups:meeting", args=[meeting.group.slug, meeting.uid])
    return meeting_entry(meeting, name=plain(meeting.group.names), address=site_address.rstrip("/") + page)
