"""The door: who is expected, who is there. It works with a form, with a scanner, and without a network."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event
from synchromesh.community.operations.event_check_in import (
    NotedArrival,
    code_of,
    record_arrival,
    record_arrivals,
    undo_arrival,
)
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_lists import get_event
from synchromesh.community.queries.event_people import list_expected, shown_name
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.events.editing_views import ONLY_ORGANISERS
from synchromesh.web.events.reading import organiser_page
from synchromesh.web.people import signed_in

WORKER = Path(__file__).resolve().parents[1] / "static" / "js" / "door_worker.js"
MOST_BYTES = 200_000


@organiser_page
def check_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who is expected, with a field for the code; `?code=` is what a phone reads from a ticket."""
    person = signed_in(request)
    event = get_event(slug, visible_to=person)
    require(may_organise(person, event), ONLY_ORGANISERS)
    wrong = ""
    if request.method == "POST":
        try:
            messages.success(request, _noted(request, event))
            return redirect("events:check-in", slug=slug)
        except (NotFound, Conflict) as error:
            wrong = sentence_of(error)
    expected = list_expected(event, visible_to=person)
    context = {
        "event": event,
        "expected": expected,
        "arrived": sum(one.is_here for one in expected),
        "code": request.POST.get("code", "") or code_of(request.GET.get("code", "")),
        "wrong": wrong,
    }
    return render(request, "events/check_in.html", context, status=422 if wrong else 200)


def _noted(request: HttpRequest, event: Event) -> str:
    person = signed_in(request)
    if undone := request.POST.get("undo"):
        undo_arrival(by=person, event=event, code=code_of(undone))
        return gettext("Taken back.")
    code = code_of(request.POST.get("here") or request.POST.get("code", ""))
    return gettext("%(name)s is here.") % {"name": shown_name(record_arrival(by=person, event=event, code=code))}


@require_POST
@never_cache
@login_required
def sync(request: HttpRequest, slug: str) -> HttpResponse:
    """What a device noted without a network, as JSON; the answer says of each what became of it."""
    person = signed_in(request)
    event = get_event(slug, visible_to=person)
    require(may_organise(person, event), ONLY_ORGANISERS)
    try:
        arrivals = _read(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidInput("Send a list of arrivals: uid, code and noted_at of each.", field="arrivals") from None
    stored = record_arrivals(by=person, event=event, arrivals=arrivals)
    rows = [{"uid": str(one.uid), "outcome": one.outcome, "name": one.name, "why": one.why} for one in stored]
    return JsonResponse({"arrivals": rows})


def _read(request: HttpRequest) -> list[NotedArrival]:
    if len(request.body) > MOST_BYTES:
        raise ValueError("too long")
    found = []
    for row in json.loads(request.body)["arrivals"]:
        noted_at = datetime.fromisoformat(str(row["noted_at"]))
        aware = noted_at if timezone.is_aware(noted_at) else timezone.make_aware(noted_at)
        found.append(NotedArrival(uid=UUID(row["uid"]), code=str(row["code"])[:300], noted_at=aware))
    return found


@require_safe
def worker(request: HttpRequest, slug: str) -> HttpResponse:
    """The program that keeps the page of the door on the device. It holds nothing about the event or anybody."""
    page = reverse("events:check-in", args=[slug])
    kept = [static(name) for name in ("css/synchromesh.css", "css/events.css", "js/synchromesh.js", "js/door.js")]
    kept.append(static("django_htmx/htmx-2.min.js"))
    program = WORKER.read_text(encoding="utf-8")
    said = json.dumps({"page": page, "kept": kept})
    response = HttpResponse(f"const DOOR = {said};\n{program}", content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
