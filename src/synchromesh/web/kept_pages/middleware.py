"""Answer with a kept page where there is a valid one, and keep what a public view has made.

It stands right behind SecurityMiddleware and the static files, so that a kept page passes nothing else: it carries the
headers of all others (Content-Security-Policy, X-Frame-Options, Content-Language, the packing) from when it was made,
and SecurityMiddleware adds its own and redirects to https as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from synchromesh.web.kept_pages.kept import KeptPage, KeptPages
from synchromesh.web.kept_pages.keys import KNOWN_VARIATIONS, Key, page_key
from synchromesh.web.kept_pages.public import IS_PUBLIC, NOT_KEPT
from synchromesh.web.kept_pages.stamps import site_stamp

pages = KeptPages(most_bytes=0 if settings.DEBUG else max(settings.PAGE_CACHE_MB, 0) * 1024 * 1024)
"""The pages of this process; none while somebody works on templates, whose changes no stamp tells."""
_STAMP = "synchromesh.page_stamp"
"""Where the stamp stands that was read before the view ran: a change meanwhile makes the page outdated at once."""


class PageKeepingMiddleware:
    """See the docstring of the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = page_key(request) if pages.most_bytes else None
        if key is not None and key in pages:
            stamp = site_stamp()
            kept = None if stamp is None else pages.find(key, stamp)
            if kept is not None:
                return _answer(request, kept)
        response = self._get_response(request)
        if not isinstance(response, HttpResponse) or IS_PUBLIC not in request.META:
            return response
        if key is not None and _STAMP in request.META:
            _keep(key, request.META[_STAMP], response)
        return _or_not_modified(request, response)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> None:
        """Read the stamp before a public view reads anything."""
        if pages.most_bytes and getattr(view, "is_public_page", False):
            stamp = site_stamp()
            if stamp is not None:
                request.META[_STAMP] = stamp


def _answer(request: HttpRequest, kept: KeptPage) -> HttpResponseBase:
    return _or_not_modified(request, HttpResponse(kept.content, headers=kept.headers))


def _or_not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The page, or only that the browser has it already."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _keep(key: Key, stamp: Hashable, response: HttpResponse) -> None:
    """Keep the answer unless anything about it speaks against it."""
    headers = dict(response.headers.items())
    varies = {name.strip().lower() for name in headers.get("Vary", "").split(",") if name.strip()}
    forbidden = (
        response.status_code != 200
        or bool(response.cookies)
        or NOT_KEPT in headers.get("Cache-Control", "")
        or "nonce-" in headers.get("Content-Security-Policy", "")
        or not varies <= KNOWN_VARIATIONS
    )
    if not forbidden:
        pages.keep(key, stamp, KeptPage(content=response.content, headers=headers))
