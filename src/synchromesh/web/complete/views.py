"""Suggestions while somebody types: a list for the script in a field, and a plain page with links without it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from synchromesh.framework.queries.completion import SUGGESTION_KINDS, Suggestions, suggest_concepts
from synchromesh.web.complete.records import RECORD_KINDS, AnySuggestion, merge_suggestions, suggest_records

LONGEST_TYPED = 200
IN_THE_LIST = 8
ON_THE_PAGE = 30
DEFAULT_KINDS = ("role", "skill", "occupation")
ALL_KINDS = ("role", "skill", *RECORD_KINDS, "occupation", "esco-skill")
REMEMBERED_SECONDS = 60  # whoever takes a letter back sees the same list again


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Suggestions of all kinds, best first; `preparing` tells that a vocabulary is not ready yet."""

    rows: tuple[AnySuggestion, ...] = ()
    preparing: bool = False


NOTHING = Found()


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """What fits the text `q`, of the kinds in `kinds` (with commas between): concepts, courses and organisations."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_TYPED]
    kinds = read_kinds(request.GET.get("kinds", ""))
    in_field = bool(request.headers.get("HX-Request"))
    found = _suggest(query, kinds, limit=IN_THE_LIST if in_field else ON_THE_PAGE) if query else NOTHING
    context = {"query": query, "kinds": kinds, "found": found}
    response = render(request, "complete/_options.html" if in_field else "complete/complete.html", context)
    if in_field and not found.preparing:
        patch_cache_control(response, private=True, max_age=REMEMBERED_SECONDS)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _suggest(query: str, kinds: tuple[str, ...], *, limit: int) -> Found:
    language = get_language() or "en"
    concepts = [kind for kind in SUGGESTION_KINDS if kind in kinds]
    found = Suggestions(rows=(), preparing=False)
    if concepts:
        found = suggest_concepts(query, kinds=concepts, language=language, limit=limit)
    records = [kind for kind in RECORD_KINDS if kind in kinds]
    if not records:
        return Found(rows=found.rows, preparing=found.preparing)
    rows = suggest_records(query, kinds=records, language=language, limit=limit)
    return Found(rows=merge_suggestions(found.rows, rows, kinds=kinds, limit=limit), preparing=found.preparing)


def read_kinds(text: str) -> tuple[str, ...]:
    """The known kinds among words with commas between, in their order; without any the usual ones."""
    asked = [word.strip() for word in text[:LONGEST_TYPED].split(",")]
    return tuple(kind for kind in ALL_KINDS if kind in asked) or DEFAULT_KINDS
