"""Home and search: one field over roles, skills, courses and organisations, and three doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import BriefOrigin
from synchromesh.catalogue.operations.briefs import record_brief
from synchromesh.framework.queries.concepts import list_roles, list_topics
from synchromesh.search.queries import search as search_index

# The order in which results are grouped: what a person wants to become comes first.
KINDS = ("role", "skill", "course", "organisation")
PER_KIND = 5
ON_ONE_KIND = 50


def home(request: HttpRequest) -> HttpResponse:
    """The search field, the three doors, and roles to start from."""
    return render(request, "home/home.html", {"topics": list_topics(), "roles": list_roles()})


def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind; one kind alone when asked. A search without result is counted as a wish."""
    query = " ".join(request.GET.get("q", "").split())[:200]
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in KINDS else KINDS
    language = get_language() or "en"
    limit = ON_ONE_KIND if len(kinds) == 1 else PER_KIND
    groups: list[dict[str, Any]] = []
    if query:
        for name in kinds:
            answer = search_index(query, language=language, kinds=(name,), limit=limit)
            if answer.total:
                groups.append({"kind": name, "answer": answer})
        groups = _exact_before_similar(groups)
        if not groups:
            record_brief(by=VISITOR, origin=BriefOrigin.SEARCH, words=query, language=language)
    context = {
        "query": query,
        "kind": kind if kind in KINDS else "",
        "groups": groups,
        "exact": any(group["answer"].exact for group in groups),
        "total": sum(group["answer"].total for group in groups),
        "topics": [] if groups else list_topics(),
    }
    return render(request, "home/search.html", context)


def _exact_before_similar(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Similar finds of one kind are left out as soon as another kind has the words themselves."""
    exact = [group for group in groups if group["answer"].exact]
    return exact or groups
