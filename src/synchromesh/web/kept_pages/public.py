"""Mark the views whose pages say the same to every visitor without a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from synchromesh.web.kept_pages.keys import page_key

View = Callable[..., HttpResponse]
NOT_KEPT = "no-store"
IS_PUBLIC = "synchromesh.public_page"
"""Stands in META of a request whose answer is a public page for a visitor of whom nothing is known."""


def public_page(view: View) -> View:
    """A view whose page depends on nothing but the address, the theme, the records and the day.

    For visitors of whom nothing is known (`keys.page_key`) the page gets a fingerprint, so that a browser that has it
    already is told so, and `PageKeepingMiddleware` may keep it. A view that did something for one request, such as
    counting a wish, says `do_not_keep`. Everybody else gets the page as if nothing stood here.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or NOT_KEPT in response.headers.get("Cache-Control", ""):
            return response
        if page_key(request) is None or _is_personal(request, response):
            return response
        patch_vary_headers(response, ["Cookie", "HX-Request", "HX-History-Restore-Request"])
        response.headers.setdefault("Cache-Control", "no-cache")  # a browser may keep it, and asks each time
        request.META[IS_PUBLIC] = True
        response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        return response

    answer.is_public_page = True  # type: ignore[attr-defined]
    return answer


def do_not_keep(response: HttpResponse) -> HttpResponse:
    """Have a public page made anew each time, because making it does something."""
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody is signed in, the page has a form with a secret, or something is to be stored in the browser."""
    # Set by whoever writes the secret of a form, or a number that the policy allows once.
    secret = "CSRF_COOKIE_NEEDS_UPDATE" in request.META or getattr(request, "_csp_nonce", None) is not None
    return secret or bool(response.cookies) or request.session.modified or request.user.is_authenticated
