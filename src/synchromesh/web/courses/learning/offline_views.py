"""A unit as one file that needs no network: text, pictures and sources in one page."""

from __future__ import annotations

from base64 import b64encode

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment, Unit
from synchromesh.learning.queries.media import PICTURES, media_records, read_media
from synchromesh.learning.unit_kinds import get_unit_kind
from synchromesh.web.courses.learning.learner import find_place, learner_page
from synchromesh.web.courses.learning.unit_page import SAVED_OFFLINE
from synchromesh.web.markdown import Surroundings

SHEET = "css/offline.css"


@require_safe
@learner_page
def offline(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The unit as a file to keep. It says when it was saved, and holds nothing of the learner."""
    _, enrolment, found = find_place(request, slug, unit)
    if found.unit.kind not in SAVED_OFFLINE:
        raise NotFound("This unit cannot be saved. Units to read can.")
    content = render_to_string("learn/offline.html", _state(request, enrolment, found.unit))
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug[:80]}-{found.unit.key}.html"'
    return response


def _state(request: HttpRequest, enrolment: Enrolment, unit: Unit) -> dict[str, object]:
    kind = get_unit_kind(unit.kind)
    shown = kind.show(unit.content, language=enrolment.language, links=_pictures(unit, enrolment))
    return {
        "course": enrolment.course,
        "unit": unit,
        "unit_template": f"units/{unit.kind}/unit.html",
        "shown": shown,
        "around": Surroundings(sources=shown.get("source_numbers", {})),
        "language": enrolment.language,
        "look": _look(),
        "saved_on": timezone.localdate(),
        "version": enrolment.version,
        "address": request.build_absolute_uri(request.path.removesuffix("offline/")),
    }


def _pictures(unit: Unit, enrolment: Enrolment) -> dict[str, str]:
    """Pictures of the unit as data: addresses; other files stay on the platform."""
    records = media_records(enrolment.course, get_unit_kind(unit.kind).media_of(unit.content))
    return {
        name: f"data:{media.media_type};base64,{b64encode(read_media(media)).decode()}"
        for name, media in records.items()
        if media.media_type in PICTURES
    }


def _look() -> SafeString:
    """The style sheet, inside the page; it is our own file and closes no element."""
    found = finders.find(SHEET)
    if found:
        with open(found, encoding="utf-8") as file:
            sheet = file.read()
    else:
        with staticfiles_storage.open(SHEET) as file:
            sheet = file.read().decode()
    return format_html("<{0}>{1}</{0}>", "style", mark_safe(sheet))  # noqa: S308 (our own file)
