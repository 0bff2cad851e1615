"""Events as iCalendar (RFC 5545, RFC 7986): one file for one event, and feeds that programs subscribe to.

An event keeps its UID for good and counts SEQUENCE up, so that a calendar changes what it has. Several days are one
all-day event; times carry the time zone of the place. Nobody is named: no organizer, no attendee, no e-mail address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import get_language, gettext
from icalendar import Event as CalendarEvent

from synchromesh.community.models import DatePrecision, Event, EventState
from synchromesh.community.queries.event_times import zone_of
from synchromesh.community.queries.event_words import when_words, where_words
from synchromesh.web.calendars import calendar_bytes, calendar_line, make_subscribable, new_calendar
from synchromesh.web.templatetags.events import event_kind_name
from synchromesh.web.templatetags.synchromesh import local, plain

PRODID = "-//Synchromesh//Events//EN"
LOOK_AGAIN = timedelta(hours=1)


def render_calendar(
    events: Sequence[Event], *, site_address: str, title: str = "", source: str = "", online: str = ""
) -> bytes:
    """The events whose days are known as a calendar; `site_address` is scheme and host.

    `online` is the address to take part at, for a file of one event that goes to somebody who has a place.
    """
    calendar = new_calendar(PRODID)
    if source:
        make_subscribable(calendar, title=title, source=source, look_again=LOOK_AGAIN)
    for event in events:
        if event.precision == DatePrecision.DAY:
            calendar.add_component(_component(event, site_address=site_address, online=online))
    calendar.add_missing_timezones()
    return calendar_bytes(calendar)


def _component(event: Event, *, site_address: str, online: str) -> CalendarEvent:
    page_language = {"LANGUAGE": get_language() or "en"}
    address = f"{site_address.rstrip('/')}/{page_language['LANGUAGE']}/events/{event.slug}/"
    found = CalendarEvent()
    found.add("uid", str(event.uid))
    found.add("sequence", event.sequence)
    found.add("dtstamp", event.changed_at)
    found.add("created", event.created_at)
    found.add("last-modified", event.changed_at)
    _add_times(found, event)
    title = local(event.titles)
    language = {"LANGUAGE": title.language} if title.is_fallback else page_language
    found.add("summary", calendar_line(title.text), parameters=language)
    found.add("description", _description(event, address, online), parameters=page_language)
    if place := calendar_line(where_words(event)):
        found.add("location", place)
    found.add("categories", [event_kind_name(event.kind)])
    found.add("url", address)
    found.add("status", "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED")
    found.add("transp", "OPAQUE" if online else "TRANSPARENT")  # an offer must not make the reader look busy
    return found


def _add_times(found: CalendarEvent, event: Event) -> None:
    if event.starts_at is not None and event.ends_at is not None and event.starts_on == event.ends_on:
        zone = zone_of(event)
        found.add("dtstart", event.starts_at.astimezone(zone))
        found.add("dtend", event.ends_at.astimezone(zone))
    else:
        found.add("dtstart", event.starts_on)
        # The end of an all-day event is the first day after it (RFC 5545, 3.6.1).
        found.add("dtend", event.ends_on + timedelta(days=1))


def _description(event: Event, address: str, online: str) -> str:
    lines = [
        gettext("Called off") if event.state == EventState.CANCELLED else "",
        plain(event.summaries),
        when_words(event),
        event.organiser.name if event.organiser else "",
        gettext("Register: %(address)s") % {"address": address} if event.takes_registrations else "",
        gettext("Take part online: %(address)s") % {"address": online} if online else "",
    ]
    return "\n".join(filter(None, map(calendar_line, lines)))
