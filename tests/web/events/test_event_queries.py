"""Pages of events ask the database as often for many events and people as for few, and never more than ten times."""

from __future__ import annotations

from datetime import timedelta

import pytest
from benchmarks.pages.limits import QUERIES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.community.event_records import a_confirmed_guest, a_registration, an_event

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import Event
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=9)
PUBLIC = (
    "/en/events/",
    f"/en/events/month/?month={SOON:%Y-%m}",
    "/en/events/map/",
    "/en/events/feed.ics",
    "/en/events/{slug}/",
)
OWN = (
    "/en/events/organise/",
    "/en/events/{slug}/people/",
    "/en/events/{slug}/check-in/",
    "/en/events/mine/",
    "/en/events/{slug}/ticket/",
)


def count(client: Client, address: str) -> int:
    """How often a page asks."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def test_more_events_and_people_cost_no_more_questions(
    client: Client, organisation: Organisation, editor: User
) -> None:
    country = Country.objects.create(code="RO", names={"en": "Romania"})
    now = timezone.now()

    def add(events: int, people: int) -> Event:
        made = [
            an_event(organisation, starts_on=SOON, country=country, takes_guests=True, seats=4) for _ in range(events)
        ]
        for event in made:
            a_registration(event, editor, now=now)
        for number in range(people):
            a_registration(Event.objects.order_by("pk")[0], now=now)
            a_confirmed_guest(Event.objects.order_by("pk")[0], f"g{events}-{number}@example.org", now=now)
        return made[0]

    slug = add(2, 2).slug
    organiser = Client()
    organiser.force_login(editor)
    pages = [(client, address) for address in PUBLIC] + [(organiser, address) for address in OWN]
    few = {address: count(who, address.format(slug=slug)) for who, address in pages}
    add(6, 6)
    many = {address: count(who, address.format(slug=slug)) for who, address in pages}
    assert many == few
    assert {address: asked for address, asked in many.items() if address in PUBLIC and asked > QUERIES} == {}
    assert {address: asked for address, asked in many.items() if asked > QUERIES + 5} == {}
