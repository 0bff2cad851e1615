"""The door: tickets are noted once, whatever device notes them how often."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from tests.community.event_records import NOW, a_registration, an_event, person_of
from tests.web.events.test_organiser_pages import text_of

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import CheckIn, Event

pytestmark = pytest.mark.django_db
AN_HOUR_AGO = timezone.now() - timedelta(hours=1)


@pytest.fixture
def event(organisation: Organisation) -> Event:
    """An event of North Works."""
    return an_event(organisation, seats=2)


@pytest.fixture
def door(client: Client, editor: User) -> Client:
    """Somebody of the organisers at the door."""
    client.force_login(editor)
    return client


def send(door: Client, event: Event, *rows: dict[str, str]) -> Any:
    """What a device sends when it has a network again."""
    address = f"/en/events/{event.slug}/check-in/sync/"
    return door.post(address, json.dumps({"arrivals": rows}), content_type="application/json")


def noted(code: str, **more: str) -> dict[str, str]:
    """One line of a device."""
    return {"uid": str(uuid4()), "code": code, "noted_at": AN_HOUR_AGO.isoformat()} | more


def test_a_ticket_is_noted_by_its_code_or_by_what_its_picture_holds(door: Client, event: Event) -> None:
    first, second = a_registration(event), a_registration(event)
    address = f"/en/events/{event.slug}/check-in/"
    rows = BeautifulSoup(door.get(address).content, "html.parser").select("tr[data-code]")
    assert [row.has_attr("data-is-here") for row in rows] == [False, False]
    typed = f"{first.code[:4]}-{first.code[4:8]} {first.code[8:]}".lower()
    assert door.post(address, {"code": typed}).status_code == 302
    assert door.post(address, {"code": f"http://localhost:8000{address}?code={second.code}"}).status_code == 302
    rows = BeautifulSoup(door.get(address).content, "html.parser").select("tr[data-code]")
    assert [row.has_attr("data-is-here") for row in rows] == [True, True]
    assert CheckIn.objects.count() == 2
    assert "2 of 2 are here" in text_of(door.get(address).content)


def test_the_address_in_the_picture_fills_the_field_and_notes_nothing(door: Client, event: Event) -> None:
    registration = a_registration(event)
    page = door.get(f"/en/events/{event.slug}/check-in/?code={registration.code}")
    field = BeautifulSoup(page.content, "html.parser").select_one("#code")
    assert field is not None
    assert (field["value"], CheckIn.objects.count()) == (registration.code, 0)


def test_what_is_noted_twice_counts_once_and_says_so(door: Client, event: Event) -> None:
    registration = a_registration(event)
    address = f"/en/events/{event.slug}/check-in/"
    assert [door.post(address, {"code": registration.code}).status_code for _ in range(2)] == [302, 422]
    assert "was noted before" in text_of(door.post(address, {"code": registration.code}).content)
    assert CheckIn.objects.count() == 1


def test_a_device_that_sends_the_same_again_changes_nothing(door: Client, event: Event) -> None:
    registration = a_registration(event)
    row = noted(registration.code)
    outcomes = [send(door, event, row).json()["arrivals"][0]["outcome"] for _ in range(3)]
    assert outcomes == ["stored", "known", "known"]
    assert CheckIn.objects.get().noted_at == AN_HOUR_AGO


def test_a_clock_that_is_ahead_is_not_believed(door: Client, event: Event) -> None:
    registration = a_registration(event)
    send(door, event, noted(registration.code, noted_at="2999-01-01T00:00:00+00:00"))
    assert CheckIn.objects.get().noted_at < timezone.now() + timedelta(minutes=11)


def test_two_devices_that_noted_the_same_ticket_without_a_network_count_it_once(door: Client, event: Event) -> None:
    registration = a_registration(event)
    answers = [send(door, event, noted(registration.code)).json()["arrivals"][0]["outcome"] for _ in range(2)]
    assert answers == ["stored", "known"]
    both = send(door, event, noted(registration.code), noted(registration.code)).json()["arrivals"]
    assert [one["outcome"] for one in both] == ["known", "known"]
    assert CheckIn.objects.count() == 1


def test_one_id_stands_for_one_ticket_even_if_a_device_uses_it_twice(door: Client, event: Event) -> None:
    first, second = a_registration(event), a_registration(event)
    row = noted(first.code)
    answers = send(door, event, row, row | {"code": second.code}).json()["arrivals"]
    assert [one["outcome"] for one in answers] == ["stored", "known"]


def test_tickets_of_others_and_of_who_has_no_place_are_refused(door: Client, event: Event) -> None:
    for _ in range(2):
        a_registration(event)
    waits = a_registration(event, now=NOW + timedelta(minutes=1))
    stranger = a_registration(an_event())
    answers = send(door, event, noted(waits.code), noted(stranger.code), noted("nothing")).json()["arrivals"]
    assert [one["outcome"] for one in answers] == ["refused"] * 3
    assert answers[1]["name"] == ""
    assert str(person_of(stranger)) not in json.dumps(answers)
    assert not CheckIn.objects.exists()


def test_a_mistake_is_taken_back(door: Client, event: Event) -> None:
    registration = a_registration(event)
    address = f"/en/events/{event.slug}/check-in/"
    door.post(address, {"here": registration.code})
    assert CheckIn.objects.get().registration == registration
    door.post(address, {"undo": registration.code})
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"arrivals": 1}', '{"arrivals": [1]}', '{"arrivals": [{"uid": "x"}]}', "x" * 300_000]
)
def test_what_no_device_sends_is_refused(door: Client, event: Event, body: str) -> None:
    answer = door.post(f"/en/events/{event.slug}/check-in/sync/", body, content_type="application/json")
    assert answer.status_code == 422


def test_nobody_else_notes_anybody(client: Client, event: Event, member: User) -> None:
    registration = a_registration(event)
    client.force_login(member)
    assert send(client, event, noted(registration.code)).status_code == 403
    assert client.post(f"/en/events/{event.slug}/check-in/", {"code": registration.code}).status_code == 403
    assert not CheckIn.objects.exists()


def test_the_program_of_the_door_holds_its_page_and_nobody(client: Client, event: Event) -> None:
    registration = a_registration(event)
    text = client.get(f"/en/events/{event.slug}/check-in/worker.js").content.decode()
    assert f'"page": "/en/events/{event.slug}/check-in/"' in text
    assert registration.code not in text
