"""Addresses that never change: the bare domain, stable addresses of records, the theme, robots and health."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from synchromesh.web.permanent.records import page_of_record

THEMES = frozenset({"light", "dark"})
THEME_COOKIE_SECONDS = 365 * 24 * 3600


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a reader of the bare domain to the home page in a language that is offered.

    Django's LocaleMiddleware has chosen it already: the cookie first, then what the browser accepts, then English.
    """
    response = redirect("home")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
def stable_address(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Lead from the address that files and credentials carry to the page as it is called today. Raises NotFound."""
    response = redirect(page_of_record(kind, uid))
    if kind != "credential":  # the others are in the reader's language
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of light, dark or "as my device" (empty) in a cookie and go back to the page.

    The form stands on every page, so it carries no secret of the visitor: with one no page could be kept for the next.
    A form of another site changes nothing (`comes_from_here`), and all that this one could change are colours.
    """
    if not comes_from_here(request):
        return csrf_failure(request, reason="The form is not one of this site.")
    response = HttpResponseRedirect(safe_next(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=THEME_COOKIE_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of this site, by what browsers say and no page can change.

    Every browser of today says at least one of the three. What says none is a program, which acts for nobody else.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in {"same-origin", "none"}
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    if not sender:
        return True
    scheme, _, rest = sender.partition("://")
    here = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{scheme}://{rest.partition('/')[0]}" in here


def safe_next(request: HttpRequest) -> str:
    """The address in `next` if it is one of this site, else the bare domain."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask crawlers to leave personal pages and endless filter combinations alone."""
    lines = ["User-agent: *", "Disallow: /id/", "Disallow: /theme"]
    for code in settings.INTERFACE_LANGUAGES:
        lines += [f"Disallow: /{code}/{part}/" for part in ("me", "desk", "account", "search")]
        lines += [f"Disallow: /{code}/courses/?*", f"Disallow: /{code}/courses/compare/"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers, else 503; for load balancers and monitoring."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return _plain("no database", status=503)
    return _plain("ok", status=200)


def _plain(text: str, *, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
