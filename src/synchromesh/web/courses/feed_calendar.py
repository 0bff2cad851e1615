"""The coming dates of courses as a calendar that programs subscribe to (RFC 5545, RFC 7986)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.web.plain_lines import one_line
from synchromesh.web.roles.path_words import deadline_words, mark_of, place_words, price_words, time_words, title_of

PRODID = "-//Synchromesh//Courses//EN"
LOOK_AGAIN = timedelta(hours=12)
MOST_RUNS = 500
_MAIL_ADDRESS = re.compile(r"\S+@\S+")


def render_course_calendar(
    courses: Sequence[Course], *, title: str, source: str, site_address: str, now: datetime
) -> bytes:
    """Return a calendar with an all-day event for each coming dated run, and one for the last day to register.

    `source` is the address of the calendar itself, `site_address` scheme and host, `now` an aware instant. Events keep
    their UID, so that a program that reads it again changes what it has. Nobody is named in it: no organizer, no
    attendee, no e-mail address. At most 500 runs, soonest first.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # the standard one, and the one that programs read
        calendar[name] = vText(one_line(title))  # `add` leaves the text of NAME without its escapes
    calendar.add("source", source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in _events(courses, site_address=site_address, now=now):
        calendar.add_component(event)
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    return bytes(calendar.to_ical())


def _events(courses: Sequence[Course], *, site_address: str, now: datetime) -> Iterator[Event]:
    today = timezone.localdate(now)
    dated = [
        (run.starts_on, course, run)
        for course in courses
        for run in upcoming_runs(course.runs.all(), today=today)
        if run.starts_on is not None
    ]
    dated.sort(key=lambda found: (found[0], found[2].pk))
    for starts_on, course, run in dated[:MOST_RUNS]:
        # The end of an all-day event is the first day after it (RFC 5545, 3.6.1).
        after = (run.ends_on or starts_on) + timedelta(days=1)
        event = _event(course, run, first=starts_on, after=after, site_address=site_address, now=now)
        event.add("uid", str(run.uid))
        event.add("summary", _title(course), parameters=_language_of(course))
        yield event
        if run.deadline_on is not None and run.deadline_on < starts_on:
            after = run.deadline_on + timedelta(days=1)
            event = _event(course, run, first=run.deadline_on, after=after, site_address=site_address, now=now)
            event.add("uid", f"{run.uid}-deadline")
            words = gettext("Last day to register: %(course)s") % {"course": _title(course)}
            event.add("summary", words, parameters={"LANGUAGE": _page_language()})
            yield event


def _event(course: Course, run: Run, *, first: date, after: date, site_address: str, now: datetime) -> Event:
    event = Event()
    event.add("dtstamp", now)
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("description", _description(course, run), parameters={"LANGUAGE": _page_language()})
    if place := _line(place_words(run)):
        event.add("location", place)
    event.add("url", site_address.rstrip("/") + reverse("courses:detail", args=[course.slug]))
    # An offer must not make the reader look busy.
    event.add("transp", "TRANSPARENT")
    return event


def _title(course: Course) -> str:
    mark = mark_of(course.origin)
    return _line(f"{title_of(course).text} [{mark}]" if mark else title_of(course).text)


def _language_of(course: Course) -> dict[str, str]:
    title = title_of(course)
    return {"LANGUAGE": title.language if title.is_fallback else _page_language()}


def _description(course: Course, run: Run) -> str:
    deadline = deadline_words(run)
    lines = [
        course.provider.name if course.provider else "",
        f"{price_words(course)}, {time_words(course)}",
        deadline[:1].upper() + deadline[1:],
        gettext("Check the dates with the provider before you travel."),
    ]
    return "\n".join(filter(None, map(_line, lines)))


def _line(text: str) -> str:
    """One line without the e-mail addresses that some sources put into a place or a price."""
    return " ".join(_MAIL_ADDRESS.sub("", one_line(text)).split())


def _utc() -> Timezone:
    """A calendar must have a component (RFC 5545, 3.6); one without dates has this, so that it stays subscribed to."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (local time, as the standard wants it)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone


def _page_language() -> str:
    return get_language() or "en"
