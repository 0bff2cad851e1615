"""The mapping desk: which courses wait, and one course with its text, the suggestions and the links it has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.operations.mapping_steps import LEVELS
from synchromesh.catalogue.permissions import may_edit_courses_of, may_map_courses
from synchromesh.catalogue.queries.course_mapping import (
    CourseMapping,
    find_course_mapping,
    find_skills_to_add,
    is_due,
)
from synchromesh.catalogue.queries.course_texts import text_languages
from synchromesh.catalogue.queries.courses import get_course
from synchromesh.catalogue.queries.courses_to_map import STATES, list_courses_to_map
from synchromesh.catalogue.queries.mapping_steps import find_last_step
from synchromesh.search.queries import search as search_index
from synchromesh.web.desk.mapping_decisions import decide, step_words
from synchromesh.web.desk.mapping_marks import mark_segments
from synchromesh.web.people import name_people, signed_in

LONGEST_QUERY = 100
_UNDO_WITHIN = timedelta(days=1)  # an older step is found in the list of links, not behind "undo"


@require_safe
@login_required
def mapping_list(request: HttpRequest) -> HttpResponse:
    """Courses that wait, those that nobody has linked first."""
    person = signed_in(request)
    require(may_map_courses(person), "Only editors and managers of a provider, and alliance staff, can map courses.")
    words, state = request.GET.get("q", "").strip()[:LONGEST_QUERY], request.GET.get("state", "")
    slugs = None
    if words:
        hits = search_index(words, language=get_language() or "en", kinds=("course",), limit=1000).hits
        slugs = [hit.slug for hit in hits]
    found = list_courses_to_map(
        visible_to=person,
        today=timezone.localdate(),
        state=state,
        provider=request.GET.get("provider", ""),
        slugs=slugs,
        page=request.GET.get("page"),
    )
    context = {
        "page": found.page,
        "counts": [(name, found.counts[name]) for name in STATES],
        "total": sum(found.counts.values()),
        "state": state if state in STATES else "",
        "words": words,
    }
    return render(request, "desk/mapping_list.html", context)


@login_required
def mapping_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One course; a button decides about one skill, and htmx then gets only the part that changes."""
    person, course = signed_in(request), get_course(slug)
    require(
        may_edit_courses_of(person, course.provider),
        "Only editors and managers of the provider, and alliance staff, can say what this course teaches.",
    )
    asked, own = request.GET.get("language", ""), get_language() or "en"
    language = asked if asked in text_languages(course) else own
    here = f"{request.path}?language={asked}" if language == asked else request.path
    mapping = find_course_mapping(course, language)
    partly = bool(request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"))
    said, skill = "", ""
    if request.method == "POST":
        said, skill = decide(request, person, mapping)
        if not partly:
            messages.success(request, said)
            return redirect(f"{here}#suggestions")
        mapping = find_course_mapping(course, language)
    context = _state(person, mapping) | {
        "said": said,
        "returned": skill,
        "here": here,
        "words": request.GET.get("q", "").strip()[:LONGEST_QUERY],
    }
    context["found"] = find_skills_to_add(course, context["words"], language=own) if context["words"] else []
    response = render(request, "desk/_mapping.html" if partly else "desk/mapping.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _state(person: User, mapping: CourseMapping) -> dict[str, Any]:
    """What both the page and its changing part show."""
    today = timezone.localdate()
    names = name_people((link.confirmed_by for link in mapping.links), reader=person)
    step = find_last_step(mapping.course, by=person, since=timezone.now() - _UNDO_WITHIN)
    return {
        "course": mapping.course,
        "mapping": mapping,
        "segments": mark_segments(mapping.segments, mapping.suggestions),
        "has_outcomes": any(segment.part == "outcome" for segment in mapping.segments),
        "levels": LEVELS,
        "entry_levels": (0, *LEVELS[:-1]),
        "links": [
            {
                "link": link,
                "due": is_due(link, today=today),
                "own": link.confirmed_by == person.public_id,
                "confirmer": names.get(link.confirmed_by, ""),
            }
            for link in mapping.links
        ],
        "step": step,
        "step_words": step_words(step) if step else "",
    }
