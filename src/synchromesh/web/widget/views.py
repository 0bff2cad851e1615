"""A small list of courses that any site may embed in a frame, without a script, a cookie or an account."""

from __future__ import annotations

from dataclasses import replace

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from synchromesh.catalogue.queries.course_filter import CourseFilter, filter_query, read_filter
from synchromesh.catalogue.queries.courses import search_courses
from synchromesh.web.courses.filter_title import filter_title

MOST_COURSES = 5
KEPT_SECONDS = 15 * 60
THEMES = ("light", "dark")
_CODE = '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"></iframe>'


@require_safe
@csp_replace({"frame-ancestors": ["*"]})  # this page alone may stand in frames: nothing can be done on it
@xframe_options_exempt
@cache_control(public=True, max_age=KEPT_SECONDS)
def course_widget(request: HttpRequest) -> HttpResponse:
    """The first five courses of a filter, and the way to all of them.

    `theme` says how it looks, "light" or "dark"; without it, as the reader's device does. It reads no cookie and no
    session, so that it is the same for everybody.
    """
    wanted = _wanted(request)
    found = search_courses(wanted, today=timezone.localdate(), language=get_language() or "en", limit=MOST_COURSES)
    theme = request.GET.get("theme", "")
    context = {
        "found": found,
        "heading": _heading(wanted),
        "query": filter_query(wanted),
        "today": timezone.localdate(),
        "theme": theme if theme in THEMES else "",
    }
    return render(request, "widget/courses.html", context)


@require_safe
def embedding_code(request: HttpRequest) -> HttpResponse:
    """The code that puts the courses of a filter on another site; the filter is in the address, as in the list."""
    wanted = _wanted(request)
    query = filter_query(wanted)
    title = _heading(wanted)
    path = reverse("widget:courses")
    address = request.build_absolute_uri(f"{path}?{query}" if query else path)
    context = {"filter_title": filter_title(wanted), "query": query, "code": format_html(_CODE, address, title)}
    return render(request, "widget/code.html", context)


def _heading(wanted: CourseFilter) -> str:
    """What the list is, for readers of another site."""
    title = filter_title(wanted)
    return title if wanted.is_empty else gettext("Courses: %(filter)s") % {"filter": title}


def _wanted(request: HttpRequest) -> CourseFilter:
    """The filter of the address. Where the list would come by title, the soonest courses come first: there are five."""
    wanted = read_filter(dict(request.GET.lists()))
    return wanted if wanted.words or wanted.order else replace(wanted, order="soonest")
