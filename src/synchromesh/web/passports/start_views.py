"""Begin a passport: blank, invented, from a file that was checked, or as a copy; and remove one."""

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
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.editing import LONGEST_TITLE
from synchromesh.passports.operations.removing import remove_passport
from synchromesh.passports.operations.starting import (
    copy_passport,
    import_passport,
    start_generated,
    start_passport,
)
from synchromesh.passports.queries.lists import list_organisations_to_keep_for
from synchromesh.passports.queries.views import get_passport
from synchromesh.web.passports.check_form import LONGEST_TEXT
from synchromesh.web.passports.keeper_form import KeeperForm
from synchromesh.web.passports.passport_page import own_page, put_error, secret_of
from synchromesh.web.passports.passport_words import KINDS
from synchromesh.web.people import signed_in

WAYS = ("blank", "generated", "file")


class StartForm(KeeperForm):
    """Which way to begin; `document` comes from the page that checks a file."""

    do = forms.ChoiceField(
        label=_("How do you want to begin?"),
        choices=[("generated", _("With an invented battery that obeys every rule")), ("blank", _("With empty fields"))],
        widget=forms.RadioSelect,
        initial="generated",
    )
    kind = forms.ChoiceField(label=_("Kind of battery"), choices=list(KINDS.items()))
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
    seed = forms.IntegerField(
        label=_("Number of the invented battery"),
        help_text=_("The same number gives the same battery, so that a class can work on the same one."),
        min_value=1,
        max_value=2**31 - 1,
        required=False,
    )


class FileForm(KeeperForm):
    """A passport that was read from a file."""

    document = forms.CharField(max_length=LONGEST_TEXT)


@own_page
def start(request: HttpRequest) -> HttpResponse:
    """The ways to begin; each leads into the editor."""
    person = signed_in(request)
    is_file = request.POST.get("do") == "file"
    keepers = list_organisations_to_keep_for(person)
    sent = request.POST if request.method == "POST" else None
    form = (FileForm if is_file else StartForm)(sent, organisations=keepers)
    if form.is_valid():
        try:
            made = _from_file(person, form) if is_file else _begun(person, form)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(
                request, gettext("The passport is there. It is not public until it is placed on the market.")
            )
            return redirect("passports:edit", uid=made.uid)
    shown = form if isinstance(form, StartForm) else StartForm(organisations=keepers)
    context = {"form": shown, "refused": form if form.errors else None}
    return render(request, "passports/start.html", context, status=422 if form.errors else 200)


def _begun(person: User, form: KeeperForm) -> Passport:
    given: dict[str, Any] = form.cleaned_data
    kind, title, keeper = BatteryKind(given["kind"]), given["title"], form.organisation
    if given["do"] == "blank":
        return start_passport(by=person, kind=kind, title=title, organisation=keeper)
    seed = given["seed"] or person.pk * 7919 + Passport.objects.filter(owner=person).count() + 1
    return start_generated(by=person, kind=kind, seed=seed, title=title, organisation=keeper)


def _from_file(person: User, form: KeeperForm) -> Passport:
    data = form.cleaned_data["document"].encode("utf-8", "replace")
    return import_passport(by=person, data=data, organisation=form.organisation)


@own_page
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a passport of one's own from what one sees of another."""
    person, secret = signed_in(request), secret_of(request)
    view = get_passport(uid, visible_to=person, secret=secret)
    keepers = list_organisations_to_keep_for(person)
    form = KeeperForm(request.POST if request.method == "POST" else None, organisations=keepers)
    if form.is_valid():
        made = copy_passport(by=person, uid=uid, secret=secret, organisation=form.organisation)
        messages.success(request, gettext("The copy is there. It has a serial number of its own."))
        return redirect("passports:edit", uid=made.uid)
    hidden = sum(len(category.hidden) for category in view.categories)
    context = {"passport": view, "hidden": hidden, "secret": secret, "form": form}
    return render(request, "passports/copy.html", context, status=422 if form.errors else 200)


@own_page
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a passport for good, after a question."""
    person = signed_in(request)
    view = get_passport(uid, visible_to=person)
    if not view.rights.may_remove:
        raise NotFound("Only who owns a passport removes it.")
    if request.method == "POST":
        remove_passport(by=person, uid=uid)
        messages.success(request, gettext("The passport is removed."))
        return redirect("passports:home")
    return render(request, "passports/remove.html", {"passport": view})
