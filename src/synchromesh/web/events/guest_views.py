"""Guests by the key of their mail: confirm the address, then the same ticket as for people with an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.community.models import EventGuest
from synchromesh.community.operations.event_guests import confirm_guest, delete_guest
from synchromesh.community.queries.event_guests import find_guest
from synchromesh.community.queries.event_materials import get_material
from synchromesh.community.queries.event_people import find_own, get_own
from synchromesh.community.queries.event_seats import why_closed
from synchromesh.web.events.certificates import send_certificate
from synchromesh.web.events.material_files import send_material
from synchromesh.web.events.tickets import act_on_ticket, ticket_context


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, key: str) -> HttpResponse:
    """Before: a button that confirms, since programs open addresses in mails. After: the ticket. Raises NotFound."""
    found = find_guest(key)
    own = find_own(found.event, found)
    if request.method == "POST" and request.POST.get("do") in {"confirm", "delete"}:
        return _confirm_or_delete(request, found, key)
    if own is None or own.state == "withdrawn":
        return _keep_private(render(request, "events/confirm.html", _confirm_context(found, key)))
    form = None
    if request.method == "POST":
        form = act_on_ticket(request, by=found, registration=own)
        if form is None:
            return redirect("events:guest", key=key)
    context = ticket_context(request, by=found, registration=own, feedback=form) | {"guest": found, "key": key}
    return _keep_private(render(request, "events/ticket.html", context, status=422 if form else 200))


def _confirm_context(found: EventGuest, key: str) -> dict[str, object]:
    return {"event": found.event, "guest": found, "key": key, "closed": why_closed(found.event, now=timezone.now())}


def _confirm_or_delete(request: HttpRequest, found: EventGuest, key: str) -> HttpResponse:
    if request.POST["do"] == "confirm":
        confirm_guest(by=found, key=key)
        return redirect("events:guest", key=key)
    delete_guest(by=found, guest=found)
    messages.success(request, gettext("Your data are deleted."))
    return redirect("events:detail", slug=found.event.slug)


@never_cache
@require_safe
def guest_certificate(request: HttpRequest, key: str) -> HttpResponse:
    """The certificate of attendance of a guest who was there. Raises NotFound."""
    found = find_guest(key)
    return send_certificate(get_own(found.event, found))


@never_cache
@require_safe
def guest_material(request: HttpRequest, key: str, uid: UUID) -> HttpResponseBase:
    """Something that is handed out, for a guest who has a place. Raises NotFound."""
    found = find_guest(key)
    return send_material(get_material(found.event, uid, visible_to=found))


def _keep_private(response: HttpResponse) -> HttpResponse:
    """The address holds a key: it goes to no other site and into no index."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
