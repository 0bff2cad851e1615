"""The life of a battery: what happened, and recording what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Update, ValueType
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ChainRole, EventKind, Passport
from synchromesh.passports.operations.editing import LONGEST_TITLE
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.views import FieldView, PassportView, get_passport
from synchromesh.web.passports.chain_words import EVENTS, ROLES
from synchromesh.web.passports.edit_fields import EditField, edit_field
from synchromesh.web.passports.edit_inputs import Inputs, changed_values, posted_inputs
from synchromesh.web.passports.passport_page import own_page, put_error
from synchromesh.web.passports.passport_words import KINDS
from synchromesh.web.passports.shown_passport import show_events
from synchromesh.web.people import signed_in

LONGEST_NOTE = 300
Step = tuple[EventKind, ChainRole]


class EventForm(forms.Form):
    """When it happened; a battery that gets another purpose gets a new passport too."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Only who works on the passport reads it."),
        max_length=LONGEST_NOTE,
        required=False,
    )
    battery_kind = forms.ChoiceField(label=_("New kind of battery"), choices=list(KINDS.items()), initial="industrial")
    title = forms.CharField(label=_("Title of the new passport"), max_length=LONGEST_TITLE, required=False)

    def __init__(self, data: object = None, *, kind: EventKind) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})  # type: ignore[arg-type]
        if kind is not EventKind.REPURPOSED:
            del self.fields["battery_kind"], self.fields["title"]


@own_page
def events(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What happened, what can happen next, and, once that is chosen, the form for it."""
    person = signed_in(request)
    view = get_passport(uid, visible_to=person)
    if not view.rights.roles:
        raise NotFound("You have no role in the life of this battery.")
    chosen = _chosen(request.GET.get("what", ""), view.rights.events)
    form = EventForm(request.POST if request.method == "POST" else None, kind=chosen[0]) if chosen else None
    if chosen and form is not None and form.is_valid():
        try:
            made = _recorded(request, view, chosen, form)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("It is recorded."))
            return redirect("passports:glance", uid=made.uid)
    return _page(request, view, chosen, form)


def _chosen(text: str, possible: tuple[Step, ...]) -> Step | None:
    return next((step for step in possible if _code(step) == text), None)


def _code(step: Step) -> str:
    return f"{step[0].value}-{step[1].value}"


def _recorded(request: HttpRequest, view: PassportView, chosen: Step, form: EventForm) -> Passport:
    kind, role = chosen
    given = form.cleaned_data
    return record_event(
        by=signed_in(request),
        uid=view.uid,
        kind=kind,
        role=role,
        on=given["on"],
        values=_readings(request, view) if kind is EventKind.USED else {},
        note=given["note"],
        battery_kind=BatteryKind(given["battery_kind"]) if given.get("battery_kind") else None,
        title=given.get("title", ""),
    )


def _readings(request: HttpRequest, view: PassportView) -> Mapping[str, StatedInput]:
    """The readings that were filled in; lists count when they were changed."""
    changing = [one.field for one in _changing(view)]
    lists = {key: value for key, value in view.content.values.items() if isinstance(value.value, list)}
    return changed_values(changing, Content(kind=view.kind, values=lists), request.POST)


def _changing(view: PassportView) -> list[FieldView]:
    """The fields that change with use, as far as whoever records may see them."""
    return [one for category in view.categories for one in category.fields if one.field.update is Update.DYNAMIC]


def _inputs(request: HttpRequest, view: PassportView) -> list[EditField]:
    """Empty inputs for readings, and the lists as they are; no day of their own, since it is that of the event."""
    fields = []
    for one in _changing(view):
        if request.method == "POST":
            inputs: Inputs | None = posted_inputs(one.field, request.POST)
        else:
            inputs = None if one.field.type is ValueType.RECORDS else Inputs(unit=one.field.unit)
        fields.append(edit_field(one, view.kind, posted=inputs))
    return fields


def _page(request: HttpRequest, view: PassportView, chosen: Step | None, form: EventForm | None) -> HttpResponse:
    context = {
        "passport": view,
        "events": show_events(view),
        "steps": [(_code(step), EVENTS[step[0].value], ROLES[step[1].value]) for step in view.rights.events],
        "chosen": _code(chosen) if chosen else "",
        "chosen_words": EVENTS[chosen[0].value] if chosen else "",
        "chosen_role": ROLES[chosen[1].value] if chosen else "",
        "form": form,
        "fields": _inputs(request, view) if chosen and chosen[0] is EventKind.USED else [],
    }
    return render(request, "passports/events.html", context, status=422 if form is not None and form.errors else 200)
