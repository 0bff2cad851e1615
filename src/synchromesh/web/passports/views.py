"""The lab: what it is, one's own passports, those on the market, and where to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.rules import rules
from synchromesh.passports.models import Passport
from synchromesh.passports.queries.lab_courses import list_lab_courses
from synchromesh.passports.queries.lists import (
    PassportRow,
    list_own,
    list_published,
    list_shared,
    own_row_of,
    public_row_of,
    shared_row_of,
)
from synchromesh.web.passports.chain_words import STATES
from synchromesh.web.passports.passport_words import KINDS
from synchromesh.web.people import signed_in

PAGE_SIZE = 30
FEW = 5
Line = tuple[PassportRow, str, str]


class FindForm(forms.Form):
    """What to look for among the passports on the market."""

    q = forms.CharField(label=_("Title, product number or serial number"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind of battery"), choices=[("", _("All")), *KINDS.items()], required=False)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the lab; the few newest of each list."""
    person = request.user if isinstance(request.user, User) else None
    context = {
        "own": _lines(list_own(person)[:FEW], own_row_of) if person else [],
        "shared": _lines(list_shared(person)[:FEW], shared_row_of) if person else [],
        "examples": _lines(list_published()[:FEW], public_row_of),
        "courses": list_lab_courses(),
        "field_count": len(fields()),
        "rule_count": len(rules()),
    }
    return render(request, "passports/home.html", context)


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """All passports on the market; only titles and numbers are searched."""
    form = FindForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    found = list_published(words=asked["q"], kind=asked["kind"])
    return render(request, "passports/published.html", {"form": form, **_paged(request, found, public_row_of)})


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's own passports, and those that others shared."""
    person = signed_in(request)
    shared = request.GET.get("list") == "shared"
    paged = (
        _paged(request, list_shared(person), shared_row_of) if shared else _paged(request, list_own(person), own_row_of)
    )
    return render(request, "passports/mine.html", {"is_shared": shared, **paged})


def _paged(request: HttpRequest, found: QuerySet[Passport], row: Callable[[Passport], PassportRow]) -> dict[str, Any]:
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "lines": _lines(page.object_list, row), "count": page.paginator.count}


def _lines(found: Any, row: Callable[[Passport], PassportRow]) -> list[Line]:
    """Lines with kind and state in words."""
    rows = [row(passport) for passport in found]
    return [(one, str(KINDS[one.kind.value]), str(STATES[one.state.value])) for one in rows]
