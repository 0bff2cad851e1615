"""One person's own events: the list, and the calendar that a program reads by a secret address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from synchromesh.community.operations.own_calendars import renew_own_calendar, withdraw_own_calendar
from synchromesh.community.queries.event_people import list_own
from synchromesh.community.queries.own_calendars import (
    find_own_calendar,
    get_calendar_owner,
    list_own_dates,
    list_own_meetings,
)
from synchromesh.web.events.calendar_views import MOST_EVENTS, calendar_answer
from synchromesh.web.events.own_calendar import render_own_calendar
from synchromesh.web.events.reading import organiser_page
from synchromesh.web.people import signed_in

PAGE_SIZE = 25


@organiser_page
def mine(request: HttpRequest) -> HttpResponse:
    """All events for which somebody is registered, and their calendar; a new address is shown once, by this answer."""
    person, address = signed_in(request), ""
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            withdraw_own_calendar(by=person)
            messages.success(request, gettext("The secret address opens nothing any more."))
            return redirect("events:mine")
        key = renew_own_calendar(by=person)
        address = request.build_absolute_uri(reverse("events:own-calendar", args=[key]))
    page = Paginator(list_own(person), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "calendar": find_own_calendar(person), "address": address}
    return render(request, "events/mine.html", context)


@require_safe
def own_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The events and meetings of whoever made this address; no search engine lists it. Raises NotFound."""
    now = timezone.now()
    person = get_calendar_owner(key)
    content = render_own_calendar(
        list_own_dates(person, now=now)[:MOST_EVENTS],
        list_own_meetings(person, now=now)[:MOST_EVENTS],
        site_address=request.build_absolute_uri("/"),
        title=f"{gettext('My events')} – {settings.ALLIANCE_NAME}",
    )
    answer = calendar_answer(request, content, name="my-events.ics", public=False)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
