"""Calendars: any filter of the list to subscribe to, and the file of one event."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import RegistrationState
from synchromesh.community.queries.event_lists import event_query, get_event, list_events
from synchromesh.community.queries.event_people import find_own
from synchromesh.community.queries.event_values import find_event_values
from synchromesh.web.events.calendar_files import calendar_events, render_calendar
from synchromesh.web.events.reading import filter_title, reader_of, wanted_of

MOST_EVENTS = 200
KEPT_SECONDS = 15 * 60


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The public events of a filter, what is coming and no drafts; who is signed in sees no more: programs are not."""
    today, wanted = timezone.localdate(), wanted_of(request)
    found = calendar_events(list_events(wanted, visible_to=VISITOR, today=today))[:MOST_EVENTS]
    query = event_query(wanted)
    title = filter_title(wanted, find_event_values(visible_to=VISITOR, today=today))
    content = render_calendar(
        list(found),
        site_address=request.build_absolute_uri("/"),
        title=f"{title} – {settings.ALLIANCE_NAME}",
        source=request.build_absolute_uri(f"{request.path}?{query}" if query else request.path),
    )
    return calendar_answer(request, content, name="events.ics", public=True)


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar; with the address to take part at for whoever has a place."""
    reader = reader_of(request)
    event = get_event(slug, visible_to=reader)
    own = find_own(event, reader)
    has_place = own is not None and own.state == RegistrationState.APPROVED
    online = event.online_url if has_place else ""
    content = render_calendar([event], site_address=request.build_absolute_uri("/"), online=online)
    return calendar_answer(request, content, name=f"{event.slug}.ics", public=False)


def calendar_answer(request: HttpRequest, content: bytes, *, name: str, public: bool) -> HttpResponse:
    """The calendar, or 304 to a program that has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = f'{"inline" if public else "attachment"}; filename="{name}"'
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if public else "private, no-cache"
    if not public:
        patch_vary_headers(response, ["Cookie"])
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response
