"""Lessons for everybody: the list, one lesson, its versions and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.community.models import Lesson, LessonVersion, Licence
from synchromesh.community.operations.lessons import UNCHANGED_ONLY
from synchromesh.community.permissions import may_edit_lesson
from synchromesh.community.queries.lessons import (
    get_lesson,
    get_lesson_file,
    get_lesson_version,
    list_derived_lessons,
    list_lesson_languages,
    list_lesson_reuses,
    list_lesson_versions,
    list_lessons,
    read_lesson_filter,
)
from synchromesh.community.queries.stored_files import read_file
from synchromesh.framework.queries.concepts import list_topics
from synchromesh.web.community_pages import reader_of, saved_file

PAGE_SIZE = 20


@require_safe
def lesson_list(request: HttpRequest) -> HttpResponse:
    """Published lessons by words, language, level, field and licence."""
    wanted = read_lesson_filter(request.GET.dict())
    context = {
        "wanted": wanted,
        "page": Paginator(list_lessons(wanted), PAGE_SIZE).get_page(request.GET.get("page")),
        "languages": list_lesson_languages(),
        "topics": list_topics(),
        "licences": Licence.values,
        "levels": (0, 1, 2, 3),
    }
    return render(request, "lessons/list.html", context)


@require_safe
def lesson_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One lesson as its newest version says it; a draft for who writes it."""
    lesson = get_lesson(slug, visible_to=reader_of(request))
    versions = list_lesson_versions(lesson)
    return render(
        request, "lessons/detail.html", _context(request, lesson, versions, versions[0] if versions else None)
    )


@require_safe
def lesson_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One lesson as an earlier version said it."""
    lesson = get_lesson(slug, visible_to=reader_of(request))
    version = get_lesson_version(lesson, number)
    return render(request, "lessons/detail.html", _context(request, lesson, list_lesson_versions(lesson), version))


def _context(
    request: HttpRequest, lesson: Lesson, versions: list[LessonVersion], shown: LessonVersion | None
) -> dict[str, Any]:
    return {
        "lesson": lesson,
        "versions": versions,
        "shown": shown,
        "is_newest": bool(versions) and shown == versions[0],
        "reuses": list_lesson_reuses(lesson),
        "derived": list_derived_lessons(lesson),
        "may_edit": may_edit_lesson(reader_of(request), lesson),
        "may_be_changed": shown is not None and shown.licence not in UNCHANGED_ONLY,
    }


@require_safe
def lesson_file(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A file of a lesson, to be saved."""
    reader = reader_of(request)
    file = get_lesson_file(get_lesson(slug, visible_to=reader), uid, visible_to=reader)
    return saved_file(read_file(file.uid), name=file.name, media_type=file.media_type)
