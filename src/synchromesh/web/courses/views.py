"""Courses: the list with filters and counts, one course, and the step out to a provider's site."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import BriefOrigin
from synchromesh.catalogue.operations.briefs import record_brief
from synchromesh.catalogue.operations.course_use import record_course_use
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.courses import (
    ORDERS,
    CourseFilter,
    CoursePage,
    get_course_or_winner,
    search_courses,
)
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.search.queries import search as search_index
from synchromesh.web.courses.course_state import course_state
from synchromesh.web.courses.filters import FILTER_GROUPS, FilterWords
from synchromesh.web.visitors import is_reader

PAGE_SIZE = 20


def course_list(request: HttpRequest) -> HttpResponse:
    """Courses by words and filters; everything is in the address."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    wanted, exact = _wanted(request, query)
    today = timezone.localdate()
    found = search_courses(wanted, today=today)
    if query and not found.total and not any(wanted.chosen.values()):
        record_brief(by=VISITOR, origin=BriefOrigin.SEARCH, words=query, language=get_language() or "en")
    words = FilterWords(found, wanted)
    context = {
        "query": query,
        "exact": exact,
        "found": found,
        "page": Paginator(found.courses, PAGE_SIZE).get_page(request.GET.get("page")),
        "groups": words.groups(),
        "chips": words.chips(request.GET),
        "relaxed": _relaxed(found, wanted) if not found.total else [],
        "order": wanted.order,
        "over": wanted.over,
        "today": today,
    }
    partly = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = render(request, "courses/_results.html" if partly else "courses/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wanted(request: HttpRequest, query: str) -> tuple[CourseFilter, bool]:
    chosen = {group: tuple(request.GET.getlist(group))[:20] for group in FILTER_GROUPS}
    order = request.GET.get("order", "")
    slugs, exact = None, True
    if query:
        answer = search_index(query, language=get_language() or "en", kinds=("course",), limit=1000)
        slugs, exact = tuple(hit.slug for hit in answer.hits), answer.exact
    default = "" if query else "title"
    return (
        CourseFilter(
            chosen=chosen, slugs=slugs, over="over" in request.GET, order=order if order in ORDERS else default
        ),
        exact,
    )


def _relaxed(found: CoursePage, wanted: CourseFilter) -> list[dict[str, object]]:
    """For an empty result: how many courses there would be without each filter."""
    return [
        {"group": group, "label": FILTER_GROUPS[group], "total": found.without[group]}
        for group, values in wanted.chosen.items()
        if values and found.without[group]
    ]


def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One course, each fact with its source; what is unknown says so. A merged course leads to the one it is now."""
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:detail", slug=course.slug)
    may_edit = may_edit_courses_of(request.user, course.provider) if isinstance(request.user, User) else False
    if is_reader(request) and not may_edit:
        record_course_use(by=VISITOR, course=course, views=1)
    return render(request, "courses/detail.html", course_state(course) | {"may_map": may_edit})


def course_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Say plainly that the next page belongs to somebody else."""
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:leave", slug=course.slug)
    if not course.url:
        return redirect("courses:detail", slug=course.slug)
    may_edit = may_edit_courses_of(request.user, course.provider) if isinstance(request.user, User) else False
    if is_reader(request) and not may_edit:
        record_course_use(by=VISITOR, course=course, clicks=1)
    return render(request, "courses/leave.html", {"course": course, "link": find_link_check(course)})
