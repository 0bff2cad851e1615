"""The coming dates of courses as a calendar that programs subscribe to (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from icalendar import Event

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.web.calendars import calendar_bytes, calendar_line, make_subscribable, new_calendar
from synchromesh.web.roles.path_words import deadline_words, mark_of, place_words, price_words, time_words, title_of

PRODID = "-//Synchromesh//Courses//EN"
LOOK_AGAIN = timedelta(hours=12)
MOST_RUNS = 500


def render_course_calendar(
    courses: Sequence[Course], *, title: str, source: str, site_address: str, now: datetime
) -> bytes:
    """Return a calendar with an all-day event for each coming dated run, and one for the last day to register.

    `source` is the address of the calendar itself, `site_address` scheme and host, `now` an aware instant. Events keep
    their UID, so that a program that reads it again changes what it has. Nobody is named in it: no organizer, no
    attendee, no e-mail address. At most 500 runs, soonest first.
    """
    calendar = new_calendar(PRODID)
    make_subscribable(calendar, title=title, source=source, look_again=LOOK_AGAIN)
    for event in _events(courses, site_address=site_address, now=now):
        calendar.add_component(event)
    return calendar_bytes(calendar)


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
    if place := calendar_line(place_words(run)):
        event.add("location", place)
    event.add("url", site_address.rstrip("/") + reverse("courses:detail", args=[course.slug]))
    # An offer must not make the reader look busy.
    event.add("transp", "TRANSPARENT")
    return event


def _title(course: Course) -> str:
    mark = mark_of(course.origin)
    return calendar_line(f"{title_of(course).text} [{mark}]" if mark else title_of(course).text)


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
    return "\n".join(filter(None, map(calendar_line, lines)))


def _page_language() -> str:
    return get_language() or "en"
