"""An authority of a class asks a team for data, and the team answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.passport_models.model import Field
from synchromesh.passports.operations.data_requests import ask_for_data, give_data
from synchromesh.passports.operations.versions import LONGEST_NOTE
from synchromesh.passports.queries.data_requests import RequestView, askable_fields, get_request, get_team_to_ask
from synchromesh.web.passports.chain_words import ROLES
from synchromesh.web.passports.passport_page import own_page, put_error
from synchromesh.web.passports.passport_words import table_text
from synchromesh.web.passports.shown_values import show_field
from synchromesh.web.people import signed_in


class FieldsForm(forms.Form):
    """Fields to choose among, and a text."""

    keys = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Any, *, offered: tuple[Field, ...]) -> None:
        super().__init__(data)
        choices = [(one.key, table_text(one.title)) for one in offered]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]


class AskForm(FieldsForm):
    """What an authority needs, and what for."""

    reason = forms.CharField(
        label=_("What do you need it for?"),
        help_text=_("For example: a battery of this model caught fire, and we look at its tests."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, offered: tuple[Field, ...]) -> None:
        super().__init__(data, offered=offered)
        self.fields["keys"].label = _("What do you ask for?")


class AnswerForm(FieldsForm):
    """What is handed over, and a word about it."""

    note = forms.CharField(
        label=_("What do you write with it?"),
        help_text=_("Needed where you hand nothing over: say why not."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, data: Any, *, offered: tuple[Field, ...]) -> None:
        super().__init__(data, offered=offered)
        self.fields["keys"].label = _("What do you hand over?")
        self.fields["keys"].help_text = _("Exactly what was asked for, and nothing that an authority may not see.")


@own_page
def ask(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Ask a team of the class for data."""
    person = signed_in(request)
    team = get_team_to_ask(uid, number, visible_to=person)
    form = AskForm(request.POST if request.method == "POST" else None, offered=askable_fields())
    if form.is_valid():
        try:
            made = ask_for_data(by=person, team=team.uid, **form.cleaned_data)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The team has your request."))
            return redirect("passports:request", uid=uid, request_uid=made.uid)
    context = {"form": form, "team": team}
    return render(request, "passports/ask.html", context, status=422 if form.errors else 200)


@own_page
def request_page(request: HttpRequest, uid: UUID, request_uid: UUID) -> HttpResponse:
    """A request with its answer, or with the form for it."""
    person = signed_in(request)
    found = get_request(uid, request_uid, visible_to=person)
    form = AnswerForm(request.POST if request.method == "POST" else None, offered=found.offered)
    if form.is_valid() and _is_answered(person, found, form):
        messages.success(request, gettext("The authority has your answer."))
        return redirect("passports:request", uid=uid, request_uid=request_uid)
    context = {
        "form": form,
        "found": found,
        "asked": [table_text(one.title) for one in found.asked],
        "lines": [(one, show_field(one.field, found.kind, one.stated)) for one in found.fields],
        "role": ROLES[found.answered_as.value] if found.answered_as else "",
    }
    return render(request, "passports/request.html", context, status=422 if form.errors else 200)


def _is_answered(person: User, found: RequestView, form: AnswerForm) -> bool:
    try:
        give_data(by=person, request=found.uid, **form.cleaned_data)
    except (InvalidInput, Conflict) as error:
        put_error(form, error)
        return False
    return True
