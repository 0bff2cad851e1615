"""A passport as files: its QR code, and exports of what a visitor may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import fields
from synchromesh.passports.queries.exports import FORMATS, get_export, get_qr_svg
from synchromesh.passports.queries.shown_signatures import find_shown_signature
from synchromesh.web.passports.passport_page import secret_of, seen_by, seen_page, visitor_of


@seen_page
def code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The QR code as SVG. Raises NotFound."""
    drawing = get_qr_svg(uid, visible_to=visitor_of(request), secret=secret_of(request))
    return HttpResponse(drawing, content_type="image/svg+xml")


@seen_page
def files(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The formats to choose from, and what they hold."""
    view = seen_by(request, uid)
    hidden = sum(len(category.hidden) for category in view.categories)
    signed = find_shown_signature(view) is not None
    formats = [one for one in FORMATS.values() if signed or not one.is_signed]
    context = {"passport": view, "formats": formats, "hidden": hidden, "secret": secret_of(request)}
    return render(request, "passports/files.html", context)


@seen_page
def export(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One file, cut to what the visitor may see. Raises NotFound."""
    file = get_export(uid, name, visible_to=visitor_of(request), secret=secret_of(request))
    response = HttpResponse(file.data, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@require_safe
def field_word(request: HttpRequest, key: str) -> HttpResponse:
    """Lead from the address of a field in JSON-LD to its explanation in the reader's language. Raises NotFound."""
    if key not in fields():
        raise NotFound("The field list has no field of this name.")
    response = redirect(f"{reverse('passports:matrix')}#field-{key}")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
