"""What a walk over all addresses finds of events: one of North Works in which `person` takes part, and a guest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from tests.community.event_records import a_confirmed_guest, a_registration, an_event

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.operations.event_check_in import record_arrival
from synchromesh.community.operations.event_materials import add_material
from synchromesh.community.operations.own_calendars import renew_own_calendar
from synchromesh.community.queries.event_guests import guest_key

_EVENT = {"title": "x", "starts_on": "2027-05-12", "ends_on": "2027-05-13"}
FORMS = {
    "/<language>/events/add/": _EVENT,
    "/<language>/events/<slug>/check-in/": {"code": "nothing"},
    "/<language>/events/<slug>/edit/": {"do": "copy", "starts_on": "2028-05-12"},
    "/<language>/events/<slug>/materials/": {"title": "Slides", "url": "https://example.org/", "audience": "public"},
    "/<language>/events/<slug>/people/": {"do": "approve", "registration": "none"},
    "/<language>/events/<slug>/programme/": {
        "title": "Opening",
        "day": "1999-05-12",
        "begins": "09:00",
        "ends": "9:30",
    },
    "/<language>/events/<slug>/register/": {"name": "Nora Neu", "email": "nora@example.org"},
    "/<language>/events/<slug>/ticket/": {"do": "nothing"},
    "/<language>/events/guest/<key>/": {"do": "withdraw"},
}
JSON: dict[str, object] = {"/<language>/events/<slug>/check-in/sync/": {"arrivals": []}}


def make_events(people: Mapping[str, User | None], organisation: Organisation) -> dict[str, dict[str, str]]:
    """An event of the organisation with `person`, who was there, and a guest; values for addresses."""
    day = timezone.localdate() + timedelta(days=60)
    event = an_event(organisation, takes_guests=True, seats=5, starts_on=day)
    registration = a_registration(event, people["person"], now=timezone.now())
    record_arrival(by=OPERATOR, event=event, code=registration.code)
    guest = a_confirmed_guest(event, now=timezone.now()).guest
    material = add_material(by=OPERATOR, event=event, title="Tour of the plant", url="https://example.org/slides")
    key = guest_key(guest) if guest else ""
    owner = people["person"]
    assert owner is not None
    return {
        "/<language>/events/": {"slug": event.slug, "key": key, "uid": str(material.uid)},
        "/<language>/events/mine/": {"key": renew_own_calendar(by=owner)},
    }
