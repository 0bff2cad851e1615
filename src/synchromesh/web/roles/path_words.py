"""Words about one step of a training path that the printed page and the calendar share, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from synchromesh.catalogue.models import Course, Mode, Run
from synchromesh.framework.models import JobRole, Skill
from synchromesh.plumbing.sources import Origin
from synchromesh.plumbing.translated_text import LocalText
from synchromesh.web.templatetags.page_frame import mode_name
from synchromesh.web.templatetags.synchromesh import day, hours, local, plain, price


def title_of(record: Course | JobRole | Skill) -> LocalText:
    """The title with its language; the slug where no language has one."""
    title = local(record.titles)
    return title if title.text else LocalText(text=record.slug, language="en", is_fallback=True)


def mark_of(origin: str) -> str:
    """The words that must stand beside a record that is not real; empty for a real one."""
    if origin == Origin.EXAMPLE:
        return gettext("Example")
    return gettext("Starter draft") if origin == Origin.STARTER else ""


def price_words(course: Course) -> str:
    """The price, else the source's own words about it, else that it is not stated."""
    return course.price_text if course.price_cents is None and course.price_text else price(course)


def time_words(course: Course) -> str:
    """The workload, else the source's own words about it, else that it is not stated."""
    return course.workload_text if course.minutes is None and course.workload_text else hours(course.minutes)


def place_words(run: Run) -> str:
    """Town and country of a run; for a run without either, "Online" if it is; else empty."""
    country = plain(run.country.names) or run.country.code if run.country else ""
    town = run.place or (run.region.name if run.region else "")
    place = ", ".join(part for part in (town, country) if part)
    return place or (mode_name(run.mode) if run.mode == Mode.ONLINE else "")


def date_words(run: Run | None) -> str:
    """When a run takes place; no run at all means that the course can be started at any time."""
    if run is None:
        return gettext("start at any time")
    if run.starts_on is None:
        return run.dates_text or gettext("date not stated")
    if run.ends_on is None or run.ends_on == run.starts_on:
        return day(run.starts_on)
    return gettext("%(first)s to %(last)s") % {"first": day(run.starts_on), "last": day(run.ends_on)}


def deadline_words(run: Run | None) -> str:
    """By when to register, if the run says so."""
    if run is None or run.deadline_on is None:
        return ""
    return gettext("register by %(day)s") % {"day": day(run.deadline_on)}
