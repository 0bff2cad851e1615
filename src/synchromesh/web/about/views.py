"""What the alliance and the platform are, accessibility, privacy, help, languages and the open data."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.queries.concepts import find_published_version, list_roles, list_skills
from synchromesh.site.open_data.files import LICENCES
from synchromesh.site.open_data.published import find_published_set
from synchromesh.web.about.downloads import FRAMEWORKS, etag_of, listed_files, published_file
from synchromesh.web.framework.asked import asked_version
from synchromesh.web.permanent.views import safe_next

ACCESSIBILITY_REVIEWED_ON = date(2026, 11, 22)  # change it only after looking through the statement again
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600


def about(request: HttpRequest) -> HttpResponse:
    """What the alliance and this platform are."""
    return render(request, "about/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "about/accessibility.html", {"reviewed_on": ACCESSIBILITY_REVIEWED_ON})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, for how long, and how to get it or have it deleted."""
    context = {"answer_days": settings.SESSION_COOKIE_AGE // 86_400, "privacy_address": reverse("me:privacy")}
    return render(request, "about/privacy.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    """How to use the site, question by question."""
    context = {
        "roles_address": reverse("roles:list"),
        "sign_in_address": reverse("account_login"),
        "join_address": reverse("me:join"),
    }
    return render(request, "about/help.html", context)


def languages(request: HttpRequest) -> HttpResponse:
    """The 24 languages by their own name and the state of each; a POST remembers the chosen one."""
    wanted = safe_next(request)
    if request.method == "POST":
        return _remember_language(request.POST.get("language", ""), wanted)
    titles = [role.titles for role in list_roles()] + [skill.titles for skill in list_skills()]
    rows = [
        {
            "code": code,
            "own_name": name,
            "offered": code in settings.INTERFACE_LANGUAGES,
            "named": sum(bool(found.get(code)) for found in titles),
        }
        for code, name in OWN_NAMES.items()
    ]
    return render(request, "about/languages.html", {"rows": rows, "total": len(titles), "next": wanted})


def _remember_language(code: str, address: str) -> HttpResponse:
    """Go back to the page in the chosen language. Raises InvalidInput for one that is not offered."""
    if code not in settings.INTERFACE_LANGUAGES:
        raise InvalidInput("This language is not offered yet.", field="language")
    response = HttpResponseRedirect(translate_url(address, code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=LANGUAGE_COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def data(request: HttpRequest) -> HttpResponse:
    """Licences, sources and the files to download."""
    found = find_published_set()
    context = {
        "version": find_published_version(),
        "published": found,
        "subjects": listed_files(found) if found else [],
        "framework_licence": LICENCES["framework"],
    }
    return render(request, "about/data.html", context)


@require_safe
def open_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of open data as it lies on the disk, under an address without a language."""
    return published_file(request, name)


def download(request: HttpRequest, name: str, format: str) -> HttpResponseBase:  # noqa: A002 - the word in the address pattern
    """The framework of now (`?version=2` for an earlier one); 304 when the reader has it. Courses lie elsewhere now."""
    if name == "courses" and format in ("json", "csv"):
        return redirect("open-data-file", name=f"{name}.{format}", permanent=True)
    chosen = FRAMEWORKS.get(format) if name == "framework" else None
    if chosen is None:
        raise NotFound(f"There is no file '{name}.{format}'. The files are listed under Open data.")
    asked = asked_version(request, "version")
    content = chosen.make(asked)
    version = asked or find_published_version()
    changed_at = version.published_at if version else None
    etag = quote_etag(etag_of(content))
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}{f"-{asked.number}" if asked else ""}.{format}"'
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = etag
    if changed_at:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    found = get_conditional_response(request, etag=etag, response=response)
    return found if found is not None else response
