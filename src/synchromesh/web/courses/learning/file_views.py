"""Files of a course for those who learn or teach in it, and files that somebody handed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synchromesh.assessment.queries.answer_files import get_answer_file, open_answer_file
from synchromesh.engine.errors import NotFound
from synchromesh.learning.queries.media import media_path
from synchromesh.learning.queries.media_readers import get_media_to_read
from synchromesh.web.courses.learning.ranges import send_file
from synchromesh.web.people import signed_in

SHOWN = ("image/", "video/", "audio/", "text/vtt")
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@require_safe
@login_required
def media(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """A file of a course; whatever it is, it runs no script and opens nothing else."""
    found = get_media_to_read(slug, name, visible_to=signed_in(request))
    response = send_file(request, media_path(found), media_type=found.media_type, tag=found.sha256)
    shown = found.media_type.startswith(SHOWN)
    response["Content-Disposition"] = "inline" if shown else f'attachment; filename="{found.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@never_cache
@login_required
def answer_file(request: HttpRequest, slug: str, uid: UUID) -> HttpResponseBase:
    """A file that somebody handed in: saved, never shown, since it comes from a stranger."""
    file = get_answer_file(uid, visible_to=signed_in(request))
    course = file.response.attempt.instrument.bank.course
    if course is None or course.slug != slug:
        raise NotFound("There is no such file.")
    response = FileResponse(
        open_answer_file(file), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
