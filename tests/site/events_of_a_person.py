"""One record of each kind that events keep about a person."""

from __future__ import annotations

from collections.abc import Callable

from tests.community.event_records import a_registration, an_event

from synchromesh.accounts.models import User
from synchromesh.community.models import EventFeedback, Registration
from synchromesh.community.operations.own_calendars import renew_own_calendar


def _take_part(person: User) -> Registration:
    event = an_event(takes_guests=True)
    registration = a_registration(event, person, note=f"{person.name} eats no fish")
    EventFeedback.objects.create(
        registration=registration, useful=4, words=f"Signed {person.name}", given_at=registration.asked_at
    )
    return registration


EVENT_BUILDERS: dict[str, Callable[[User], object]] = {
    "community.Registration.person": _take_part,
    "community.OwnCalendar.person": lambda person: renew_own_calendar(by=person),
}
