"""A list of courses that somebody shared by a link: for whoever has the link, and without the name of its owner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synchromesh.pathways.queries.saved_lists import get_shared_list, list_kept_courses


@require_safe
@never_cache
def shared_list(request: HttpRequest, key: str) -> HttpResponse:
    """The courses with their notes. Nothing may remember the page or tell other sites its address: that is the key."""
    kept = get_shared_list(key)
    response = render(request, "lists/shared.html", {"kept": kept, "rows": list_kept_courses(kept)})
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not "no-referrer": browsers then send forms of the page, such as the one for its colours, with the origin "null".
    response["Referrer-Policy"] = "same-origin"
    return response
