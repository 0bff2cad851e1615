"""Practices for everybody: the list with filters, as a page and as a table, and one practice."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from synchromesh.community.models import PracticeState
from synchromesh.community.permissions import may_edit_practice, may_review_practice, may_review_practices
from synchromesh.community.queries.practice_exports import practices_csv
from synchromesh.community.queries.practices import (
    PracticeFilter,
    count_practice_values,
    get_practice,
    list_like_practices,
    list_practices,
    list_reuses,
    list_versions,
    read_practice_filter,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.community_pages import reader_of
from synchromesh.web.templatetags.sharing import theme_name
from synchromesh.web.templatetags.synchromesh import plain

PAGE_SIZE = 20
MOST_ROWS = 10_000
_GROUPS: dict[str, Any] = {
    "theme": gettext_lazy("What it is about"),
    "field": gettext_lazy("Field"),
    "country": gettext_lazy("Country"),
}


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Practices by words and filters; `?format=csv` gives them as a table that can be read in again."""
    wanted = read_practice_filter(dict(request.GET.lists()))
    language = get_language() or "en"
    found = list_practices(wanted, language=language)
    if "format" in request.GET:
        return _table(request.GET["format"], found.prefetch_related("topics", "skill_links__skill"), language)
    context = {
        "wanted": wanted,
        "page": Paginator(found.prefetch_related("topics"), PAGE_SIZE).get_page(request.GET.get("page")),
        "groups": _groups(wanted),
        "may_review": may_review_practices(reader_of(request)),
    }
    return render(request, "practices/list.html", context)


def _table(format_: str, found: Any, language: str) -> HttpResponse:
    if format_ != "csv":
        raise InvalidInput("This list is there as csv.", field="format")
    response = HttpResponse(practices_csv(found[:MOST_ROWS], language=language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="practices.csv"'
    return response


def _groups(wanted: PracticeFilter) -> list[dict[str, Any]]:
    counts = count_practice_values()
    return [
        {
            "name": group,
            "title": title,
            "options": [
                {
                    "value": one.value,
                    "label": plain(one.names) if one.names else theme_name(one.value),
                    "count": one.count,
                    "checked": one.value in wanted.chosen.get(group, ()),
                }
                for one in counts[group]
            ],
        }
        for group, title in _GROUPS.items()
    ]


@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice with its versions, who did it too, and others that are like it."""
    reader = reader_of(request)
    practice = get_practice(slug, visible_to=reader)
    context = {
        "practice": practice,
        "versions": list_versions(practice),
        "reuses": list_reuses(practice),
        "like": list_like_practices(practice) if practice.state == PracticeState.PUBLISHED else [],
        "may_edit": may_edit_practice(reader, practice),
        "may_review": practice.state == PracticeState.SUBMITTED and may_review_practice(reader, practice),
    }
    return render(request, "practices/detail.html", context)
