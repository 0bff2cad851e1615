"""Courses: the list with filters and counts, one course, and the step out to a provider's site."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.operations.course_use import record_course_use
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.course_filter import CourseFilter, filter_query, read_filter
from synchromesh.catalogue.queries.courses import CoursePage, get_course_or_winner, search_courses
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.web.courses.course_rows import course_rows
from synchromesh.web.courses.course_state import course_state
from synchromesh.web.courses.filters import FIRST_GROUPS, FilterWords
from synchromesh.web.courses.learning.course_button import learning_button
from synchromesh.web.kept_pages.public import do_not_keep, public_page
from synchromesh.web.meaning_reasons import list_reasons
from synchromesh.web.visitors import is_reader
from synchromesh.web.wanted.counting import count_search

PAGE_SIZE = 20
LAST_PAGE = 500
"""Pages that can be turned to. Who needs the ten thousandth course chooses filters, and a program takes the export."""


@public_page
def course_list(request: HttpRequest) -> HttpResponse:
    """Courses by words and filters; everything is in the address."""
    wanted = read_filter(dict(request.GET.lists()))
    found, page = _find_page(wanted, request.GET.get("page", ""))
    if wanted.words and not found.total:
        _count_search(request, wanted)
    words = FilterWords(found, wanted)
    groups = words.groups()
    context = {
        "wanted": wanted,
        "found": found,
        "page": page,
        "rows": course_rows(found, list_reasons(found.hits.values())),
        "first_groups": groups[:FIRST_GROUPS],
        "more_groups": groups[FIRST_GROUPS:],
        "more_are_chosen": any(group["chosen"] for group in groups[FIRST_GROUPS:]),
        "chips": words.chips(),
        "relaxed": [] if found.total else words.relaxed(),
        "with_over": f"?{filter_query(replace(wanted, over=True))}",
        "today": timezone.localdate(),
    }
    partly = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = render(request, "courses/_results.html" if partly else "courses/list.html", context)
    if partly:  # the address that a person would write, without the empty fields of the form
        response["HX-Push-Url"] = f"{request.path}?{filter_query(wanted)}".rstrip("?")
    patch_vary_headers(response, ["HX-Request"])
    return do_not_keep(response) if wanted.words and not found.total else response


def _count_search(request: HttpRequest, wanted: CourseFilter) -> None:
    """Count words that found nothing, also in one region; with other filters those may be what finds nothing."""
    places = wanted.chosen.get("region", ())
    if replace(wanted, words="", over=False, chosen={**wanted.chosen, "region": ()}).is_empty and len(places) < 2:
        count_search(request, wanted.words, region="".join(places))


def _find_page(wanted: CourseFilter, number: str) -> tuple[CoursePage, Page[int]]:
    """The courses of a page, the first where it is no number, the last where there are not so many."""
    asked = min(int(number), LAST_PAGE) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    found = _find(wanted, max(asked, 1))
    page = Paginator(range(min(found.total, PAGE_SIZE * LAST_PAGE)), PAGE_SIZE).get_page(max(asked, 1))
    if page.number < asked:
        found = _find(wanted, page.number)
    return found, page


def _find(wanted: CourseFilter, page: int) -> CoursePage:
    return search_courses(
        wanted,
        today=timezone.localdate(),
        language=get_language() or "en",
        limit=PAGE_SIZE,
        offset=PAGE_SIZE * (page - 1),
    )


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
