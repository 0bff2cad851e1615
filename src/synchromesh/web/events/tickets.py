"""The ticket of a registration, the same for people with an account and for guests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from synchromesh.community.models import Event, Registration, RegistrationState
from synchromesh.community.operations.event_certificates import find_awarded
from synchromesh.community.operations.event_feedback import save_feedback
from synchromesh.community.operations.event_registering import withdraw_registration
from synchromesh.community.queries.event_materials import list_materials
from synchromesh.community.queries.event_seats import place_in_queue
from synchromesh.community.queries.event_times import has_begun, has_ended
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.typed_codes import in_groups
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.events.forms import FeedbackForm
from synchromesh.web.wallet.code_pictures import code_picture


def ticket_context(
    request: HttpRequest, *, by: Actor, registration: Registration, feedback: FeedbackForm | None = None
) -> dict[str, Any]:
    """What the page of a ticket shows."""
    event, now = registration.event, timezone.now()
    has_place = registration.state == RegistrationState.APPROVED
    was_there = hasattr(registration, "check_in")
    return {
        "event": event,
        "own": registration,
        "queue": place_in_queue(registration),
        "code": in_groups(registration.code),
        "qr": code_picture(door_address(event, registration)) if has_place else "",
        "has_place": has_place,
        "was_there": was_there,
        "may_withdraw": not was_there and registration.state in {"asked", "approved", "waiting"},
        "may_say": has_place and has_begun(event, now=now),
        "is_over": has_ended(event, now=now),
        "feedback": feedback or FeedbackForm(initial=_said(registration)),
        "materials": list_materials(event, visible_to=by),
        "awarded": find_awarded(registration) if was_there else None,
    }


def act_on_ticket(request: HttpRequest, *, by: Actor, registration: Registration) -> FeedbackForm | None:
    """Do what the button says; returns the form where something in it is wrong."""
    action = request.POST.get("do", "")
    if action == "withdraw":
        withdraw_registration(by=by, registration=registration)
        messages.success(request, gettext("Your registration is withdrawn."))
    elif action == "say":
        form = FeedbackForm(request.POST)
        if not form.is_valid():
            return form
        save_feedback(by=by, registration=registration, **form.cleaned_data)
        messages.success(request, gettext("Thank you. The organisers read it without your name."))
    else:
        raise TranslatedInvalidInput(gettext("Choose what to do."), field="do")
    return None


def door_address(event: Event, registration: Registration) -> str:
    """What the QR code holds: the organisers' page for the door with the code filled in."""
    return f"{settings.SITE_ADDRESS}{reverse('events:check-in', args=[event.slug])}?code={registration.code}"


def _said(registration: Registration) -> dict[str, Any]:
    feedback = getattr(registration, "feedback", None)
    return {"useful": feedback.useful, "words": feedback.words} if feedback else {}
