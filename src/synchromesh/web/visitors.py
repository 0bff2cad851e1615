"""Tell readers from programs by what a request says of itself. It is a guess, good enough for counting."""

from __future__ import annotations

import re

from django.http import HttpRequest

# Words in the `User-Agent` of crawlers, previews, monitors and libraries; a browser has none of them.
_PROGRAMS = re.compile(
    r"(?<!cu)bot\b|bot[_-]|crawl|spider|slurp|scan|monitor|check|preview|fetch|archiv|validator|headless|lighthouse"
    r"|curl|wget|python|\bjava/|okhttp|go-http|libwww|axios|\bnode\b|\bruby\b|\bperl\b|\bphp\b|http-?client|postman"
    r"|externalhit|https?://",
    re.IGNORECASE,
)  # Cubot makes phones


def is_reader(request: HttpRequest) -> bool:
    """Whether a person seems to look at the page: a browser that was not told to fetch it in advance."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and bool(agent) and not _PROGRAMS.search(agent) and "prefetch" not in ahead
