"""Two to four courses side by side. The address holds everything, so that it can be kept and sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.catalogue.queries.course_comparison import ComparedCourse, CourseComparison, find_comparison
from synchromesh.catalogue.queries.freshness import freshness_of
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.catalogue.queries.similar_courses import find_similar_courses
from synchromesh.plumbing.translated_text import in_language
from synchromesh.search.queries import search as search_index

_OFFERED = 8


def compare_courses(request: HttpRequest) -> HttpResponse:
    """The courses named in the address as `course`, and others to add: found by words, else similar ones."""
    today = timezone.localdate()
    found = find_comparison(request.GET.getlist("course"), today=today)
    slugs = [column.course.slug for column in found.columns]
    query = " ".join(request.GET.get("q", "").split())[:200]
    columns = [_column(column, slugs) for column in found.columns]
    context = {
        "comparison": found,
        "columns": columns,
        "skills": [{"compared": row, "cells": list(zip(columns, row.links, strict=True))} for row in found.skills],
        "slugs": slugs,
        "query": query,
        "offered": [] if found.full else _offered(found, slugs, query),
    }
    return render(request, "courses/compare.html", context)


def _column(column: ComparedCourse, slugs: list[str]) -> dict[str, Any]:
    """What the page says of one course, with the address of the comparison without it."""
    course = column.course
    return {
        "compared": column,
        "course": course,
        "next": column.coming[0] if column.coming else None,
        "link": find_link_check(course),
        "freshness": freshness_of(course.last_confirmed_on, today=timezone.localdate()),
        "over": _is_over(column),
        "without": _address(slug for slug in slugs if slug != course.slug),
    }


def _is_over(column: ComparedCourse) -> bool:
    """Whether the course has dates and nobody can join any of them."""
    return bool(column.course.runs.all()) and not column.coming and not column.closed


def _address(slugs: Any) -> str:
    """The query string of a comparison; "?" for an empty one, since an empty `href` would keep the present one."""
    return f"?{urlencode([('course', slug) for slug in slugs])}"


def _offered(found: CourseComparison, slugs: list[str], query: str) -> list[dict[str, str]]:
    """Courses to add, with the address that adds each."""
    if query:
        answer = search_index(query, language=get_language() or "en", kinds=("course",), limit=_OFFERED + len(slugs))
        titles = {hit.slug: (hit.title, hit.language) for hit in answer.hits}
    elif found.columns:
        similar = find_similar_courses(found.columns[0].course, today=timezone.localdate(), limit=_OFFERED)
        titles = {one.course.slug: _title(one.course.titles) for one in similar}
    else:
        return []
    return [
        {"title": title, "language": language, "url": _address([*slugs, slug])}
        for slug, (title, language) in titles.items()
        if slug not in slugs
    ][:_OFFERED]


def _title(titles: dict[str, str]) -> tuple[str, str]:
    chosen = in_language(titles, get_language() or "en")
    return chosen.text, chosen.language
