"""The registry of issuers of the world that are known here, for alliance staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.permissions import require
from synchromesh.credentials.operations.issuers import end_known_issuer, enter_known_issuer
from synchromesh.credentials.permissions import may_edit_registry
from synchromesh.credentials.queries.awarding import get_known_issuer
from synchromesh.credentials.queries.issuers import list_known_issuers
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.places.models import Country
from synchromesh.web.award.award_page import action_of, award_page, put_error
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in

PAGE_SIZE = 25
_LONGEST = 300


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class KnownIssuerForm(forms.Form):
    """An issuer elsewhere, under which identifiers it appears, and who says that it is one."""

    name = forms.CharField(label=_("Name"), max_length=_LONGEST)
    identifiers = forms.CharField(
        label=_("Identifiers"),
        help_text=_("One on each line: a DID, an address, or x5t#S256: with the hash of a certificate."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
    )
    known_since = forms.DateField(label=_("Known since"), widget=_date_input())
    known_until = forms.DateField(label=_("Known until"), required=False, widget=_date_input())
    accredited_by = forms.CharField(label=_("Accredited by"), required=False, max_length=_LONGEST)
    source = forms.CharField(label=_("Who says so"), max_length=_LONGEST)
    source_url = forms.URLField(label=_("Where that is written"), required=False, assume_scheme="https")
    url = forms.URLField(label=_("Web page of the issuer"), required=False, assume_scheme="https")
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"known_since": timezone.localdate()})
        countries = [(country.code, str(country)) for country in Country.objects.order_by("code")]
        self.fields["country"].choices = [("", "–"), *countries]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was entered, as `enter_known_issuer` takes it."""
        return self.cleaned_data | {"identifiers": self.cleaned_data["identifiers"].splitlines()}


class EndForm(forms.Form):
    """The last day on which an issuer is known."""

    until = forms.DateField(widget=_date_input())


@award_page
def registry(request: HttpRequest) -> HttpResponse:
    """Who is known; a form adds one, a button ends one."""
    person = signed_in(request)
    require(may_edit_registry(person), "Only alliance staff change the registry of issuers.")
    action = action_of(request)
    if action == "end":
        return _end(request)
    form = KnownIssuerForm(request.POST if action else None)
    if form.is_valid():
        try:
            enter_known_issuer(by=person, **form.values())
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The issuer is known now."))
            return redirect("award:registry")
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(list_known_issuers(words=words), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "words": words, "today": timezone.localdate()}
    return render(request, "award/registry.html", context, status=422 if form.errors else 200)


def _end(request: HttpRequest) -> HttpResponse:
    known, form = get_known_issuer(request.POST.get("known", "")), EndForm(request.POST)
    if not form.is_valid():
        raise TranslatedInvalidInput(gettext("Give the last day on which it is known."), field="until")
    end_known_issuer(by=signed_in(request), known=known, until=form.cleaned_data["until"])
    messages.success(request, gettext("The last day is noted."))
    return redirect("award:registry")
