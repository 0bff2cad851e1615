"""A passport at a glance: one address for everybody, at which each visitor sees what is for them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import NotFound
from synchromesh.passports.queries.lists import find_by_digital_link
from synchromesh.passports.queries.shown_signatures import find_shown_signature
from synchromesh.web.passports.passport_page import secret_of, seen_by, seen_page, visitor_of
from synchromesh.web.passports.shown_passport import other_views, show_passport


@seen_page
def glance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page behind the QR code. Raises NotFound."""
    view = seen_by(request, uid)
    context = {
        "shown": show_passport(view),
        "passport": view,
        "views": other_views(view),
        "signature": find_shown_signature(view),
        "secret": secret_of(request),
    }
    return render(request, "passports/glance.html", context)


@seen_page
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same on one page of paper, with its QR code."""
    view = seen_by(request, uid)
    context = {"shown": show_passport(view), "passport": view, "secret": secret_of(request)}
    return render(request, "passports/print.html", context)


@require_safe
def digital_link(request: HttpRequest, gtin: str, serial: str) -> HttpResponse:
    """Lead from the GS1 Digital Link in a QR code to the passport in the reader's language. Raises NotFound."""
    uid = find_by_digital_link(gtin, serial, visible_to=visitor_of(request))
    if uid is None:
        raise NotFound("There is no passport at this address, or it was not placed on the market yet.")
    response = redirect("passports:glance", uid=uid)
    response["Cache-Control"] = "no-store"
    return response
