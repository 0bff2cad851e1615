"""The registry of issuers: whom a check calls known, since when, and on whose word."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from synchromesh.credentials.queries.issuers import list_known_issuers, list_own_issuers

ISSUERS_A_PAGE = 50


@require_safe
def issuer_list(request: HttpRequest) -> HttpResponse:
    """Issuers of this site, then those that trust lists and the alliance name; `q` must stand in the name."""
    words = request.GET.get("q", "").strip()[:100]
    pages = Paginator(list_known_issuers(words=words), ISSUERS_A_PAGE)
    own = [one for one in list_own_issuers() if words.casefold() in one.legal_name.casefold()]
    context = {
        "words": words,
        "own": own,
        "page": pages.get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "issuers/list.html", context)
