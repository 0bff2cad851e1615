"""Home and search: one field over roles, skills, courses and organisations, and four doors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.catalogue.queries.course_counts import count_courses
from synchromesh.framework.models import JobRole
from synchromesh.framework.queries.concepts import list_roles, list_topics
from synchromesh.web.home.results import Results, find_results
from synchromesh.web.kept_pages.fragments import kept_fragment
from synchromesh.web.kept_pages.public import do_not_keep, public_page
from synchromesh.web.search_kinds import SEARCH_KINDS
from synchromesh.web.wanted.counting import count_search

PER_KIND = 5
ON_ONE_KIND = 50
ROLES_ON_HOME = 8


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The search field, the doors, and a few roles to start from."""
    return render(request, "home/home.html", {"shown": kept_fragment(request, "home/_content.html", _home_context)})


def _home_context() -> dict[str, Any]:
    roles = list_roles()
    counts = count_courses(today=timezone.localdate())
    return {
        "topics": list_topics(),
        "roles": choose_roles(roles, courses=counts.by_role),
        "role_total": len(roles),
        "course_counts": counts,
    }


def choose_roles(roles: Sequence[JobRole], *, courses: Mapping[str, int]) -> list[JobRole]:
    """Pick at most eight roles to start from, in the order given: the one with most courses of each family.

    One of each family shows how wide the work is; the number of courses, by slug, decides so that whoever picks one
    finds a way to it. Families whose role has most courses go first; a role without family stands for itself.
    """
    ranked = sorted(roles, key=lambda role: (-courses.get(role.slug, 0), role.slug))
    first_of: dict[str, JobRole] = {}
    for role in ranked:
        first_of.setdefault(f"family {role.family_id}" if role.family_id else f"role {role.pk}", role)
    chosen = {role.pk for role in list(first_of.values())[:ROLES_ON_HOME]}
    return [role for role in roles if role.pk in chosen]


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind; one kind alone when asked. A search without result is counted as a wish."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in SEARCH_KINDS else tuple(SEARCH_KINDS)
    language = get_language() or "en"
    limit = ON_ONE_KIND if len(kinds) == 1 else PER_KIND
    found = find_results(query, language=language, kinds=kinds, limit=limit) if query else Results()
    if query and not found.total:
        count_search(request, query)
    context = {
        "query": query,
        "kind": kind if kind in SEARCH_KINDS else "",
        "found": found,
        "topics": [] if found.total else list_topics(),
    }
    response = render(request, "home/search.html", context)
    return response if not query or (found.total and found.settled) else do_not_keep(response)
