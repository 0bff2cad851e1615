"""People without an account: they sign up, confirm their address, and are forgotten on the day that was promised.

Whether an address is known is told to nobody: the same answer comes for a new one and for one that is registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.permissions import VISITOR, require
from synchromesh.community.models import Event, EventGuest, Registration, RegistrationState
from synchromesh.community.operations.event_mails import send_confirm_mail
from synchromesh.community.operations.event_registering import register_guest
from synchromesh.community.operations.event_seats import lock_event, move_waiting_up
from synchromesh.community.permissions import may_see_event
from synchromesh.community.queries.event_guests import find_guest
from synchromesh.community.queries.event_seats import why_closed
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit

UNCONFIRMED_DAYS = 2
"""So long an address is kept that nobody has confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestEntry:
    """What a guest wrote."""

    name: str
    email: str
    organisation_name: str = ""
    note: str = ""
    language: str = "en"


def enter_guest(*, by: audit.Actor, event: Event, entry: GuestEntry, now: datetime | None = None) -> None:
    """Note a guest and send the mail by which the address is confirmed; nothing is registered yet.

    An address that is noted already gets its mail again; what stands there stays as it is. Raises NotFound, Conflict
    where the event takes no guests now, InvalidInput.
    """
    now = now or timezone.now()
    if not may_see_event(VISITOR, event):
        raise NotFound("There is no event with this address.")
    closed = why_closed(event, now=now) or ("" if event.takes_guests else "Sign in to register for this event.")
    if closed:
        raise Conflict(closed)
    if not entry.name.strip():
        raise InvalidInput("Tell us your name.", field="name")
    with transaction.atomic():
        lock_event(event)
        guest = EventGuest.objects.filter(event=event, email=entry.email.lower()).first()
        if guest is None:
            guest = EventGuest.objects.create(**_columns(event, entry, now))
            audit.record(by=by, action="enter_guest", kind="event_guest", uid=guest.uid, event=event.slug)
        send_confirm_mail(guest=guest)


def confirm_guest(*, by: audit.Actor, key: str, now: datetime | None = None) -> Registration:
    """Register the guest whose key this is. Doing it again changes nothing. Raises NotFound, Conflict."""
    now = now or timezone.now()
    with transaction.atomic():
        guest = find_guest(key)
        locked = lock_event(guest.event)
        found = Registration.objects.filter(guest=guest).first()
        if found is not None and found.state != RegistrationState.WITHDRAWN:
            return found
        guest.confirmed_at = guest.confirmed_at or now
        guest.delete_on = _promised_day(locked)
        guest.save(update_fields=["confirmed_at", "delete_on"])
        audit.record(by=by, action="confirm_guest", kind="event_guest", uid=guest.uid)
        return register_guest(by=guest, guest=guest, now=now)


def delete_guest(*, by: audit.Actor, guest: EventGuest, now: datetime | None = None) -> None:
    """Forget a guest who wants it, at once; whoever waits gets the place. Raises NotAllowed."""
    require(by.public_id == guest.public_id, "Only the guest can do this.")
    with transaction.atomic():
        lock_event(guest.event)
        _forget(EventGuest.objects.filter(pk=guest.pk))
        audit.record(by=VISITOR, action="delete_guest", kind="event", uid=guest.event.uid)
        move_waiting_up(by=VISITOR, event=guest.event, now=now or timezone.now())


def delete_due_guests(*, by: audit.Actor, today: date, now: datetime | None = None) -> int:
    """Forget all guests whose promised day has come; returns how many. A repeated run finds none."""
    due = EventGuest.objects.filter(delete_on__lte=today)
    events = list(Event.objects.filter(pk__in=due.values("event")).order_by("pk"))
    count = 0
    for event in events:
        with transaction.atomic():
            lock_event(event)
            forgotten = _forget(EventGuest.objects.filter(event=event, delete_on__lte=today))
            if forgotten:
                audit.record(by=by, action="delete_due_guests", kind="event", uid=event.uid, guests=forgotten)
                move_waiting_up(by=by, event=event, now=now or timezone.now())
            count += forgotten
    return count


def _columns(event: Event, entry: GuestEntry, now: datetime) -> dict[str, object]:
    return {
        "event": event,
        "name": entry.name.strip(),
        "email": entry.email.lower(),
        "organisation_name": entry.organisation_name.strip(),
        "note": entry.note.strip(),
        "language": entry.language,
        "made_at": now,
        "delete_on": timezone.localdate(now) + timedelta(days=UNCONFIRMED_DAYS),
    }


def _promised_day(event: Event) -> date:
    return event.ends_on + timedelta(days=event.guest_days)


def _forget(guests: QuerySet[EventGuest]) -> int:
    """Delete guests and what their registrations say about them; the nameless lines stay for the count.

    A place in an event that is still to come is given up. The events are locked.
    """
    mine = Registration.objects.filter(guest__in=guests.values("pk"))
    open_ones = mine.filter(check_in=None, state__in=(RegistrationState.ASKED, RegistrationState.WAITING))
    open_ones.update(state=RegistrationState.WITHDRAWN)
    coming = mine.filter(check_in=None, state=RegistrationState.APPROVED, event__ends_on__gte=timezone.localdate())
    coming.update(state=RegistrationState.WITHDRAWN, seated_at=None)
    mine.update(organisation=None, note="", answer="")
    return guests.delete()[1].get("community.EventGuest", 0)
