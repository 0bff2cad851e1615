"""What pages of members, groups, projects and agreements have in common: a form on a page, and text about choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.accounts.queries.organisations import find_organisation
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.writing import Values, write_csv
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.plumbing.audit import Actor
from synchromesh.web.award.award_page import action_of, award_page, put_error
from synchromesh.web.error_sentences import TranslatedInvalidInput

__all__ = ["action_of", "form_page", "put_error", "signed_page"]

PAGE_SIZE = 48
signed_page = award_page
"""A page that one reads and sends forms to, signed in. Who may, the queries and operations know."""


def reader_of(request: HttpRequest) -> Actor:
    """Whoever reads a page: the person who is signed in, or a visitor."""
    return request.user if isinstance(request.user, User) else VISITOR


def page_of(request: HttpRequest, found: QuerySet[Any]) -> Page[Any]:
    """The part of a list that the address asks for."""
    return Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))


def form_page(
    request: HttpRequest, form: forms.Form, *, title: str, button: str, above: tuple[str, str], lede: str = ""
) -> HttpResponse:
    """A page with nothing but a form; `above` is the address and title of the page that it belongs to."""
    context = {"form": form, "title": title, "button": button, "above": above, "lede": lede}
    return render(request, "community/form.html", context, status=422 if form.errors else 200)


def csv_file(name: str, columns: tuple[str, ...], rows: Iterable[Values]) -> HttpResponse:
    """A table to be saved."""
    content = write_csv(columns, rows, byte_order_mark=True)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def saved_file(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file of somebody else's making: the browser saves it, and never shows it as a page of this site."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def date_input() -> forms.DateInput:
    """A day, chosen in the browser."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_language(request: HttpRequest) -> str:
    """The language in which somebody writes: the one that the address or the form names, else the page's."""
    asked = request.POST.get("texts_in", "") or request.GET.get("language", "")
    return asked if asked in OWN_NAMES else get_language() or "en"


def named_organisation(name: str, *, field: str) -> Organisation | None:
    """The organisation that somebody typed, by its name or address here; None for nothing. Raises InvalidInput."""
    if not name.strip():
        return None
    found = find_organisation(name.strip())
    if found is None:
        raise TranslatedInvalidInput(
            gettext("No organisation here has the name %(name)s.") % {"name": name.strip()[:80]}, field=field
        )
    return found


def named_organisations(lines: str, *, field: str) -> list[Organisation]:
    """The organisations of a text with one on each line. Raises InvalidInput."""
    found = [named_organisation(line, field=field) for line in lines.splitlines() if line.strip()]
    return list(dict.fromkeys(one for one in found if one is not None))


def refuse_action() -> InvalidInput:
    """The error for a button that no form of the page has."""
    return TranslatedInvalidInput(gettext("Choose what to do."), field="do")
