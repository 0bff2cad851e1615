"""The certificate of attendance as PDF: on paper, without a signature that a computer could check."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from synchromesh.community.models import Registration
from synchromesh.community.queries.event_people import shown_name, shown_organisation
from synchromesh.community.queries.event_words import when_words, where_words
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.typed_codes import in_groups
from synchromesh.web.templatetags.synchromesh import local
from synchromesh.web.typst.compiling import compile_pdf


def send_certificate(registration: Registration) -> HttpResponse:
    """The PDF. Raises NotFound for whoever was not noted at the event."""
    if not hasattr(registration, "check_in"):
        raise NotFound("There is a certificate once somebody was noted at the event.")
    today = timezone.localdate()
    content = compile_pdf("attendance.typ", _document(registration), printed_on=today)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{registration.event.slug}-attendance.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _document(registration: Registration) -> dict[str, object]:
    event = registration.event
    title = local(event.titles)
    organiser = event.organiser.name if event.organiser else settings.ALLIANCE_NAME
    return {
        "title": gettext("Certificate of attendance"),
        "alliance": settings.ALLIANCE_NAME,
        "kind": gettext("Certificate of attendance"),
        "language": get_language() or "en",
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "address": settings.SITE_ADDRESS,
        "date": date_format(timezone.localdate(), "DATE_FORMAT"),
        "name": shown_name(registration),
        "organisation": shown_organisation(registration),
        "said": gettext("took part in"),
        "event": {"text": title.text, "language": title.language},
        "facts": [fact for fact in (when_words(event), where_words(event)) if fact],
        "organiser": gettext("Organised by %(name)s") % {"name": organiser},
        "noted": gettext("Noted at the event on %(day)s; number %(code)s.")
        % {"day": date_format(registration.check_in.noted_at, "DATE_FORMAT"), "code": in_groups(registration.code)},
        "notes": [gettext("The organisers say so; this sheet carries no electronic signature.")],
        "replacement_note": gettext("A white square stands for characters that cannot be printed here."),
    }
