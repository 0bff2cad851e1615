"""By what a kept page is found: everything in a request that a public page may depend on. Unknown things forbid it."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest

from synchromesh.web.context import theme_of

Key = tuple[str | bool | None, ...]

LONGEST_ADDRESS = 1000
"""Characters of path and query; a longer address is answered, but not kept."""
KNOWN_VARIATIONS = frozenset({"cookie", "accept-encoding", "hx-request", "hx-history-restore-request"})
"""What `Vary` of a kept page may name: all of it is in the key."""
_PACKED = re.compile(r"\bgzip\b")  # as GZipMiddleware reads it
_ANSWERS = (None, "true")


def page_key(request: HttpRequest) -> Key | None:
    """The key of the page that is asked for; None where the page may belong to somebody or is not known to be simple.

    Only GET without credentials, and without any cookie but those that say nothing of a person: the theme, the
    language (the path decides, not the cookie), and the one against forged forms (a page with such a form is never
    kept). The host is in the key because pages name their own address; the query stands as it was written because links
    of the page repeat it.
    """
    meta = request.META
    asked, wanted_whole = meta.get("HTTP_HX_REQUEST"), meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST")
    query = meta.get("QUERY_STRING", "")
    if request.method != "GET" or "HTTP_AUTHORIZATION" in meta or len(request.path) + len(query) > LONGEST_ADDRESS:
        return None
    if asked not in _ANSWERS or wanted_whole not in _ANSWERS:
        return None
    if "HTTP_COOKIE" in meta and not _harmless_cookies().issuperset(request.COOKIES):
        return None
    host = meta.get("HTTP_HOST") or f"{meta.get('SERVER_NAME')}:{meta.get('SERVER_PORT')}"
    packed = "HTTP_ACCEPT_ENCODING" in meta and _PACKED.search(meta["HTTP_ACCEPT_ENCODING"]) is not None
    return request.scheme, host, request.path, query, theme_of(request), asked, wanted_whole, packed


def _harmless_cookies() -> frozenset[str]:
    return frozenset({"theme", settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME})
