"""One issuer: what it awards, and what is said of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from synchromesh.accounts.permissions import require
from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.credentials.models import Issuer
from synchromesh.credentials.operations.issuers import change_issuer, register_issuer
from synchromesh.credentials.permissions import may_manage_keys, may_register_issuer
from synchromesh.credentials.queries.awarding import get_issuer_to_award, list_achievements_to_award
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.award.award_page import award_page, put_error
from synchromesh.web.people import signed_in


class IssuerForm(forms.Form):
    """What credentials and the registry say of an issuer."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=200)
    legal_id = forms.CharField(
        label=_("Official number"),
        help_text=_("Such as a VAT number, or the one in a national register."),
        required=False,
        max_length=100,
    )
    email = forms.EmailField(label=_("E-mail for questions about credentials"), required=False)
    is_higher_education = forms.BooleanField(
        label=_("It is a higher-education body"),
        help_text=_("Only such a body states ECTS points."),
        required=False,
    )


@require_safe
@award_page
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    """The achievements of one issuer."""
    person = signed_in(request)
    found = get_issuer_to_award(slug, visible_to=person)
    context = {
        "issuer": found,
        "organisation": found.organisation,
        "achievements": list_achievements_to_award(found),
        "may_manage": may_manage_keys(person, found),
    }
    return render(request, "award/issuer.html", context)


@award_page
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an organisation an issuer, or change what is said of it."""
    person, organisation = signed_in(request), get_organisation(slug)
    require(may_register_issuer(person, organisation), "Only managers of the organisation and alliance staff do this.")
    known = Issuer.objects.filter(organisation=organisation).select_related("organisation").first()
    names = ("legal_name", "legal_id", "email", "is_higher_education")
    initial = {name: getattr(known, name) for name in names} if known else {"legal_name": organisation.name}
    form = IssuerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            if known:
                change_issuer(by=person, issuer=known, **form.cleaned_data)
            else:
                register_issuer(by=person, organisation=organisation, **form.cleaned_data)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved.") if known else gettext("The organisation can award now."))
            return redirect("award:issuer", slug=slug)
    context = {"organisation": organisation, "known": known, "form": form}
    return render(request, "award/details.html", context, status=422 if form.errors else 200)
