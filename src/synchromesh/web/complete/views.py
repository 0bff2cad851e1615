"""Suggestions while somebody types: a list for the script in a field, and a plain page with links without it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from synchromesh.framework.queries.completion import SUGGESTION_KINDS, SuggestionKind, Suggestions, suggest_concepts

LONGEST_TYPED = 200
IN_THE_LIST = 8
ON_THE_PAGE = 30
DEFAULT_KINDS: tuple[SuggestionKind, ...] = ("role", "skill", "occupation")
REMEMBERED_SECONDS = 60  # whoever takes a letter back sees the same list again


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """Concepts of the kinds in `kinds` (with commas between) that fit the text `q`; see `suggest_concepts`."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_TYPED]
    kinds = read_kinds(request.GET.get("kinds", ""))
    in_field = bool(request.headers.get("HX-Request"))
    found = Suggestions(rows=(), preparing=False)
    if query:
        limit = IN_THE_LIST if in_field else ON_THE_PAGE
        found = suggest_concepts(query, kinds=kinds, language=get_language() or "en", limit=limit)
    context = {"query": query, "kinds": kinds, "found": found}
    response = render(request, "complete/_options.html" if in_field else "complete/complete.html", context)
    if in_field and not found.preparing:
        patch_cache_control(response, private=True, max_age=REMEMBERED_SECONDS)
    patch_vary_headers(response, ["HX-Request"])
    return response


def read_kinds(text: str) -> tuple[SuggestionKind, ...]:
    """The known kinds among words with commas between, in their order; without any the usual ones."""
    asked = [word.strip() for word in text[:LONGEST_TYPED].split(",")]
    return tuple(kind for kind in SUGGESTION_KINDS if kind in asked) or DEFAULT_KINDS
