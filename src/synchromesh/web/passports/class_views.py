"""Classes that pass practice passports along the chain: come in by a code, open one, and work in it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
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
from synchromesh.passports.models import ChainRole, ClassroomSeat
from synchromesh.passports.operations.classrooms import (
    MOST_FAULTS,
    MOST_TEAMS,
    assign_seat,
    close_classroom,
    join_classroom,
    move_passport,
    remove_seat,
    start_classroom,
)
from synchromesh.passports.operations.editing import LONGEST_TITLE
from synchromesh.passports.queries.classrooms import get_classroom, list_classrooms
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.passports.chain_words import ROLES
from synchromesh.web.passports.passport_page import own_page, put_error
from synchromesh.web.passports.passport_words import KINDS
from synchromesh.web.passports.shown_class import show_class
from synchromesh.web.people import signed_in

_ATTEMPTS = "passport-class"


class JoinForm(forms.Form):
    """The code of a class, and the role that one would like."""

    code = forms.CharField(label=_("Code of the class"), help_text=_("Your teacher has it."), max_length=20)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("Where most are missing")), *ROLES.items()], required=False
    )


class StartClassForm(forms.Form):
    """What the class is called, and what its teams begin with."""

    title = forms.CharField(label=_("Name of the class"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("Kind of battery"), choices=list(KINDS.items()))
    teams = forms.IntegerField(
        label=_("Teams"),
        help_text=_("Each team has a passport of its own. Two to three teams are good for twelve learners."),
        min_value=1,
        max_value=MOST_TEAMS,
        initial=2,
    )
    faults = forms.IntegerField(
        label=_("Faults in each passport"),
        help_text=_("They must be found before the battery goes on the market."),
        min_value=0,
        max_value=MOST_FAULTS,
        initial=2,
    )


@own_page
def classes(request: HttpRequest) -> HttpResponse:
    """The classes that one teaches or sits in, and the way into another one. Wrong codes are counted."""
    person = signed_in(request)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            check_attempts(request, _ATTEMPTS)
            seat = _joined(request, person, form)
        except (InvalidInput, Conflict, NotFound) as error:
            put_error(form, error)
        else:
            return redirect("passports:class", uid=seat.classroom.uid)
    rows = [(row, ROLES[row.role.value] if row.role else "") for row in list_classrooms(person)]
    context = {"form": form, "rows": rows}
    return render(request, "passports/classes.html", context, status=422 if form.errors else 200)


def _joined(request: HttpRequest, person: User, form: JoinForm) -> ClassroomSeat:
    given = form.cleaned_data
    role = ChainRole(given["role"]) if given["role"] else None
    try:
        return join_classroom(by=person, code=given["code"], role=role)
    except NotFound:
        note_failure(request, _ATTEMPTS)
        raise


@own_page
def start_class(request: HttpRequest) -> HttpResponse:
    """Open a class."""
    person = signed_in(request)
    form = StartClassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        given["kind"] = BatteryKind(given["kind"])
        try:
            made = start_classroom(by=person, seed=secrets.randbelow(10**6), **given)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The class is open. Give its code to your learners."))
            return redirect("passports:class", uid=made.uid)
    return render(request, "passports/class_start.html", {"form": form}, status=422 if form.errors else 200)


@own_page
def class_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A class: who has which passport, how far each team is, and what one may do about it."""
    person = signed_in(request)
    if request.method == "POST":
        do = _ACTIONS.get(request.POST.get("do", ""))
        if do is None:
            raise NotFound("There is no such thing to do with a class.")
        do(person, uid, request.POST)
        is_still_in = request.POST["do"] != "leave"
        return redirect("passports:class", uid=uid) if is_still_in else redirect("passports:classes")
    shown = show_class(get_classroom(uid, visible_to=person))
    context = {"shown": shown, "room": shown.room, "roles": list(ROLES.items())}
    return render(request, "passports/class.html", context)


def _move(person: User, uid: UUID, given: Mapping[str, Any]) -> None:
    get_classroom(uid, visible_to=person)
    move_passport(by=person, team=_uid(given.get("team")), to=_role(given.get("to")))


def _assign(person: User, uid: UUID, given: Mapping[str, Any]) -> None:
    number = str(given.get("team_number", ""))
    team = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0
    assign_seat(by=person, classroom=uid, seat=_uid(given.get("seat")), team=team, role=_role(given.get("role")))


def _remove(person: User, uid: UUID, given: Mapping[str, Any]) -> None:
    remove_seat(by=person, classroom=uid, seat=_uid(given.get("seat")))


def _close(person: User, uid: UUID, given: Mapping[str, Any]) -> None:
    del given
    close_classroom(by=person, uid=uid)


_ACTIONS: Mapping[str, Callable[[User, UUID, Mapping[str, Any]], None]] = {
    "move": _move,
    "assign": _assign,
    "remove": _remove,
    "leave": _remove,
    "close": _close,
}


def _uid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("The class has no such seat or team.") from None


def _role(text: object) -> ChainRole:
    if text not in ChainRole.values:
        raise NotFound("There is no such role.")
    return ChainRole(str(text))
