"""Organisers write events: add, change, announce, call off, copy, and the programme."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.accounts.queries.people import list_memberships
from synchromesh.community.models import Event, ProgrammeItem
from synchromesh.community.operations.event_editing import (
    add_event,
    cancel_event,
    copy_event,
    edit_event,
    publish_event,
)
from synchromesh.community.operations.event_programme import (
    ProgrammeEntry,
    add_programme_item,
    edit_programme_item,
    remove_programme_item,
)
from synchromesh.community.permissions import may_add_event, may_organise
from synchromesh.community.queries.event_lists import count_states, get_event, list_organised
from synchromesh.community.queries.event_programme import get_programme_item, list_programme
from synchromesh.community.queries.event_times import zone_of
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.events.event_form import EventForm
from synchromesh.web.events.forms import ProgrammeForm
from synchromesh.web.events.reading import organiser_page, put_error
from synchromesh.web.people import signed_in

PAGE_SIZE = 25
ONLY_ORGANISERS = "Only the organisers see this page."


@require_safe
@organiser_page
def organised(request: HttpRequest) -> HttpResponse:
    """The events that somebody organises, drafts too, and for whom they may add some."""
    person = signed_in(request)
    page = Paginator(list_organised(person), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = count_states(list(page))
    context = {
        "page": page,
        "rows": [(event, counts[event.pk]) for event in page],
        "organisers": _organisers(person),
        "is_staff": is_alliance_staff(person),
    }
    return render(request, "events/organise.html", context)


@organiser_page
def add(request: HttpRequest) -> HttpResponse:
    """The form for a new event; it is a draft until somebody announces it."""
    person = signed_in(request)
    slug = request.GET.get("organiser", "")
    organiser = get_organisation(slug) if slug else None
    require(may_add_event(person, organiser), "Only editors of an organisation and alliance staff add events.")
    form = EventForm(
        request.POST if request.method == "POST" else None, organiser=organiser, texts_in=get_language() or "en"
    )
    if form.is_valid():
        try:
            event = add_event(by=person, organiser=organiser, content=form.content())
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The draft is saved. Announce it when it is ready."))
            return redirect("events:detail", slug=event.slug)
    context = {"form": form, "organiser": organiser}
    return render(request, "events/edit.html", context, status=422 if form.errors else 200)


@organiser_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an event; buttons announce it, call it off, or copy it."""
    person = signed_in(request)
    event = _get(slug, person)
    action = request.POST.get("do", "save") if request.method == "POST" else ""
    if action in _ACTIONS:
        return redirect("events:detail", slug=_ACTIONS[action](request, person, event).slug)
    form = EventForm(
        request.POST if action else None, event=event, organiser=event.organiser, texts_in=get_language() or "en"
    )
    if form.is_valid():
        try:
            edit_event(by=person, event=event, content=form.content())
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved. Calendars take the change over."))
            return redirect("events:detail", slug=slug)
    context = {"form": form, "event": event, "organiser": event.organiser}
    return render(request, "events/edit.html", context, status=422 if form.errors else 200)


@organiser_page
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme: one form adds a point, or changes the one that the address names."""
    person = signed_in(request)
    event = _get(slug, person)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_programme_item(by=person, event=event, uid=_uid(request.POST.get("item", "")))
        return redirect("events:programme", slug=slug)
    item = get_programme_item(event, _uid(request.GET["item"])) if request.GET.get("item") else None
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=_initial(event, item))
    if form.is_valid():
        try:
            _save_item(person, event, item, form)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("events:programme", slug=slug)
    context = {"event": event, "form": form, "item": item, "programme": list_programme(event)}
    return render(request, "events/programme.html", context, status=422 if form.errors else 200)


def _get(slug: str, person: User) -> Event:
    event = get_event(slug, visible_to=person)
    require(may_organise(person, event), ONLY_ORGANISERS)
    return event


def _organisers(person: User) -> list[Organisation]:
    """The organisations for which a person may add events."""
    memberships = list_memberships(person, visible_to=person)
    return [one.organisation for one in memberships if one.role in {"editor", "manager"}]


def _publish(request: HttpRequest, person: User, event: Event) -> Event:
    publish_event(by=person, event=event)
    messages.success(request, gettext("The event is announced."))
    return event


def _cancel(request: HttpRequest, person: User, event: Event) -> Event:
    cancel_event(by=person, event=event, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("The event is called off. Everybody who takes part gets a mail."))
    return event


def _copy(request: HttpRequest, person: User, event: Event) -> Event:
    try:
        starts_on = date.fromisoformat(request.POST.get("starts_on", ""))
    except ValueError:
        raise TranslatedInvalidInput(gettext("Give the first day of the new event."), field="starts_on") from None
    copied = copy_event(by=person, event=event, starts_on=starts_on)
    messages.success(request, gettext("This is a draft of the new event."))
    return copied


_ACTIONS = {"publish": _publish, "cancel": _cancel, "copy": _copy}


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such point in this programme.") from None


def _initial(event: Event, item: ProgrammeItem | None) -> dict[str, object]:
    if item is None:
        return {"day": event.starts_on}
    zone = zone_of(event)
    begins, ends = item.starts_at.astimezone(zone), item.ends_at.astimezone(zone)
    return {
        "title": item.titles.get(get_language() or "en", ""),
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "track": item.track,
        "room": item.room,
        "speakers": item.speakers,
    }


def _save_item(person: User, event: Event, item: ProgrammeItem | None, form: ProgrammeForm) -> None:
    said = dict(form.cleaned_data)
    titles = (item.titles if item else {}) | {get_language() or "en": said.pop("title")}
    entry = ProgrammeEntry(titles=titles, **said)
    if item is None:
        add_programme_item(by=person, event=event, entry=entry)
    else:
        edit_programme_item(by=person, event=event, uid=item.uid, entry=entry)
