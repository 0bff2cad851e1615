"""Take part with an account or sign up as a guest; the ticket with its code, and the certificate."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import Event, RegistrationState
from synchromesh.community.operations.event_guests import GuestEntry, enter_guest
from synchromesh.community.operations.event_registering import register_person
from synchromesh.community.queries.event_lists import get_event
from synchromesh.community.queries.event_people import find_own, get_own
from synchromesh.community.queries.event_seats import why_closed
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing.rate_limits import Rate, take, visitor_digest
from synchromesh.web.events.certificates import send_certificate
from synchromesh.web.events.forms import GuestForm, RegisterForm
from synchromesh.web.events.reading import put_error, reader_of
from synchromesh.web.events.tickets import act_on_ticket, ticket_context
from synchromesh.web.people import signed_in

SIGN_UPS = Rate(name="event-guests", most=10, seconds=3600)
"""So many guests one visitor may sign up in an hour."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to take part: with the account, or as a guest where the event takes guests."""
    reader = reader_of(request)
    event = get_event(slug, visible_to=reader)
    if reader is VISITOR:
        return _register_guest(request, event) if event.takes_guests else redirect_to_login(request.path)
    own = find_own(event, reader)
    if own is not None and own.state != RegistrationState.WITHDRAWN:
        return redirect("events:ticket", slug=slug)
    return _register_person(request, event)


def _register_person(request: HttpRequest, event: Event) -> HttpResponse:
    person = signed_in(request)
    mine = Organisation.objects.filter(memberships__person=person).order_by("name", "pk")
    form = RegisterForm(request.POST if request.method == "POST" else None, organisations=mine)
    if form.is_valid():
        try:
            register_person(by=person, event=event, organisation=form.chosen(), note=form.cleaned_data["note"])
        except (Conflict, InvalidInput) as error:
            put_error(form, error)
        else:
            return redirect("events:ticket", slug=event.slug)
    return _form_page(request, event, form)


def _register_guest(request: HttpRequest, event: Event) -> HttpResponse:
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        entry = GuestEntry(**form.entry(), language=get_language() or "en")
        try:
            if not take(SIGN_UPS, visitor_digest(request)).granted:
                raise Conflict("Too many registrations came from your network. Try again in an hour.")
            enter_guest(by=VISITOR, event=event, entry=entry)
        except (Conflict, InvalidInput) as error:
            put_error(form, error)
        else:
            return render(request, "events/look_into_mail.html", {"event": event, "email": entry.email})
    return _form_page(request, event, form)


def _form_page(request: HttpRequest, event: Event, form: RegisterForm | GuestForm) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "closed": why_closed(event, now=timezone.now()),
        "is_guest": "email" in form.fields,
    }
    return render(request, "events/register.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody's own registration: where they stand, the code for the door, what is handed out; buttons change it."""
    person = signed_in(request)
    event = get_event(slug, visible_to=person)
    own = get_own(event, person)
    form = None
    if request.method == "POST":
        form = act_on_ticket(request, by=person, registration=own)
        if form is None:
            return redirect("events:ticket", slug=slug)
    context = ticket_context(request, by=person, registration=own, feedback=form)
    return render(request, "events/ticket.html", context, status=422 if form else 200)


@never_cache
@login_required
@require_safe
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificate of attendance of somebody who was there, as PDF. Raises NotFound for everybody else."""
    person = signed_in(request)
    return send_certificate(get_own(get_event(slug, visible_to=person), person))
