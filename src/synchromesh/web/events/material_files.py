"""Send what is handed out: a file as a download, an address as a redirect."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from synchromesh.community.models import EventMaterial
from synchromesh.community.queries.event_materials import material_place
from synchromesh.engine.errors import NotFound

POLICY = "sandbox; default-src 'none'"


def send_material(material: EventMaterial) -> HttpResponseBase:
    """The bytes of a file, saved and never shown since anything may be in it; or the way to an address."""
    if material.url:
        return HttpResponseRedirect(material.url)
    try:
        file = material_place(material.uid).open("rb")
    except FileNotFoundError:
        raise NotFound("The file is not there any more.") from None
    response = FileResponse(
        file, as_attachment=True, filename=material.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-cache"
    return response
