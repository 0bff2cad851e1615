"""What events keep about a person: for which they registered, whether they were there, what they said."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.accounts.models import User
from synchromesh.community.models import OwnCalendar, Registration
from synchromesh.site.personal_relations import Entry, PersonalRelation, TextReference, text


def _registrations(person: User) -> list[Entry]:
    found = Registration.objects.filter(person=person).select_related("event", "organisation", "check_in", "feedback")
    return [_registration(row) for row in found.order_by("pk")]


def _registration(row: Registration) -> Entry:
    check_in, feedback = getattr(row, "check_in", None), getattr(row, "feedback", None)
    return {
        "event": row.event.slug,
        "titles": row.event.titles,
        "organisation": str(row.organisation) if row.organisation else None,
        "state": row.state,
        "code": row.code,
        "note": row.note,
        "asked_at": text(row.asked_at),
        "seated_at": text(row.seated_at),
        "decided_at": text(row.decided_at),
        "answer": row.answer,
        "withdrawn_at": text(row.withdrawn_at),
        "reminded_at": text(row.reminded_at),
        "feedback_asked_at": text(row.feedback_asked_at),
        "was_there_at": text(check_in.noted_at) if check_in else None,
        "said": {"useful": feedback.useful, "words": feedback.words} if feedback else None,
    }


def _own_calendar(person: User) -> list[Entry]:
    """Its secret address is known to nobody here: only a hash of its key is kept."""
    return [{"made_at": text(row.made_at)} for row in OwnCalendar.objects.filter(person=person)]


EVENT_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(
        relation="community.Registration.person", section="event_registrations", read=_registrations, deleted=False
    ),
    PersonalRelation(relation="community.OwnCalendar.person", section="own_calendar", read=_own_calendar),
)
EVENT_REFERENCES: tuple[TextReference, ...] = (
    TextReference(
        column="community.Event.made_by",
        what=gettext_noop("events that you wrote"),
        why=gettext_noop("They belong to the organisers. Your name is not in them."),
    ),
    TextReference(
        column="community.Registration.decided_by",
        what=gettext_noop("people of whom you said whether they take part in an event"),
        why=gettext_noop("They still take part. Your name is not in them."),
    ),
    TextReference(
        column="community.CheckIn.recorded_by",
        what=gettext_noop("people whom you noted at the door of an event"),
        why=gettext_noop("Their certificates rest on it. Your name is not in them."),
    ),
    TextReference(
        column="community.EventMaterial.uploaded_by",
        what=gettext_noop("materials of events that you handed out"),
        why=gettext_noop("Participants still use them. Your name is not in them."),
    ),
)
