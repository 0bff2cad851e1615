"""The signing keys of an issuer: a new one, and one that fell into wrong hands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Issuer, KeyPurpose
from synchromesh.credentials.operations.keys import ONLY_MANAGERS, mark_compromised, rotate_key
from synchromesh.credentials.permissions import may_manage_keys
from synchromesh.credentials.queries.awarding import get_issuer_to_award, get_key
from synchromesh.credentials.queries.keys import list_keys
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.award.award_page import action_of, award_page, put_error
from synchromesh.web.people import signed_in

PURPOSE_NAMES = {
    KeyPurpose.CREDENTIALS: _("Credentials and status lists"),
    KeyPurpose.SEAL: _("Seal of European credentials and PDF files"),
}


class CompromisedForm(forms.Form):
    """Which key was in wrong hands, and since when."""

    key = forms.ChoiceField(label=_("Key"))
    since = forms.DateTimeField(
        label=_("In danger since"),
        help_text=_("In the time of this site. What the key signed later is refused by everybody who checks it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    confirmed = forms.BooleanField(
        label=_("I know that credentials signed since then must be issued anew, and that this cannot be taken back")
    )

    def __init__(self, data: Any = None, *, issuer: Issuer) -> None:
        super().__init__(data)
        known = [key for key in list_keys(issuer) if key.compromised_at is None]
        self.fields["key"].choices = [(str(key.uid), key.name) for key in known]  # type: ignore[attr-defined]


@award_page
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    """All keys, old ones too; a button makes a new one."""
    person = signed_in(request)
    issuer = get_issuer_to_award(slug, visible_to=person)
    require(may_manage_keys(person, issuer), ONLY_MANAGERS)
    action = action_of(request)
    if action == "rotate":
        rotate_key(by=person, issuer=issuer, purpose=KeyPurpose.CREDENTIALS)
        messages.success(request, gettext("There is a new key. What was signed before stays good."))
        return redirect("award:keys", slug=slug)
    form = CompromisedForm(request.POST if action else None, issuer=issuer)
    if form.is_valid():
        try:
            mark_compromised(by=person, key=get_key(issuer, form.cleaned_data["key"]), since=form.cleaned_data["since"])
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Everybody who checks a credential sees now that the key was stolen."))
            return redirect("award:keys", slug=slug)
    rows = [(key, PURPOSE_NAMES.get(KeyPurpose(key.purpose), key.purpose)) for key in list_keys(issuer)]
    context = {"issuer": issuer, "organisation": issuer.organisation, "rows": rows, "form": form}
    return render(request, "award/keys.html", context, status=422 if form.errors else 200)
