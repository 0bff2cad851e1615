"""Places of an event: given one after the other, and whoever waits gets the next free one by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from synchromesh.community.models import Event, EventState, Registration, RegistrationState
from synchromesh.community.operations.event_mails import send_place_mail
from synchromesh.community.queries.event_seats import find_free_seats, list_waiting
from synchromesh.community.queries.event_times import has_ended
from synchromesh.plumbing import audit


def lock_event(event: Event) -> Event:
    """The event as it is now, locked until the transaction ends: everything about its places goes one by one."""
    return Event.objects.select_for_update(of=("self",)).select_related("organiser", "country").get(pk=event.pk)


def move_waiting_up(*, by: audit.Actor, event: Event, now: datetime) -> list[Registration]:
    """Give free places to those who wait longest, with a mail to each; returns who moved up.

    Whose organisation has all its places is passed over and keeps the place in the list. The caller has checked the
    permission: it is a consequence of somebody leaving, or of more seats.
    """
    moved: list[Registration] = []
    with transaction.atomic():
        locked = lock_event(event)
        if locked.state != EventState.PUBLISHED or has_ended(locked, now=now):
            return moved
        seats = find_free_seats(locked)
        for registration in list_waiting(locked):
            if seats.free is not None and seats.free <= 0:
                break
            if seats.has_one_for(registration):
                seats.take(registration)
                registration.event = locked
                give_place(by=by, registration=registration, now=now)
                moved.append(registration)
    return moved


def give_place(*, by: audit.Actor, registration: Registration, now: datetime) -> None:
    """Write that somebody has a place and tell them. The event is locked, and the caller has looked for a free one."""
    registration.state, registration.seated_at = RegistrationState.APPROVED, now
    registration.save(update_fields=["state", "seated_at"])
    audit.record(by=by, action="give_place", kind="registration", uid=registration.uid, event=registration.event.slug)
    send_place_mail(registration=registration)


def settle_registration(*, by: audit.Actor, registration: Registration, now: datetime) -> None:
    """Give a place to a new or approved registration, or put it on the waiting list. The event is locked.

    Places that are free already go to those who wait before.
    """
    event = registration.event
    move_waiting_up(by=by, event=event, now=now)
    if find_free_seats(event).has_one_for(registration):
        registration.state, registration.seated_at = RegistrationState.APPROVED, now
    else:
        registration.state, registration.seated_at = RegistrationState.WAITING, None
    registration.save()
    send_place_mail(registration=registration)
    audit.record(
        by=by, action="settle_registration", kind="registration", uid=registration.uid, state=str(registration.state)
    )
