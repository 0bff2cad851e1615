"""Take part in an event: ask for a place, withdraw, approve, decline.

Everything about the places of one event happens with its row locked, so that there are never more participants than
seats, however many press the button at the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event, EventGuest, Registration, RegistrationState
from synchromesh.community.operations.event_mails import send_place_mail
from synchromesh.community.operations.event_seats import lock_event, move_waiting_up, settle_registration
from synchromesh.community.permissions import may_organise, may_see_event
from synchromesh.community.queries.event_seats import find_free_seats, why_closed
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit
from synchromesh.plumbing.typed_codes import new_code

SIGNS_OF_A_CODE = 12
LONGEST_NOTE = 500
_ONLY_ORGANISERS = "Only the organisers decide who takes part."
_LEFT = (RegistrationState.WITHDRAWN, RegistrationState.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """Who wants to take part, for whom, and what the organisers should know."""

    person: User | None = None
    guest: EventGuest | None = None
    organisation: Organisation | None = None
    note: str = ""


def register_person(
    *, by: User, event: Event, organisation: Organisation | None = None, note: str = "", now: datetime | None = None
) -> Registration:
    """Ask for a place; it is there at once, or there is an answer to wait for, or a waiting list.

    Whoever withdrew may ask again and stands at the end of the list. `organisation` is one that the person belongs to.
    Raises NotFound for an event that they may not know of, InvalidInput, and Conflict where registration is closed, or
    they are registered already or were declined.
    """
    require(by.is_active, "This account is closed.")
    if not may_see_event(by, event):
        raise NotFound("There is no event with this address.")
    if organisation is not None and not by.memberships.filter(organisation=organisation).exists():
        raise InvalidInput("Choose an organisation that you belong to.", field="organisation")
    wish = _Wish(person=by, organisation=organisation, note=note)
    return _enter_registration(by=by, event=event, wish=wish, now=now or timezone.now())


def register_guest(*, by: audit.Actor, guest: EventGuest, now: datetime) -> Registration:
    """Ask for a place for a guest who has confirmed the address; called by the confirmation, which checked the key."""
    named = (
        Organisation.objects.filter(name__iexact=guest.organisation_name).first() if guest.organisation_name else None
    )
    wish = _Wish(guest=guest, organisation=named, note=guest.note)
    return _enter_registration(by=by, event=guest.event, wish=wish, now=now)


def _enter_registration(*, by: audit.Actor, event: Event, wish: _Wish, now: datetime) -> Registration:
    """Write a registration in the state that the event's rules give it. Raises InvalidInput and Conflict."""
    if len(wish.note) > LONGEST_NOTE:
        raise InvalidInput(f"Say it in at most {LONGEST_NOTE} characters.", field="note")
    with transaction.atomic():
        locked = lock_event(event)
        if closed := why_closed(locked, now=now):
            raise Conflict(closed)
        registration = _unsaved(locked, wish)
        registration.event, registration.organisation, registration.note = locked, wish.organisation, wish.note.strip()
        registration.asked_at, registration.withdrawn_at, registration.reminded_at = now, None, None
        registration.decided_at, registration.decided_by, registration.answer = None, "", ""
        try:
            with transaction.atomic():
                _begin(by, registration, now)
        except IntegrityError:  # the same person on a second device, at the same moment
            raise Conflict("You are registered already.") from None
        audit.record(by=by, action="register", kind="registration", uid=registration.uid, event=locked.slug)
    return registration


def withdraw_registration(*, by: audit.Actor, registration: Registration, now: datetime | None = None) -> Registration:
    """Give up a place or a wish for one; whoever waits longest gets the place, with a mail.

    The person alone does it for themselves; for a guest, whoever holds the key. Raises NotFound, Conflict.
    """
    require(is_own(by, registration), "Only you can withdraw.")
    now = now or timezone.now()
    with transaction.atomic():
        found = _lock(registration)
        if found.state in _LEFT:
            raise Conflict("There is nothing to withdraw any more.")
        if hasattr(found, "check_in"):
            raise Conflict("You were there already.")
        had_place = found.state == RegistrationState.APPROVED
        found.state, found.seated_at, found.withdrawn_at = RegistrationState.WITHDRAWN, None, now
        found.save(update_fields=["state", "seated_at", "withdrawn_at"])
        audit.record(by=by, action="withdraw_registration", kind="registration", uid=found.uid)
        send_place_mail(registration=found)
        if had_place:
            move_waiting_up(by=by, event=found.event, now=now)
    return found


def approve_registration(*, by: audit.Actor, registration: Registration, now: datetime | None = None) -> Registration:
    """Give a place to whoever asked, waits or was declined; one who asked waits where all places are taken.

    Raises NotAllowed, and Conflict for whoever withdrew, has a place, or waits while there is none.
    """
    require(may_organise(by, registration.event), _ONLY_ORGANISERS)
    now = now or timezone.now()
    with transaction.atomic():
        found = _lock(registration)
        if found.state in {RegistrationState.APPROVED, RegistrationState.WITHDRAWN}:
            raise Conflict("This registration cannot be approved any more. Load the page again.")
        if found.state == RegistrationState.WAITING and not find_free_seats(found.event).has_one_for(found):
            raise Conflict("All places are taken. Give the event more seats first.")
        found.decided_at, found.decided_by, found.answer = now, by.public_id, ""
        settle_registration(by=by, registration=found, now=now)
        audit.record(by=by, action="approve_registration", kind="registration", uid=found.uid)
    return found


def refuse_registration(
    *, by: audit.Actor, registration: Registration, answer: str = "", now: datetime | None = None
) -> Registration:
    """Decline a registration, also one that has a place; whoever waits longest gets it.

    Raises NotAllowed, InvalidInput, and Conflict for whoever withdrew, was declined, or was there already.
    """
    require(may_organise(by, registration.event), _ONLY_ORGANISERS)
    if len(answer) > LONGEST_NOTE:
        raise InvalidInput(f"Say it in at most {LONGEST_NOTE} characters.", field="answer")
    now = now or timezone.now()
    with transaction.atomic():
        found = _lock(registration)
        if found.state in _LEFT or hasattr(found, "check_in"):
            raise Conflict("This registration cannot be declined any more. Load the page again.")
        found.state, found.seated_at, found.answer = RegistrationState.DECLINED, None, answer.strip()
        found.decided_at, found.decided_by = now, by.public_id
        found.save(update_fields=["state", "seated_at", "answer", "decided_at", "decided_by"])
        audit.record(by=by, action="refuse_registration", kind="registration", uid=found.uid)
        send_place_mail(registration=found)
        move_waiting_up(by=by, event=found.event, now=now)
    return found


def is_own(by: audit.Actor, registration: Registration) -> bool:
    """Whether a registration belongs to the person, or to the guest whose key was checked."""
    if registration.guest_id is not None:
        return registration.guest is not None and by.public_id == registration.guest.public_id
    return registration.person is not None and by.public_id == registration.person.public_id


def _unsaved(event: Event, wish: _Wish) -> Registration:
    """The former registration of whoever withdrew, else a new one; the event is locked."""
    former = None
    if wish.person is not None:
        former = Registration.objects.filter(event=event, person=wish.person).first()
    elif wish.guest is not None:
        former = Registration.objects.filter(event=event, guest=wish.guest).first()
    if former is None:
        return Registration(event=event, person=wish.person, guest=wish.guest, code=new_code(SIGNS_OF_A_CODE))
    if former.state == RegistrationState.DECLINED:
        raise Conflict("The organisers have declined your registration. Ask them.")
    if former.state != RegistrationState.WITHDRAWN:
        raise Conflict("You are registered already.")
    return former


def _begin(by: audit.Actor, registration: Registration, now: datetime) -> None:
    if registration.event.needs_approval:
        registration.state, registration.seated_at = RegistrationState.ASKED, None
        registration.save()
        send_place_mail(registration=registration)
    else:
        settle_registration(by=by, registration=registration, now=now)


def _lock(registration: Registration) -> Registration:
    """The registration as it is now, with its event locked first: no two wait for each other."""
    event = lock_event(registration.event)
    found = (
        Registration.objects.select_for_update(of=("self",)).select_related("person", "guest").get(pk=registration.pk)
    )
    found.event = event
    return found
