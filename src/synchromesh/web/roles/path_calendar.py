"""The dated runs of a training path as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext
from icalendar import Event

from synchromesh.catalogue.models import Run
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.queries.paths import PathStep, TrainingPath
from synchromesh.web.calendars import calendar_bytes, new_calendar
from synchromesh.web.plain_lines import one_line
from synchromesh.web.roles.path_words import deadline_words, mark_of, place_words, price_words, time_words, title_of

PRODID = "-//Synchromesh//Training path//EN"


def render_path_calendar(path: TrainingPath, *, site_address: str, stamp: datetime) -> bytes:
    """Return a calendar with one all-day event for each step whose next run has a date.

    `site_address` is scheme and host, `stamp` an aware instant, the time of making (DTSTAMP). An event keeps its UID,
    the uid of the run, so that a newer file replaces it. Nobody is named in it: no organizer and no attendee.

    Raises NotFound when no step has a date, since a calendar without a component is not valid (RFC 5545, 3.4).
    """
    calendar = new_calendar(PRODID)
    role = title_of(path.gap.role).text
    calendar.add("x-wr-calname", one_line(gettext("Training path: %(role)s") % {"role": role}))
    dated = [(step, step.next_run) for step in path.steps if step.next_run is not None and step.next_run.starts_on]
    if not dated:
        raise NotFound("No course of this path has a fixed date, so there is nothing for a calendar.")
    for step, run in dated:
        calendar.add_component(_event(path, step, run, site_address=site_address, stamp=stamp))
    return calendar_bytes(calendar)


def _event(path: TrainingPath, step: PathStep, run: Run, *, site_address: str, stamp: datetime) -> Event:
    title = title_of(step.course)
    mark = mark_of(step.course.origin)
    language = {"LANGUAGE": title.language if title.is_fallback else _page_language()}
    event = Event()
    event.add("uid", str(run.uid))
    event.add("dtstamp", stamp)
    if run.starts_on is not None:
        event.add("dtstart", run.starts_on)
        # The end of an all-day event is the first day after it (RFC 5545, 3.6.1).
        event.add("dtend", (run.ends_on or run.starts_on) + timedelta(days=1))
    event.add("summary", one_line(f"{title.text} [{mark}]" if mark else title.text), parameters=language)
    event.add("description", _description(path, step, run), parameters={"LANGUAGE": _page_language()})
    if place := one_line(place_words(run)):
        event.add("location", place)
    event.add("url", site_address.rstrip("/") + reverse("courses:detail", args=[step.course.slug]))
    # A course is a plan until the person has registered with the provider: it must not make them look busy.
    event.add("transp", "TRANSPARENT")
    return event


def _description(path: TrainingPath, step: PathStep, run: Run) -> str:
    course = step.course
    deadline = deadline_words(run)
    lines = [
        gettext("Course %(number)s of %(count)s on the way to: %(role)s")
        % {"number": step.number, "count": len(path.steps), "role": title_of(path.gap.role).text},
        course.provider.name if course.provider else "",
        f"{price_words(course)}, {time_words(course)}",
        deadline[:1].upper() + deadline[1:],
        gettext("Check the dates with the provider before you travel."),
    ]
    return "\n".join(filter(None, map(one_line, lines)))


def _page_language() -> str:
    return get_language() or "en"
