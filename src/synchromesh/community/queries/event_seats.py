"""How many places of an event are taken, whether it takes registrations now, and who waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from synchromesh.community.models import Event, EventState, Registration, RegistrationState
from synchromesh.community.queries.event_times import has_ended
from synchromesh.engine.vocabulary.folding import fold

_OPEN = (RegistrationState.ASKED, RegistrationState.APPROVED, RegistrationState.WAITING)
"""States in which somebody takes part or wants to."""


@dataclass(slots=True)
class FreeSeats:
    """What is left of an event's places while they are given away one by one; `free` is None without a limit."""

    free: int | None
    most_of_one: int | None
    taken_by: Counter[str]

    def has_one_for(self, registration: Registration) -> bool:
        """Whether there is a place, and one for this organisation."""
        if self.free is not None and self.free <= 0:
            return False
        who = organisation_key(registration)
        return self.most_of_one is None or not who or self.taken_by[who] < self.most_of_one

    def take(self, registration: Registration) -> None:
        """Count a place that was given away."""
        if self.free is not None:
            self.free -= 1
        self.taken_by[organisation_key(registration)] += 1


def organisation_key(registration: Registration) -> str:
    """What tells organisations apart when seats are counted; empty for whoever named none."""
    if registration.organisation_id is not None:
        return f"#{registration.organisation_id}"
    guest = registration.guest if registration.guest_id else None
    return fold(guest.organisation_name) if guest else ""


def find_free_seats(event: Event) -> FreeSeats:
    """What is free now. Call it with the event locked where something is decided by it."""
    seated = Registration.objects.filter(event=event, state=RegistrationState.APPROVED)
    taken: Counter[str] = Counter()
    if event.seats_per_organisation is not None:
        taken.update(organisation_key(one) for one in seated.select_related("guest"))
    free = None if event.seats is None else event.seats - seated.count()
    return FreeSeats(free=free, most_of_one=event.seats_per_organisation, taken_by=taken)


def list_waiting(event: Event) -> QuerySet[Registration]:
    """The waiting list, whoever waits longest first."""
    waiting = Registration.objects.filter(event=event, state=RegistrationState.WAITING)
    return waiting.select_related("person", "guest").order_by("asked_at", "pk")


def count_seats(event: Event) -> dict[str, int]:
    """How many have a place, wait for one, or for an answer."""
    counts = Counter(Registration.objects.filter(event=event, state__in=_OPEN).values_list("state", flat=True))
    return {state: counts[state] for state in _OPEN}


def place_in_queue(registration: Registration) -> int | None:
    """The place in the waiting list, from 1; None for whoever does not wait."""
    if registration.state != RegistrationState.WAITING:
        return None
    for place, pk in enumerate(list_waiting(registration.event).values_list("pk", flat=True), start=1):
        if pk == registration.pk:
            return place
    return None


def why_closed(event: Event, *, now: datetime) -> str:
    """Why nobody can register just now, as a sentence; empty where one can."""
    if event.state == EventState.CANCELLED:
        return "This event is called off."
    if event.state != EventState.PUBLISHED or not event.takes_registrations:
        return "There is no registration for this event here."
    if event.registers_from_at is not None and now < event.registers_from_at:
        return "Registration has not begun yet."
    if event.registers_until_at is not None and now >= event.registers_until_at:
        return "Registration is over."
    return "This event is over." if has_ended(event, now=now) else ""
