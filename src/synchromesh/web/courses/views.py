"""Courses: the list with filters and counts, one course, and the step out to a provider's site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.operations.course_use import record_course_use
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.web.courses.course_state import course_state
from synchromesh.web.courses.learning.course_button import learning_button
from synchromesh.web.courses.list_results import list_results
from synchromesh.web.kept_pages.public import do_not_keep, public_page
from synchromesh.web.visitors import is_reader


@public_page
def course_list(request: HttpRequest) -> HttpResponse:
    """Courses by words and filters; everything is in the address."""
    results = list_results(request)
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        response = HttpResponse(results.shown)
        # The address that a person would write, without the empty fields of the form.
        response["HX-Push-Url"] = f"{request.path}?{results.query}".rstrip("?")
    else:
        response = render(request, "courses/list.html", {"results": results})
    patch_vary_headers(response, ["HX-Request"])
    return do_not_keep(response) if results.counted else response


def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One course, each fact with its source; what is unknown says so. A merged course leads to the one it is now."""
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:detail", slug=course.slug)
    may_edit = may_edit_courses_of(request.user, course.provider) if isinstance(request.user, User) else False
    if is_reader(request) and not may_edit:
        record_course_use(by=VISITOR, course=course, views=1)
    more = {"may_map": may_edit, "learning": learning_button(course, request.user)}
    return render(request, "courses/detail.html", course_state(course) | more)


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
