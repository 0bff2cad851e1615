"""Note who was there. A device may have noted it without a network: what comes twice counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.community.models import CheckIn, Event, Registration, RegistrationState
from synchromesh.community.operations.event_registering import SIGNS_OF_A_CODE
from synchromesh.community.operations.event_seats import lock_event
from synchromesh.community.permissions import may_organise
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit
from synchromesh.plumbing.typed_codes import read_code

MOST_AT_ONCE = 500
_ONLY_ORGANISERS = "Only the organisers note who was there."
_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedArrival:
    """What a device noted: an id that it made, the code on the ticket, and when."""

    uid: UUID
    code: str
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArrival:
    """What became of it: `stored`, `known` (noted before, by whatever device), or `refused` with why."""

    uid: UUID
    outcome: str
    name: str = ""
    why: str = ""


def record_arrival(*, by: audit.Actor, event: Event, code: str, now: datetime | None = None) -> Registration:
    """Note that whoever holds the ticket with this code is here.

    Raises NotAllowed, NotFound for a code of no ticket of this event, and Conflict for one without a place, and for one
    that was noted before.
    """
    arrival = NotedArrival(uid=uuid4(), code=code, noted_at=now or timezone.now())
    (stored,) = record_arrivals(by=by, event=event, arrivals=[arrival], now=now)
    if stored.outcome == "refused" and not stored.name:
        raise NotFound(stored.why, field="code")
    if stored.outcome != "stored":
        raise Conflict(stored.why or f"{stored.name} was noted before.", field="code")
    return Registration.objects.select_related("person", "guest").get(check_in__uid=arrival.uid)


def record_arrivals(
    *, by: audit.Actor, event: Event, arrivals: Sequence[NotedArrival], now: datetime | None = None
) -> list[StoredArrival]:
    """Note many arrivals at once, as devices send them when they have a network again; one answer for each.

    Sending the same again changes nothing. Raises NotAllowed, InvalidInput for more than 500 at once.
    """
    require(may_organise(by, event), _ONLY_ORGANISERS)
    if len(arrivals) > MOST_AT_ONCE:
        raise InvalidInput(f"Send at most {MOST_AT_ONCE} at once.", field="arrivals")
    now = now or timezone.now()
    with transaction.atomic():
        lock_event(event)
        tickets = _tickets(event, arrivals)
        known = set(CheckIn.objects.filter(uid__in=[one.uid for one in arrivals]).values_list("uid", flat=True))
        answers = [_store(by, one, tickets.get(_code(one)), known, now) for one in arrivals]
        if new := sum(answer.outcome == "stored" for answer in answers):
            audit.record(by=by, action="record_arrivals", kind="event", uid=event.uid, arrivals=new)
    return answers


def undo_arrival(*, by: audit.Actor, event: Event, code: str) -> None:
    """Take back an arrival that was noted by mistake. Raises NotAllowed, NotFound."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        lock_event(event)
        found = CheckIn.objects.filter(registration__event=event, registration__code=code).select_related(
            "registration"
        )
        check_in = found.first()
        if check_in is None:
            raise NotFound("Nobody with this code was noted.", field="code")
        audit.record(by=by, action="undo_arrival", kind="registration", uid=check_in.registration.uid)
        check_in.delete()


def code_of(text: str) -> str:
    """The code in what was typed or scanned: a QR code holds the address of the check-in page with it."""
    return read_code(text.rpartition("code=")[2].strip(), signs=SIGNS_OF_A_CODE) or ""


def _code(arrival: NotedArrival) -> str:
    return code_of(arrival.code)


def _tickets(event: Event, arrivals: Sequence[NotedArrival]) -> dict[str, Registration]:
    codes = {_code(one) for one in arrivals}
    found = Registration.objects.filter(event=event, code__in=codes).select_related("person", "guest", "check_in")
    return {registration.code: registration for registration in found}


def _store(
    by: audit.Actor, arrival: NotedArrival, ticket: Registration | None, known: set[UUID], now: datetime
) -> StoredArrival:
    if ticket is None:
        return StoredArrival(uid=arrival.uid, outcome="refused", why="This is no ticket for this event.")
    name = str(ticket.person or (ticket.guest.name if ticket.guest else ticket.code))
    if hasattr(ticket, "check_in") or arrival.uid in known:
        return StoredArrival(uid=arrival.uid, outcome="known", name=name)
    if ticket.state != RegistrationState.APPROVED:
        why = f"{name} is registered but has no place."
        return StoredArrival(uid=arrival.uid, outcome="refused", name=name, why=why)
    noted_at = min(arrival.noted_at, now + _CLOCKS_DIFFER)
    made = CheckIn.objects.create(uid=arrival.uid, registration=ticket, noted_at=noted_at, recorded_by=by.public_id)
    ticket.check_in = made
    known.add(arrival.uid)
    return StoredArrival(uid=arrival.uid, outcome="stored", name=name)
