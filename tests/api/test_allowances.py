"""How much a caller may ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.api.contract import post, problem
from tests.records import a_role

from synchromesh.accounts.models import User
from synchromesh.api import allowances

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "framework")]


@pytest.fixture
def framework(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One skill and a role; ten texts a minute."""
    a_role("battery-technician", {"weld-busbars": 1})
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 10)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A quarter of a minute after the full one."""
    with time_machine.travel("2027-03-01T12:00:15+00:00", tick=False) as traveller:
        yield traveller


def _told(response: HttpResponseBase) -> tuple[str, ...]:
    return tuple(response.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset"))


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=32))
def test_a_text_costs_a_unit_for_every_2000_characters_begun(lengths: list[int]) -> None:
    units = allowances.units_of(["x" * length for length in lengths])
    assert units == sum(max(1, (length + 1999) // 2000) for length in lengths)


def test_every_answer_says_what_is_left(client: Client) -> None:
    assert _told(post(client, {"texts": ["x", "y"]})) == ("10", "8", "45")
    assert _told(post(client, {"texts": ["x" * 4001]})) == ("10", "5", "45")
    assert _told(post(client, {})) == ("10", "4", "45")


def test_who_asks_too_much_is_told_when_to_come_back(client: Client, clock: time_machine.Traveller) -> None:
    assert post(client, {"texts": ["x"] * 8}).status_code == 200
    refused = post(client, {"texts": ["x"] * 4})
    assert "45 seconds" in problem(refused, 429)["detail"]
    assert refused["Retry-After"] == "45"
    assert post(client, {"texts": ["x"]}).status_code == 200
    assert problem(post(client, {"texts": ["x"]}), 429)["code"] == "too_many_requests"
    clock.shift(45)
    assert post(client, {"texts": ["x"] * 10}).status_code == 200


def test_nothing_is_matched_for_who_asks_too_much(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synchromesh.api.v1.matching.match_texts", None)
    problem(post(client, {"texts": ["x"] * 11}), 429)


def test_addresses_do_not_share_an_allowance() -> None:
    assert post(Client(REMOTE_ADDR="192.0.2.1"), {"texts": ["x"] * 10}).status_code == 200
    assert post(Client(REMOTE_ADDR="192.0.2.2"), {"texts": ["x"] * 10}).status_code == 200


def test_who_is_signed_in_has_five_times_as_much_of_their_own(client: Client, person: User) -> None:
    post(client, {"texts": ["x"] * 10})
    client.force_login(person)
    assert _told(post(client, {"texts": ["x"] * 20}, **{"X-CSRFToken": "any"})) == ("50", "30", "45")


def test_a_session_without_the_token_of_this_site_counts_as_nobody(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert _told(post(client, {"texts": ["x"]}))[0] == "10"
    assert _told(post(client, {"texts": ["x"]}, **{"X-CSRFToken": "guessed"}))[0] == "10"
    token = client.get("/en/me/join/").cookies["csrftoken"].value
    assert _told(post(client, {"texts": ["x"]}, **{"X-CSRFToken": token}))[0] == "50"


def test_a_locked_account_counts_as_nobody(client: Client, person: User) -> None:
    client.force_login(person)
    User.objects.update(is_active=False)
    assert _told(post(client, {"texts": ["x"]}, **{"X-CSRFToken": "any"}))[0] == "10"


def test_reading_the_document_costs_nothing(client: Client) -> None:
    for _ in range(12):
        response = client.get("/api/v1/openapi.json")
        assert response.status_code == 200
    assert "RateLimit-Limit" not in response.headers


def test_reading_costs_a_unit_also_where_nothing_is_found_or_sent_again(client: Client) -> None:
    first = client.get("/api/v1/roles")
    assert _told(first) == ("10", "9", "45")
    assert _told(client.get("/api/v1/roles", headers={"If-None-Match": first["ETag"]})) == ("10", "8", "45")
    assert _told(client.head("/api/v1/roles/nobody")) == ("10", "7", "45")
    assert _told(client.get("/api/v1/roles?feild=battery")) == ("10", "6", "45")
    assert "RateLimit-Limit" not in client.options("/api/v1/roles").headers


def test_who_reads_too_much_is_told_when_to_come_back(client: Client) -> None:
    for _ in range(10):
        client.get("/api/v1/versions")
    refused = client.get("/api/v1/versions")
    assert problem(refused, 429)["code"] == "too_many_requests"
    assert refused["Retry-After"] == "45"


def test_too_many_at_once_are_sent_away_and_the_place_is_given_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(allowances, "_places", places)
    monkeypatch.setattr(allowances, "_WAIT_SECONDS", 0)
    with places:
        busy = post(client, {"texts": ["x"]})
        assert problem(busy, 503)["code"] == "service_unavailable"
        assert busy["Retry-After"] == "10"
    for _ in range(3):
        assert post(client, {"texts": ["x"]}).status_code == 200
