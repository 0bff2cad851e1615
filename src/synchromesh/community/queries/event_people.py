"""Who takes part in an event. Lists are for its organisers; a person sees their own line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import CheckIn, Event, EventFeedback, EventGuest, Registration, RegistrationState
from synchromesh.community.permissions import may_organise
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

_AT_THE_DOOR = (
    "code", "person__name", "person__email", "person__sign_in_name", "guest__name", "guest__organisation_name",
    "organisation__name", "check_in__uid", "check_in__registration",
)  # fmt: skip
_ONLY_ORGANISERS = "Only the organisers see who takes part."


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody who has a place, as the list at the door needs it."""

    code: str
    name: str
    organisation: str
    is_here: bool


def list_registrations(event: Event, *, visible_to: Actor, state: str = "", words: str = "") -> QuerySet[Registration]:
    """The registrations of an event in the order in which people asked. Raises NotAllowed for all but organisers."""
    require(may_organise(visible_to, event), _ONLY_ORGANISERS)
    found = Registration.objects.filter(event=event)
    if state in RegistrationState.values:
        found = found.filter(state=state)
    for word in words.split()[:5]:
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(guest__name__icontains=word)
            | Q(guest__email__icontains=word)
            | Q(guest__organisation_name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(code__icontains=word)
        )
    return found.select_related("person", "guest", "organisation", "check_in").order_by("asked_at", "pk")


def list_expected(event: Event, *, visible_to: Actor) -> list[Expected]:
    """Everybody who has a place, by name, for the list at the door. Raises NotAllowed for all but organisers."""
    found = list_registrations(event, visible_to=visible_to, state=RegistrationState.APPROVED).only(*_AT_THE_DOOR)
    rows = [
        Expected(
            code=one.code,
            name=shown_name(one),
            organisation=shown_organisation(one),
            is_here=hasattr(one, "check_in"),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def get_registration(event: Event, uid: UUID, *, visible_to: Actor) -> Registration:
    """One registration, for organisers. Raises NotAllowed, NotFound."""
    found = list_registrations(event, visible_to=visible_to).filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such registration.")
    found.event = event
    return found


def find_own(event: Event, by: Actor) -> Registration | None:
    """The registration of the person, or of the guest whose key was checked; None where there is none."""
    found = Registration.objects.filter(event=event).select_related("person", "guest", "organisation", "check_in")
    if isinstance(by, EventGuest):
        registration = found.filter(guest=by).first()
    else:
        registration = found.filter(person=by).first() if isinstance(by, User) else None
    if registration is not None:
        registration.event = event
    return registration


def get_own(event: Event, by: Actor) -> Registration:
    """The same. Raises NotFound where there is none."""
    found = find_own(event, by)
    if found is None:
        raise NotFound("You are not registered for this event.")
    return found


def list_own(person: User) -> QuerySet[Registration]:
    """All events for which a person is registered, what is newest first."""
    found = Registration.objects.filter(person=person).select_related("event__country", "event__organiser", "check_in")
    return found.order_by("-event__starts_on", "-pk")


def shown_name(registration: Registration) -> str:
    """What organisers see of who it is; the code stands for whoever is forgotten."""
    if registration.guest is not None:
        return registration.guest.name
    return str(registration.person) if registration.person is not None else registration.code


def shown_organisation(registration: Registration) -> str:
    """The organisation that somebody named."""
    if registration.organisation is not None:
        return registration.organisation.name
    return registration.guest.organisation_name if registration.guest is not None else ""


def count_feedback(event: Event, *, visible_to: Actor) -> tuple[dict[int, int], list[str]]:
    """How useful people found an event, and what they wrote, without names. For organisers; raises NotAllowed."""
    require(may_organise(visible_to, event), "Only the organisers read what people said.")
    found = EventFeedback.objects.filter(registration__event=event).order_by("pk")
    counts = Counter(found.values_list("useful", flat=True))
    words = [text for text in found.values_list("words", flat=True) if text]
    return {useful: counts[useful] for useful in (4, 3, 2, 1)}, sorted(words)


def count_present(event: Event, *, visible_to: Actor) -> int:
    """How many were noted at the event. Raises NotAllowed for all but organisers."""
    require(may_organise(visible_to, event), _ONLY_ORGANISERS)
    return CheckIn.objects.filter(registration__event=event).count()
