"""`GET /api/v1/passports/{uid}` and `POST /api/v1/passports/check`."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.api.contract import assert_keeps_the_contract, operation, post, problem, read
from tests.passports.records import VISITORS, a_passport, on_the_market, planted, seen_by, sentinel

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.passports.operations.grants import grant_access
from synchromesh.passports.queries.exports import get_export

pytestmark = pytest.mark.django_db
CHECK = "/api/v1/passports/check"
TEMPLATE = "/api/v1/passports/{uid}"


def _headers(visitor: str, passport: Any, owner: User, client: Client) -> dict[str, str]:
    """What a request of this kind of visitor brings: nothing, the key of a link, or the session of the owner."""
    if visitor == "public":
        return {}
    if visitor == "owner":
        client.force_login(owner)
        client.get("/en/account/")
        client.cookies["csrftoken"] = "a" * 32
        return {"X-CSRFToken": "a" * 32}
    ends_on = timezone.localdate() + timedelta(days=3)
    return {"Passport-Key": grant_access(by=owner, uid=passport.uid, tier=Tier(visitor), ends_on=ends_on)[1]}


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_the_raw_bytes_hold_exactly_the_fields_of_the_matrix(
    visitor: str, accept: str, client: Client, person: User
) -> None:
    passport = planted(person)
    headers = _headers(visitor, passport, person, client)
    response = client.get(f"/api/v1/passports/{passport.uid}", headers={"Accept": accept, **headers})
    assert response.status_code == 200
    assert response["Content-Type"].partition(";")[0] == accept
    assert_keeps_the_contract(response, TEMPLATE, "get")  # type: ignore[arg-type]
    text = response.content.decode()
    assert {key for key in fields() if sentinel(key) in text} == seen_by(visitor)
    assert response.json()["visitor"] == visitor
    assert response["Cache-Control"] == "private, no-store"
    headers_text = str(response.headers)
    assert not any(sentinel(key) in headers_text for key in fields())


def test_a_draft_is_not_found_and_says_nothing_of_itself(client: Client, person: User) -> None:
    passport = a_passport(person)
    told = problem(client.get(f"/api/v1/passports/{passport.uid}"), 404)
    assert told == problem(client.get(f"/api/v1/passports/{uuid4()}"), 404)
    assert passport.title not in json.dumps(told)
    problem(client.get("/api/v1/passports/7"), 404)


def test_a_wrong_key_shows_what_everybody_sees(client: Client, person: User) -> None:
    passport = on_the_market(person)
    answer = read(client, f"/api/v1/passports/{passport.uid}", TEMPLATE, **{"Passport-Key": "wrong"})
    assert (answer["visitor"], answer["notice"]) == ("public", "Practice, not a legal passport.")
    assert [event["kind"] for event in answer["events"]] == ["made", "placed"]


def test_json_ld_names_what_each_field_means(client: Client, person: User) -> None:
    passport = on_the_market(person)
    response = client.get(f"/api/v1/passports/{passport.uid}", headers={"Accept": "application/ld+json"})
    assert response.json()["@context"]["battery_mass"] == {"@id": "passport:battery_mass"}
    problem(client.get(f"/api/v1/passports/{passport.uid}", headers={"Accept": "text/html"}), 406)


def test_what_is_read_is_checked_as_it_stands(client: Client, person: User) -> None:
    passport = on_the_market(person)
    whole = json.loads(get_export(passport.uid, "json", visible_to=person).data)
    response = post(client, {"passport": whole}, CHECK)
    assert_keeps_the_contract(response, CHECK)
    assert response.json() == {
        "valid": True,
        "model": "synchromesh-practice-passport/1",
        "findings": [],
        "lost": [],
    }
    public = read(client, f"/api/v1/passports/{passport.uid}", TEMPLATE)
    found = post(client, {"passport": public}, CHECK).json()["findings"]
    assert {one["field"] for one in found} <= set(fields()) - seen_by("public")


def test_a_wrong_value_is_found_with_its_remedy(client: Client, person: User) -> None:
    whole = json.loads(get_export(on_the_market(person).uid, "json", visible_to=person).data)
    whole["values"]["battery_mass"]["value"] = "half a ton"
    answer = post(client, {"passport": whole}, CHECK).json()
    assert answer["valid"] is False
    assert [(one["field"], one["severity"]) for one in answer["findings"]] == [("battery_mass", "error")]
    assert answer["findings"][0]["remedy"]


@pytest.mark.parametrize("name", sorted(operation(CHECK)["requestBody"]["content"]["application/json"]["examples"]))
def test_an_example_of_the_document_works_as_it_stands(client: Client, name: str) -> None:
    sent = operation(CHECK)["requestBody"]["content"]["application/json"]["examples"][name]["value"]
    response = post(client, sent, CHECK)
    assert response.status_code == 200, response.content
    assert_keeps_the_contract(response, CHECK)
    assert response.json()["valid"] is False


@pytest.mark.parametrize(
    "sent", [{}, [], {"passport": 7}, {"passport": {"a": 1}, "kind": "boat"}, {"file": {}}, {"passport": "{}"}]
)
def test_what_is_no_request_for_a_check_is_refused(client: Client, sent: object) -> None:
    problem(post(client, sent, CHECK), 422)


@pytest.mark.parametrize("sent", [{}, {"a": 1}, {"model": "synchromesh-practice-passport/9"}, {"values": []}])
def test_what_is_no_passport_is_not_valid_and_the_answer_says_why(client: Client, sent: object) -> None:
    response = post(client, {"passport": sent}, CHECK)
    assert_keeps_the_contract(response, CHECK)
    answer = response.json()
    assert (answer["valid"], answer["model"]) == (False, "")
    assert [(one["severity"], bool(one["remedy"])) for one in answer["findings"]] == [("error", True)]


def test_a_check_costs_its_units(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 7)
    sent = {"passport": {"model": "synchromesh-practice-passport/1", "kind": "ev", "values": {}}}
    assert post(client, sent, CHECK)["RateLimit-Remaining"] == "2"
    problem(post(client, sent, CHECK), 429)


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@effort(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.dictionaries(st.sampled_from(sorted(fields())) | st.text(max_size=9), _anything, max_size=6))
def test_whatever_the_fields_state_is_answered_as_declared(values: dict[str, Any]) -> None:
    sent = {"passport": {"model": "synchromesh-practice-passport/1", "kind": "ev", "values": values}}
    response = post(Client(), json.dumps(sent).encode(), CHECK)
    assert response.status_code in {200, 429}
    assert_keeps_the_contract(response, CHECK)
