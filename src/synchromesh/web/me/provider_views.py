"""Ask that one's organisation be added as a training provider."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.operations.provider_applications import request_provider_entry
from synchromesh.accounts.queries.provider_applications import list_own_applications
from synchromesh.catalogue.queries.brief_claims import list_own_claims
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.places.models import Country
from synchromesh.web.people import signed_in


class ProviderForm(forms.Form):
    """Which organisation, and where it can be looked up."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    url = forms.URLField(label=_("Its website"), max_length=1000, assume_scheme="https")
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.order_by("code"),
        to_field_name="code",
        empty_label="–",
        required=False,
    )
    note = forms.CharField(
        label=_("What it teaches, and what you do there"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@login_required
def provider_application(request: HttpRequest) -> HttpResponse:
    """The form, what became of earlier ones, and what one's organisations said they would offer."""
    person = signed_in(request)
    form = ProviderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        entered = form.cleaned_data
        country = entered.pop("country")
        try:
            request_provider_entry(by=person, country=country.code if country else "", **entered)
        except (InvalidInput, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, gettext("The alliance looks at it and writes to you."))
            return redirect("me:provider")
    context = {"form": form, "applications": list_own_applications(person), "claims": list_own_claims(person)}
    return render(request, "me/provider.html", context, status=422 if form.errors else 200)
