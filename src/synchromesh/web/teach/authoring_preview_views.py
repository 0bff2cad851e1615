"""See a draft as a learner will: one unit with the outline beside it; nothing is recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.learning.queries.authored_courses import AuthoredCourse, get_unit_to_edit
from synchromesh.learning.queries.outline import course_outline
from synchromesh.learning.queries.versions import list_remarks
from synchromesh.web.teach.authoring_page import authoring_page, page_of
from synchromesh.web.teach.authoring_preview import preview_state


@require_safe
@authoring_page
def preview(request: HttpRequest, authored: AuthoredCourse, key: str) -> HttpResponse:
    """One unit, in the language that the address asks for."""
    version = authored.shown_version()
    unit = get_unit_to_edit(version, key)
    asked = request.GET.get("language", "")
    language = asked if asked in version.languages else version.source_language
    outline = course_outline(version)
    shown = page_of(authored, "outline") | preview_state(unit, language=language)
    shown |= {
        "outline": outline,
        "languages": version.languages,
        "here_unit": outline.unit(key),
        "before": outline.before(key),
        "after": outline.after(key),
        "remarks": [one for one in list_remarks(version, unit_key=key) if one.settled_at is None],
    }
    return render(request, "teach/authoring/preview.html", shown)
