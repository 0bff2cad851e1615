"""`POST /api/v1/verify`."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.api.contract import assert_keeps_the_contract, operation, post, problem
from tests.credentials import foreign_files
from tests.credentials.records import a_credential

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import CredentialEnvelope, StatusReason
from synchromesh.credentials.operations import checking
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.status import withdraw_credential

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/verify"
LINES = ("signature", "status", "issuer")


def verify(client: Client, credential: Any) -> dict[str, Any]:
    response = post(client, {"credential": credential}, ADDRESS)
    assert response.status_code == 200, response.content
    assert_keeps_the_contract(response, ADDRESS)
    answer: dict[str, Any] = response.json()
    return answer


def words(answer: dict[str, Any]) -> list[str]:
    return [answer[line]["verdict"] for line in LINES]


def test_a_credential_of_this_site_is_good_valid_and_known_until_it_is_withdrawn(client: Client) -> None:
    credential = a_credential()
    token = bytes(CredentialEnvelope.objects.get(credential=credential).data).decode()
    answer = verify(client, token)
    assert words(answer) == ["good", "valid", "known"]
    assert answer["signature"]["code"] == "signature_good"
    assert (answer["achievement"], answer["holder"]) == ("Isolate a vehicle", "Zoë Müller-Šťastná")
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    assert words(verify(client, token)) == ["good", "withdrawn", "known"]


def test_an_object_and_the_text_of_its_file_are_judged_alike(client: Client) -> None:
    text = foreign_files.a_badge().decode()
    as_text, as_object = verify(client, text), verify(client, json.loads(text))
    assert words(as_text) == ["good", "valid", "unknown"]
    assert as_text == as_object


def test_a_badge_picture_is_sent_as_a_data_address(client: Client) -> None:
    picture = bytes(take_envelope(a_credential(), "baked_png").data)
    address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    assert words(verify(client, address)) == ["good", "valid", "known"]


def test_an_altered_one_says_why_and_what_helps(client: Client) -> None:
    answer = verify(client, foreign_files.an_altered_badge().decode())
    assert words(answer) == ["altered", "could_not_check", "could_not_check"]
    assert answer["signature"]["remedy"] == "Ask the holder for the file as the issuer gave it."


@pytest.mark.parametrize("name", sorted(operation(ADDRESS)["requestBody"]["content"]["application/json"]["examples"]))
def test_an_example_of_the_document_works_as_it_stands(client: Client, name: str) -> None:
    sent = operation(ADDRESS)["requestBody"]["content"]["application/json"]["examples"][name]["value"]
    assert words(verify(client, sent["credential"]))[0] == "could_not_check"


@pytest.mark.parametrize("sent", [{}, {"credential": ""}, {"credential": 7}, {"credential": None}, {"data": "x"}, []])
def test_what_is_no_credential_at_all_is_refused_with_its_place(client: Client, sent: object) -> None:
    told = problem(post(client, sent, ADDRESS), 422)
    assert told["errors"]


def test_a_check_costs_more_than_a_page_and_has_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 25)
    for _ in range(2):
        answer = post(client, {"credential": "x"}, ADDRESS)
        assert answer.status_code == 200
    assert answer.headers["RateLimit-Remaining"] == "5"
    assert problem(post(client, {"credential": "x"}, ADDRESS), 429)["detail"].startswith("You have 4 of 25 units left")


def test_too_many_checks_at_once_are_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_WAIT_SECONDS", 0)
    taken = [checking._places.acquire(blocking=False) for _ in range(checking._AT_ONCE)]
    try:
        response = post(client, {"credential": "x"}, ADDRESS)
    finally:
        for _ in filter(None, taken):
            checking._places.release()
    assert problem(response, 503)
    assert response.headers["Retry-After"] == "10"


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_texts = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["\ud800", "data:image/png;base64,AAAA", "data:;base64,x", "ey.e.e", "%PDF-1.7", "<svg", "\0", "[" * 5000]
)


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(credential=_texts | st.dictionaries(st.text(max_size=8), _anything, max_size=4))
def test_whatever_is_sent_gets_a_verdict(credential: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 1_000_000)
    answer = verify(Client(), credential)
    assert answer["signature"]["verdict"] in ("could_not_check", "altered")
