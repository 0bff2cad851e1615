"""Words of events: kinds, states, when and where, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from synchromesh.community.models import Event, EventKind, Registration, RegistrationState
from synchromesh.community.queries.event_people import shown_name, shown_organisation
from synchromesh.community.queries.event_times import zone_of
from synchromesh.community.queries.event_words import when_words, where_words

register = template.Library()

KIND_NAMES = {
    EventKind.CONFERENCE.value: gettext_noop("Conference"),
    EventKind.STUDY_VISIT.value: gettext_noop("Study visit"),
    EventKind.VET_FORUM.value: gettext_noop("VET forum"),
    EventKind.WORKSHOP.value: gettext_noop("Workshop"),
    EventKind.WEBINAR.value: gettext_noop("Webinar"),
    EventKind.MEETING.value: gettext_noop("Meeting"),
    EventKind.OTHER.value: gettext_noop("Other event"),
}
STATE_NAMES = {
    RegistrationState.ASKED.value: gettext_noop("Waits for an answer"),
    RegistrationState.APPROVED.value: gettext_noop("Has a place"),
    RegistrationState.WAITING.value: gettext_noop("On the waiting list"),
    RegistrationState.DECLINED.value: gettext_noop("Declined"),
    RegistrationState.WITHDRAWN.value: gettext_noop("Withdrawn"),
}
USEFUL_NAMES = {
    4: gettext_noop("Very useful"),
    3: gettext_noop("Useful"),
    2: gettext_noop("Not very useful"),
    1: gettext_noop("Not useful"),
}


@register.filter
def event_kind_name(kind: str) -> str:
    """The name of a kind of event."""
    return gettext(KIND_NAMES.get(kind, kind)) if kind else ""


@register.filter
def registration_state_name(state: str) -> str:
    """Where somebody stands, in words."""
    return gettext(STATE_NAMES.get(state, state))


@register.filter
def useful_name(useful: int) -> str:
    """One of the four answers to how useful it was."""
    return gettext(USEFUL_NAMES[useful])


@register.filter
def event_when(event: Event) -> str:
    """When it is."""
    return when_words(event)


@register.filter
def event_where(event: Event) -> str:
    """Where it is; empty where that is not known."""
    return where_words(event)


@register.filter
def clock_of(instant: datetime, event: Event) -> str:
    """What clocks at the place of an event show."""
    return date_format(instant.astimezone(zone_of(event)), "TIME_FORMAT")


@register.filter
def moment_of(instant: datetime | None, event: Event) -> str:
    """Day and time at the place of an event."""
    return date_format(instant.astimezone(zone_of(event)), "DATETIME_FORMAT") if instant else ""


@register.filter
def participant_name(registration: Registration) -> str:
    """What organisers see of who it is."""
    return shown_name(registration)


@register.filter
def participant_organisation(registration: Registration) -> str:
    """The organisation that somebody named."""
    return shown_organisation(registration)


@register.filter
def was_there(registration: Registration) -> bool:
    """Whether somebody was noted at the event."""
    return hasattr(registration, "check_in")
