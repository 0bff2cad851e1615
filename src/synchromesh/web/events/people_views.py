"""Who takes part, for organisers: approve, decline, take the list along, award, and read what people said."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event, RegistrationState
from synchromesh.community.operations.event_certificates import award_attendance
from synchromesh.community.operations.event_people import export_participants
from synchromesh.community.operations.event_registering import approve_registration, refuse_registration
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_lists import count_states, get_event
from synchromesh.community.queries.event_people import (
    count_feedback,
    count_present,
    get_registration,
    list_registrations,
)
from synchromesh.engine.errors import NotFound
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.events.editing_views import ONLY_ORGANISERS
from synchromesh.web.events.reading import organiser_page
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.events import registration_state_name

PAGE_SIZE = 50


@organiser_page
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """All registrations with their state; buttons approve and decline."""
    person = signed_in(request)
    event = _get(slug, person)
    if request.method == "POST":
        messages.success(request, _done(request, person, event))
        return redirect(request.get_full_path())
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    found = list_registrations(event, visible_to=person, state=state, words=words)
    counts = count_states([event])[event.pk]
    context = {
        "event": event,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "words": words,
        "states": [(value, registration_state_name(value), counts[value]) for value in RegistrationState.values],
        "present": count_present(event, visible_to=person),
    }
    return render(request, "events/people.html", context)


def _done(request: HttpRequest, person: User, event: Event) -> str:
    """Do what the button says; returns what was done, in words."""
    action = request.POST.get("do", "")
    if action == "award":
        issued = len(award_attendance(by=person, event=event))
        return gettext("Awarded to %(count)s people. Each gets a mail.") % {"count": issued}
    if action not in {"approve", "refuse"}:
        raise TranslatedInvalidInput(gettext("Choose what to do."), field="do")
    registration = get_registration(event, _uid(request.POST.get("registration", "")), visible_to=person)
    if action == "approve":
        approved = approve_registration(by=person, registration=registration)
        waits = approved.state == RegistrationState.WAITING
        return gettext("All places are taken: on the waiting list.") if waits else gettext("There is a place now.")
    refuse_registration(by=person, registration=registration, answer=request.POST.get("answer", ""))
    return gettext("Declined. The person gets a mail.")


@require_safe
@never_cache
@login_required
def people_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All registrations as CSV. Taking it along is noted in the audit trail."""
    person = signed_in(request)
    event = get_event(slug, visible_to=person)
    found = export_participants(by=person, event=event)
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-people.csv"'
    return response


class _Echo:
    """A file that hands every line back."""

    def write(self, line: str) -> str:
        return line


def _lines(found: list[dict[str, str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    columns = ("name", "email", "organisation", "state", "asked_at", "arrived_at", "note")
    yield "\ufeff" + writer.writerow(columns)
    for row in found:
        yield writer.writerow([_harmless(row[column]) for column in columns])


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


@require_safe
@organiser_page
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """What people said of the event, without names."""
    person = signed_in(request)
    event = _get(slug, person)
    counts, words = count_feedback(event, visible_to=person)
    context = {"event": event, "counts": list(counts.items()), "total": sum(counts.values()), "said": words}
    return render(request, "events/feedback.html", context)


def _get(slug: str, person: User) -> Event:
    event = get_event(slug, visible_to=person)
    require(may_organise(person, event), ONLY_ORGANISERS)
    return event


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such registration.") from None
