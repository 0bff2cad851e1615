"""Events as iCalendar (RFC 5545, RFC 7986): one file for one event, and feeds that programs subscribe to.

An event keeps its UID for good and counts SEQUENCE up, so that a calendar changes what it has. Several days are one
all-day event; times carry the time zone of the place. Nobody is named: no organizer, no attendee, no e-mail address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from synchromesh.community.models import DatePrecision, Event, EventState
from synchromesh.community.queries.event_words import when_words, where_words
from synchromesh.web.calendars import CalendarEntry, calendar_file, calendar_line, make_subscribable, new_calendar
from synchromesh.web.templatetags.events import event_kind_name
from synchromesh.web.templatetags.synchromesh import local, plain

PRODID = "-//Synchromesh//Events//EN"
LOOK_AGAIN = timedelta(hours=1)
_COLUMNS = (
    "uid", "slug", "sequence", "created_at", "changed_at", "state", "kind", "titles", "summaries", "precision",
    "starts_on", "ends_on", "starts_at", "ends_at", "zone", "mode", "place", "takes_registrations",
    "organiser__name", "country__code", "country__names",
)  # fmt: skip
"""What a calendar says of an event, and nothing else of it."""


def calendar_events(events: QuerySet[Event]) -> QuerySet[Event]:
    """The same events with the columns that a calendar needs."""
    return events.filter(precision=DatePrecision.DAY).only(*_COLUMNS)


def render_calendar(
    events: Sequence[Event], *, site_address: str, title: str = "", source: str = "", online: str = ""
) -> bytes:
    """The events whose days are known as a calendar; `site_address` is scheme and host.

    `online` is the address to take part at, for a file of one event that goes to somebody who has a place.
    """
    calendar = new_calendar(PRODID)
    if source:
        make_subscribable(calendar, title=title, source=source, look_again=LOOK_AGAIN)
    known = [event for event in events if event.precision == DatePrecision.DAY]
    return calendar_file(
        calendar,
        [event_entry(event, site_address=site_address, online=online, is_busy=bool(online)) for event in known],
    )


def event_entry(event: Event, *, site_address: str, online: str = "", is_busy: bool = False) -> CalendarEntry:
    """What a calendar says of an event. An offer must not make the reader look busy; what they go to does."""
    language = get_language() or "en"
    address = f"{site_address.rstrip('/')}/{language}/events/{event.slug}/"
    start, end, zone = _times(event)
    title = local(event.titles)
    return CalendarEntry(
        uid=str(event.uid),
        sequence=event.sequence,
        changed_at=event.changed_at,
        created_at=event.created_at,
        start=start,
        end=end,
        zone=zone,
        language=language,
        summary=calendar_line(title.text),
        summary_language=title.language if title.is_fallback else language,
        description=_description(event, address, online),
        location=calendar_line(where_words(event)),
        category=event_kind_name(event.kind),
        url=address,
        is_cancelled=event.state == EventState.CANCELLED,
        is_busy=is_busy,
    )


def _times(event: Event) -> tuple[date, date, str]:
    if event.starts_at is not None and event.ends_at is not None and event.starts_on == event.ends_on:
        return event.starts_at, event.ends_at, event.zone
    return event.starts_on, event.ends_on + timedelta(days=1), ""


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
