"""When and where an event is, in the language in use: pages, mails and calendars say the same."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from synchromesh.community.models import DatePrecision, Event, EventMode
from synchromesh.community.queries.event_times import zone_of
from synchromesh.plumbing.translated_text import in_language


def when_words(event: Event) -> str:
    """The dates, as exactly as they are known; times with their time zone."""
    if event.precision == DatePrecision.YEAR:
        return str(event.starts_on.year)
    if event.precision == DatePrecision.MONTH:
        return date_format(event.starts_on, "YEAR_MONTH_FORMAT")
    first = date_format(event.starts_on, "DATE_FORMAT")
    last = date_format(event.ends_on, "DATE_FORMAT")
    days = (
        first if event.starts_on == event.ends_on else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    )
    if event.starts_at is None or event.ends_at is None:
        return days
    zone = zone_of(event)
    begins, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    times = {
        "days": days,
        "begins": date_format(begins, "TIME_FORMAT"),
        "ends": date_format(ends, "TIME_FORMAT"),
        "zone": event.zone,
    }
    return gettext("%(days)s, %(begins)s to %(ends)s (%(zone)s)") % times


def where_words(event: Event) -> str:
    """The place, the country, and whether one can take part online; empty where none of it is known."""
    country = in_language(event.country.names, get_language() or "en").text if event.country else ""
    place = event.place if country.casefold() in event.place.casefold() else f"{event.place}, {country}".strip(", ")
    online = {
        EventMode.ONLINE.value: gettext("online"),
        EventMode.BLENDED.value: gettext("also online"),
    }.get(event.mode, "")
    if place.casefold() in {"online", "hybrid", online}:
        place = ""
    return " · ".join(filter(None, [place or country, online]))
