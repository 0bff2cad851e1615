"""Events as a list, a month and a map, and the page of one event."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from synchromesh.community.models import Event
from synchromesh.community.permissions import may_add_event, may_organise
from synchromesh.community.queries.event_lists import event_query, get_event, list_events, without_dates
from synchromesh.community.queries.event_materials import list_materials
from synchromesh.community.queries.event_people import find_own
from synchromesh.community.queries.event_programme import list_programme
from synchromesh.community.queries.event_seats import count_seats, why_closed
from synchromesh.community.queries.event_values import count_by_country, find_event_values
from synchromesh.web.events.event_map import draw_events
from synchromesh.web.events.reading import list_context, reader_of, wanted_of

PAGE_SIZE = 25
MOST_IN_A_MONTH = 300


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What comes, soonest first; filters, and links to the other views and the calendar."""
    reader, today, wanted = reader_of(request), timezone.localdate(), wanted_of(request)
    values = find_event_values(visible_to=reader, today=today)
    page = Paginator(list_events(wanted, visible_to=reader, today=today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = list_context(wanted, values, "list") | {"page": page, "may_add": may_add_event(reader, None)}
    return _answer(request, "events/list.html", context)


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """One month as a table of weeks; an event stands in every day that it takes."""
    reader, today, wanted = reader_of(request), timezone.localdate(), wanted_of(request)
    first = _month_of(request, today)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found = list_events(replace(without_dates(wanted), since=first, until=last), visible_to=reader, today=today).filter(
        precision="day"
    )[:MOST_IN_A_MONTH]
    values = find_event_values(visible_to=reader, today=today)
    query = event_query(wanted)
    context = list_context(wanted, values, "month") | {
        "first": first,
        "weeks": _weeks(first, list(found), today),
        "count": len(found),
        "week_days": [(WEEKDAYS_ABBR[place], WEEKDAYS[place]) for place in range(7)],
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + timedelta(days=1)).strftime("%Y-%m"),
        "tail": f"&{query}" if query else "",
    }
    return _answer(request, "events/month.html", context)


@require_safe
def event_map(request: HttpRequest) -> HttpResponse:
    """How many events each country has, as tiles and as a table; each leads to its list."""
    reader, today, wanted = reader_of(request), timezone.localdate(), wanted_of(request)
    values = find_event_values(visible_to=reader, today=today)
    counts = count_by_country(wanted, visible_to=reader, today=today)
    query = event_query(replace(wanted, country=""))
    tail = f"&{query}" if query else ""
    rows = sorted(((code, names, counts.get(code, 0)) for code, names in values.countries), key=_most_first)
    context = list_context(wanted, values, "map") | {
        "tiles": draw_events(rows, tail=tail),
        "rows": rows,
        "tail": tail,
    }
    return _answer(request, "events/map.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when, where, what, and how to take part."""
    reader = reader_of(request)
    event = get_event(slug, visible_to=reader)
    may_change = may_organise(reader, event)
    own = find_own(event, reader)
    context = {
        "event": event,
        "own": own,
        "programme": list_programme(event),
        "materials": list_materials(event, visible_to=reader),
        "closed": why_closed(event, now=timezone.now()),
        "seats": count_seats(event) if event.takes_registrations else None,
        "may_organise": may_change,
        "may_see_online": may_change or (own is not None and own.state == "approved"),
    }
    return render(request, "events/detail.html", context)


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, template, context)
    patch_vary_headers(response, ["Cookie"])
    return response


def _month_of(request: HttpRequest, today: date) -> date:
    """The month in the address, else this one."""
    try:
        year, number = (int(part) for part in request.GET.get("month", "").split("-"))
        return date(min(max(year, 1990), 2200), number, 1)
    except ValueError:
        return today.replace(day=1)


def _weeks(first: date, events: list[Event], today: date) -> list[list[dict[str, object]]]:
    """The days of a month week by week, from Monday; days of other months are None."""
    return [
        [
            {
                "day": day if day.month == first.month else None,
                "is_today": day == today,
                "events": [
                    event for event in events if day.month == first.month and event.starts_on <= day <= event.ends_on
                ],
            }
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def _most_first(row: tuple[str, object, int]) -> tuple[int, str]:
    return -row[2], row[0]
