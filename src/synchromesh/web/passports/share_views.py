"""Share a passport until a day, and sign it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.accounts.queries.organisations import get_organisation, list_organisations
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import Tier
from synchromesh.passports.models import ChainRole
from synchromesh.passports.operations.grants import LONGEST_NOTE, grant_access, withdraw_access
from synchromesh.passports.operations.signing import sign_passport
from synchromesh.passports.queries.grants import list_grants
from synchromesh.passports.queries.shown_signatures import find_shown_signature
from synchromesh.passports.queries.signatures import list_signers
from synchromesh.passports.queries.views import PassportView, get_passport
from synchromesh.web.passports.chain_words import ROLES
from synchromesh.web.passports.passport_page import own_page, put_error
from synchromesh.web.passports.passport_words import TIERS
from synchromesh.web.people import signed_in

_SHARED = (ChainRole.CARMAKER, ChainRole.WORKSHOP, ChainRole.RECYCLER)
FIRST_END = timedelta(days=30)


class GrantForm(forms.Form):
    """To whom, as whom and until when; without person and organisation it becomes a link."""

    tier = forms.ChoiceField(
        label=_("They see it as"),
        choices=[(tier.value, TIERS[tier.value]) for tier in (Tier.INTEREST, Tier.AUTHORITY)],
        widget=forms.RadioSelect,
        initial=Tier.INTEREST.value,
    )
    ends_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    email = forms.EmailField(
        label=_("E-mail of a person"),
        help_text=_("Somebody with an account here. Leave person and organisation empty to make a link."),
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Or an organisation"), required=False)
    role = forms.ChoiceField(
        label=_("They also record what happens as"),
        choices=[("", _("nobody: they only read")), *((role.value, ROLES[role.value]) for role in _SHARED)],
        required=False,
    )
    note = forms.CharField(label=_("Note for yourself"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"ends_on": timezone.localdate() + FIRST_END})
        found = [(one.slug, one.name) for one in list_organisations()]
        self.fields["organisation"].choices = [("", _("None")), *found]  # type: ignore[attr-defined]


@own_page
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """With whom the passport is shared; share it once more, or withdraw it."""
    person = signed_in(request)
    view = get_passport(uid, visible_to=person)
    grants = list_grants(view)
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_access(by=person, uid=uid, grant=_grant(request.POST["withdraw"]))
        messages.success(request, gettext("It is withdrawn from now on."))
        return redirect("passports:share", uid=uid)
    form = GrantForm(request.POST if request.method == "POST" else None)
    link = ""
    if form.is_valid():
        try:
            secret = _granted(person, uid, form)
        except (InvalidInput, Conflict, NotFound) as error:
            put_error(form, error)
        else:
            if not secret:
                messages.success(request, gettext("It is shared."))
                return redirect("passports:share", uid=uid)
            address = reverse("passports:glance", args=[uid])
            link, form = request.build_absolute_uri(f"{address}?key={secret}"), GrantForm()
            grants = list_grants(view)
    return _share_page(request, view, grants, form, link)


def _grant(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("The passport is not shared in this way.") from None


def _granted(person: User, uid: UUID, form: GrantForm) -> str:
    """Share it; the secret where it is a link."""
    given = form.cleaned_data
    _made, secret = grant_access(
        by=person,
        uid=uid,
        tier=Tier(given["tier"]),
        ends_on=given["ends_on"],
        email=given["email"],
        organisation=get_organisation(given["organisation"]) if given["organisation"] else None,
        role=ChainRole(given["role"]) if given["role"] else None,
        note=given["note"],
    )
    return secret


def _share_page(
    request: HttpRequest, view: PassportView, grants: list[Any], form: GrantForm, link: str
) -> HttpResponse:
    lines = [(one, TIERS[one.tier.value], ROLES[one.role.value] if one.role else "") for one in grants]
    context = {"passport": view, "lines": lines, "form": form, "link": link}
    return render(request, "passports/share.html", context, status=422 if form.errors else 200)


class SignForm(forms.Form):
    """In whose name."""

    issuer = forms.ChoiceField(label=_("In the name of"))

    def __init__(self, data: Any = None, *, names: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["issuer"].choices = names  # type: ignore[attr-defined]


@own_page
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign what the passport states now, and how to check that without a network."""
    person = signed_in(request)
    view = get_passport(uid, visible_to=person)
    if not view.rights.may_sign:
        raise NotFound("Only who owns a passport signs it.")
    signers = {str(one.uid): one for one in list_signers(person)}
    names = [(key, one.legal_name) for key, one in signers.items()]
    form = SignForm(request.POST if request.method == "POST" else None, names=names)
    if form.is_valid():
        try:
            sign_passport(by=person, uid=uid, issuer=signers[form.cleaned_data["issuer"]])
            messages.success(request, gettext("The passport is signed as it is now."))
            return redirect("passports:sign", uid=uid)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
    context = {"passport": view, "form": form, "signature": find_shown_signature(view), "signers": signers}
    return render(request, "passports/sign.html", context, status=422 if form.errors else 200)
