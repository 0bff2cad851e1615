"""Organisations, providers first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from synchromesh.accounts.models import Organisation, OrganisationKind, User
from synchromesh.accounts.permissions import may_edit_for_organisation
from synchromesh.accounts.queries.organisations import get_organisation, list_organisations
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.courses import list_courses_of_provider
from synchromesh.credentials.models import Issuer
from synchromesh.credentials.permissions import may_register_issuer
from synchromesh.web.kept_pages.public import public_page


@public_page
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations by name, of one kind or country if asked."""
    kind, country = request.GET.get("kind", ""), request.GET.get("country", "")
    kind = kind if kind in OrganisationKind.values else ""
    rows = list_organisations(kind=kind)
    countries = sorted({row.country for row in rows if row.country}, key=str)
    shown = [row for row in rows if not country or (row.country and row.country.code == country)]
    context = {
        "organisations": shown,
        "kind": kind,
        "kinds": OrganisationKind.choices,
        "countries": countries,
        "country": country,
    }
    return render(request, "organisations/list.html", context)


@public_page
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation with its courses."""
    organisation = get_organisation(slug)
    courses = list_courses_of_provider(organisation.pk, today=timezone.localdate())
    context = {
        "organisation": organisation,
        "courses": courses,
        "may_map": isinstance(request.user, User) and may_edit_courses_of(request.user, organisation),
        "award": _award_link(request, organisation),
    }
    return render(request, "organisations/detail.html", context)


def _award_link(request: HttpRequest, organisation: Organisation) -> str:
    """Where whoever may awards in the name of the organisation, or makes it an issuer first; empty for others."""
    person = request.user
    if not isinstance(person, User) or not may_edit_for_organisation(person, organisation):
        return ""
    if Issuer.objects.filter(organisation=organisation).exists():
        return reverse("award:issuer", args=[organisation.slug])
    return reverse("award:details", args=[organisation.slug]) if may_register_issuer(person, organisation) else ""
