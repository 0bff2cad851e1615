"""The people of an event: take their list along, and forget somebody whose account is deleted."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.community.models import Event, EventFeedback, EventGuest, Registration, RegistrationState
from synchromesh.community.operations.event_seats import lock_event, move_waiting_up
from synchromesh.community.queries.event_people import list_registrations, shown_name, shown_organisation
from synchromesh.plumbing import audit

_OPEN = (RegistrationState.ASKED, RegistrationState.APPROVED, RegistrationState.WAITING)


def export_participants(*, by: audit.Actor, event: Event) -> list[dict[str, str]]:
    """All registrations as rows of text, for organisers; that somebody took them is noted. Raises NotAllowed."""
    with transaction.atomic():
        found = list_registrations(event, visible_to=by)
        rows = []
        for one in found:
            email = one.guest.email if one.guest else (one.person.email if one.person else "")
            check_in = getattr(one, "check_in", None)
            rows.append(
                {
                    "name": shown_name(one),
                    "email": email or "",
                    "organisation": shown_organisation(one),
                    "state": one.state,
                    "asked_at": one.asked_at.isoformat(),
                    "arrived_at": check_in.noted_at.isoformat() if check_in else "",
                    "note": one.note,
                }
            )
        audit.record(by=by, action="export_participants", kind="event", uid=event.uid, registrations=len(rows))
    return rows


def delete_participation(*, by: audit.Actor, person: User, addresses: Collection[str]) -> int:
    """Forget who a person was at events, also as a guest, and give their places to those who wait.

    The lines themselves stay for the count, without name, organisation, note and words; says how many. Called inside
    the transaction that deletes the account, whose permission is checked there.
    """
    now, today = timezone.now(), timezone.localdate()
    guests = EventGuest.objects.filter(email__in=[address.lower() for address in addresses])
    theirs = Registration.objects.filter(Q(person=person) | Q(guest__in=guests.values("pk")))
    events = list(Event.objects.filter(pk__in=theirs.values("event")).order_by("pk"))
    with transaction.atomic():
        for event in events:
            lock_event(event)
        kept = list(theirs.values_list("pk", flat=True))
        found = Registration.objects.filter(pk__in=kept)
        open_ones = found.filter(check_in=None, event__ends_on__gte=today, state__in=_OPEN)
        open_ones.update(state=RegistrationState.WITHDRAWN, seated_at=None, withdrawn_at=now)
        found.update(person=None, guest=None, organisation=None, note="", answer="")
        EventFeedback.objects.filter(registration__in=kept).update(words="")
        guests.delete()
        if kept:
            audit.record(by=by, action="delete_participation", kind="person", uid=person.uid, registrations=len(kept))
        for event in events:
            move_waiting_up(by=by, event=event, now=now)
    return len(kept)
