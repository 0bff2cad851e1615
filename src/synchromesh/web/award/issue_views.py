"""Award an achievement to one person by hand."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Achievement
from synchromesh.credentials.operations.batches import preview_batch, submit_batch
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential, refuse_unfit
from synchromesh.credentials.queries.awarding import find_versions, get_achievement_to_award
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.tables.writing import write_csv
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.web.award.award_page import award_page, put_error
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import language_name

COLUMNS = ("name", "email", "language", "percent")


class HolderForm(forms.Form):
    """Who gets it. `once` makes that a form which is sent twice issues once."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The person gets a link there. The address does not stand in the credential."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the person"))
    percent = forms.DecimalField(
        label=_("Result in percent"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": uuid4(), "language": get_language() or "en"})
        self.fields["language"].choices = [(code, language_name(code)) for code in OWN_NAMES]  # type: ignore[attr-defined]


@award_page
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """One person; where two persons are needed, the row waits for another one to release it."""
    person = signed_in(request)
    found = get_achievement_to_award(slug, visible_to=person)
    form = HolderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if found.needs_two_persons:
                return _submitted(request, person, found, form)
            return _issued(request, person, found, form)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
    versions = find_versions(found)
    context = {"here": "issue", "achievement": found, "issuer": found.issuer, "versions": versions, "form": form}
    return render(request, "award/issue.html", context, status=422 if form.errors else 200)


def _issued(request: HttpRequest, person: User, found: Achievement, form: HolderForm) -> HttpResponse:
    credential = issue_credential(by=person, achievement=found, new=_new(form.cleaned_data))
    messages.success(request, gettext("It is awarded."))
    return redirect("award:credential", code=credential.code)


def _submitted(request: HttpRequest, person: User, found: Achievement, form: HolderForm) -> HttpResponse:
    """A list of one row."""
    entered = form.cleaned_data
    refuse_unfit(_new(entered))
    file = io.BytesIO(write_csv(COLUMNS, [{name: entered[name] for name in COLUMNS}]))
    batch = preview_batch(by=person, achievement=found, file=file, name=f"{entered['name']}.csv"[-200:])
    submit_batch(by=person, batch=batch)
    messages.success(request, gettext("It waits for another person to release it."))
    return redirect("award:list", uid=batch.uid)


def _new(entered: dict[str, Any]) -> NewCredential:
    once: UUID = entered["once"]
    values = {name: entered[name] for name in COLUMNS}
    return NewCredential(occasion=f"hand:{once}", **values)
