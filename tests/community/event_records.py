"""Events, people and registrations for tests; every column has a good value until a test says otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, EventGuest, Registration
from synchromesh.community.operations.event_editing import EventContent, add_event, publish_event
from synchromesh.community.operations.event_guests import GuestEntry, confirm_guest, enter_guest
from synchromesh.community.operations.event_registering import register_person
from synchromesh.community.queries.event_guests import guest_key

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = date(2027, 5, 12)
_numbers = count(1)


def a_content(**changes: Any) -> EventContent:
    """A study visit of two days with registration and no limit."""
    said: dict[str, Any] = {
        "titles": {"en": "Study visit Timișoara"},
        "summaries": {"en": "Two days with companies and schools."},
        "kind": "study-visit",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=1),
        "zone": "Europe/Bucharest",
        "mode": "on-site",
        "place": "Timișoara",
        "takes_registrations": True,
    }
    if "starts_on" in changes and "ends_on" not in changes:
        said["ends_on"] = changes["starts_on"]
    return EventContent(**said | changes)


def a_webinar(**changes: Any) -> EventContent:
    """A content with times on one day."""
    said: dict[str, Any] = {
        "titles": {"en": "Webinar on batteries"},
        "kind": "webinar",
        "mode": "online",
        "place": "",
        "ends_on": DAY,
        "begins": time(10),
        "ends": time(11, 30),
        "zone": "Europe/Brussels",
        "online_url": "https://meet.example.org/secret-room",
    }
    return a_content(**said | changes)


def an_event(organiser: Organisation | None = None, *, content: EventContent | None = None, **changes: Any) -> Event:
    """An event that is announced."""
    event = add_event(by=OPERATOR, organiser=organiser, content=content or a_content(**changes))
    return publish_event(by=OPERATOR, event=event, now=NOW)


def goes_on() -> dict[str, Any]:
    """Days of an event that goes on now, whatever the hour and the zone of the event."""
    today = timezone.localdate()
    return {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=1)}


def somebody(**columns: Any) -> User:
    """A new person."""
    number = next(_numbers)
    return User.objects.create_user(email=f"visitor-{number}@example.org", name=f"Visitor {number}", **columns)


def a_registration(event: Event, person: User | None = None, **more: Any) -> Registration:
    """Somebody who registered."""
    return register_person(by=person or somebody(), event=event, now=more.pop("now", NOW), **more)


def a_guest(event: Event, email: str = "guest@example.org", *, now: datetime = NOW, **entry: Any) -> EventGuest:
    """A guest who has not confirmed yet."""
    said = {"name": "Gita Guest"} | entry
    enter_guest(by=OPERATOR, event=event, entry=GuestEntry(email=email, **said), now=now)
    return EventGuest.objects.get(event=event, email=email)


def a_confirmed_guest(
    event: Event, email: str = "guest@example.org", *, now: datetime = NOW, **entry: Any
) -> Registration:
    """A guest who is registered."""
    return confirm_guest(by=OPERATOR, key=guest_key(a_guest(event, email, now=now, **entry)), now=now)


def person_of(registration: Registration) -> User:
    """Whose registration it is; there is an account."""
    assert registration.person is not None
    return registration.person
