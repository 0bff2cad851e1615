"""Home and search: one field over roles, skills, courses and organisations, and four doors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import BriefOrigin
from synchromesh.catalogue.operations.briefs import record_brief
from synchromesh.catalogue.queries.role_courses import count_courses_by_role
from synchromesh.framework.models import JobRole
from synchromesh.framework.queries.concepts import list_roles, list_topics
from synchromesh.web.home.results import Results, find_results

# The order in which results are grouped: what a person wants to become comes first.
KINDS = ("role", "skill", "course", "organisation")
PER_KIND = 5
ON_ONE_KIND = 50
ROLES_ON_HOME = 8


def home(request: HttpRequest) -> HttpResponse:
    """The search field, the doors, and a few roles to start from."""
    roles = list_roles()
    context = {
        "topics": list_topics(),
        "roles": choose_roles(roles, courses=count_courses_by_role()),
        "role_total": len(roles),
    }
    return render(request, "home/home.html", context)


def choose_roles(roles: Sequence[JobRole], *, courses: Mapping[int, int]) -> list[JobRole]:
    """Pick at most eight roles to start from, in the order given: the one with most courses of each family.

    One of each family shows how wide the work is; the number of courses, by role row, decides so that whoever picks
    one finds a way to it. Families whose role has most courses go first; a role without family stands for itself.
    """
    ranked = sorted(roles, key=lambda role: (-courses.get(role.pk, 0), role.slug))
    first_of: dict[str, JobRole] = {}
    for role in ranked:
        first_of.setdefault(f"family {role.family_id}" if role.family_id else f"role {role.pk}", role)
    chosen = {role.pk for role in list(first_of.values())[:ROLES_ON_HOME]}
    return [role for role in roles if role.pk in chosen]


def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind; one kind alone when asked. A search without result is counted as a wish."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in KINDS else KINDS
    language = get_language() or "en"
    limit = ON_ONE_KIND if len(kinds) == 1 else PER_KIND
    found = find_results(query, language=language, kinds=kinds, limit=limit) if query else Results(groups=[], fits=[])
    if query and not found.total:
        record_brief(by=VISITOR, origin=BriefOrigin.SEARCH, words=query, language=language)
    context = {
        "query": query,
        "kind": kind if kind in KINDS else "",
        "found": found,
        "topics": [] if found.total else list_topics(),
    }
    return render(request, "home/search.html", context)
