"""What stays at its address for ever, for programs anywhere: keys of issuers, status lists, pictures of badges."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.credentials.records import a_content, a_credential, an_achievement, an_issuer

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, KeyPurpose, StatusReason
from synchromesh.credentials.operations.achievements import make_achievement
from synchromesh.credentials.operations.keys import rotate_key
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential
from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.jose import read_token
from synchromesh.engine.credential_formats.status_lists import entry_value, read_list
from synchromesh.engine.credential_formats.token_status_lists import SUSPENDED, state_in
from synchromesh.engine.errors import Conflict
from synchromesh.web.credentials import record_views

pytestmark = pytest.mark.django_db


def list_address(credential: Credential, purpose: str) -> str:
    return f"/id/status/{credential.status_list.uid}/{purpose}"


def test_the_document_of_an_issuer_lists_every_key_it_ever_had(client: Client) -> None:
    issuer = an_issuer()
    rotate_key(by=OPERATOR, issuer=issuer, purpose=KeyPurpose.CREDENTIALS)
    answer = client.get(f"/id/issuer/{issuer.uid}/did.json")
    document = answer.json()
    assert document["id"] == issuer.did
    assert {method["id"] for method in document["verificationMethod"]} == {f"{issuer.did}#key-1", f"{issuer.did}#key-2"}
    assert answer.headers["Content-Type"] == "application/did+ld+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_the_log_has_a_document_of_its_own(client: Client) -> None:
    a_credential()
    sign_log_head(by=OPERATOR)
    document = client.get("/id/log/did.json").json()
    assert document["id"] == "did:web:localhost%3A8000:id:log"
    assert len(document["verificationMethod"]) == 1


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_a_status_list_is_signed_and_says_what_happened(client: Client, purpose: str) -> None:
    credential = a_credential()
    if purpose == "revocation":
        withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    else:
        suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    answer = client.get(list_address(credential, purpose))
    document = answer.json()
    assert answer.headers["Content-Type"] == "application/json"
    assert document["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
    assert document["id"] == f"http://localhost:8000{list_address(credential, purpose)}"
    bits = read_list(document, purpose=purpose)
    assert len(bits) * 8 == 131_072
    assert entry_value(bits, credential.status_index) == 1
    assert sum(byte.bit_count() for byte in bits) == 1


def test_a_list_comes_as_a_token_for_who_asks_for_one(client: Client) -> None:
    credential = a_credential()
    answer = client.get(list_address(credential, "revocation"), headers={"Accept": "application/vc+jwt"})
    claims = read_object(read_token(answer.content).payload)
    assert answer.headers["Content-Type"] == "application/vc+jwt"
    assert "Accept" in answer.headers["Vary"]
    assert claims["iss"] == credential.version.achievement.issuer.did
    assert sum(byte.bit_count() for byte in read_list(claims, purpose="revocation")) == 0


def test_a_wallet_gets_both_purposes_in_its_own_form(client: Client) -> None:
    credential = a_credential()
    suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    asked = {"Accept": "application/statuslist+jwt"}
    address = list_address(credential, "revocation")
    answer = client.get(address, headers=asked)
    claims = read_object(read_token(answer.content).payload)
    assert answer.headers["Content-Type"] == "application/statuslist+jwt"
    assert state_in(claims, credential.status_index, url=f"http://localhost:8000{address}") == SUSPENDED
    other = client.get(list_address(credential, "suspension"), headers=asked)
    assert other.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/ld+json, */*;q=0.5", "application/json"),
        ("text/html", "application/json"),
        ("application/vc", "application/vc"),
        ("application/vc, application/vc+jwt;q=0.5", "application/vc"),
    ],
)
def test_who_asks_for_no_token_gets_json(client: Client, accept: str, media_type: str) -> None:
    answer = client.get(list_address(a_credential(), "revocation"), headers={"Accept": accept})
    assert answer.headers["Content-Type"] == media_type
    assert json.loads(answer.content)["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]


def test_a_list_is_kept_until_it_changes(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    credential = a_credential()
    address = list_address(credential, "revocation")
    first = client.get(address)
    with django_assert_num_queries(1):  # the row alone: no key is read, nothing is signed
        again = client.get(address)
    assert again.content == first.content
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["Access-Control-Allow-Origin"] == "*"
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_what_is_not_there_is_told_as_data(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    credential = a_credential()
    for address in (
        f"/id/issuer/{uuid4()}/did.json",
        f"/id/status/{uuid4()}/revocation",
        list_address(credential, "message"),
        f"/id/achievement/{uuid4()}/badge.png",
        f"/id/achievement/{credential.version.achievement.uid}/badge.jpg",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json"), address
        assert json.loads(answer.content)["detail"]

    def no_key(*args: object, **more: object) -> bytes:
        raise Conflict("There is no active key to sign with. Make one first.")

    monkeypatch.setattr(record_views, "publish_status_list", no_key)
    assert client.get(list_address(credential, "revocation")).status_code == 409


def test_a_badge_is_drawn_once_and_kept_for_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/id/achievement/{an_achievement().uid}/badge."
    picture, drawing = client.get(f"{address}png"), client.get(f"{address}svg")
    assert picture.content.startswith(b"\x89PNG")
    assert (picture.headers["Content-Type"], drawing.headers["Content-Type"]) == ("image/png", "image/svg+xml")
    assert b"<title>Isolate a vehicle, Skills Body</title>" in drawing.content
    assert picture.headers["Cache-Control"] == "public, max-age=86400"
    monkeypatch.delattr(record_views, "badge_svg")
    assert client.get(f"{address}svg").content == drawing.content


def test_a_badge_speaks_another_language_where_the_achievement_does(client: Client) -> None:
    address = f"/id/achievement/{an_achievement(titles={'en': 'Isolate', 'mt': 'Iżola'}).uid}/badge.svg"
    assert b"<title>I\xc5\xbcola" in client.get(f"{address}?language=mt").content
    assert client.get(f"{address}?language=xx").content == client.get(address).content


def test_a_draft_has_no_badge(client: Client) -> None:
    draft = make_achievement(by=OPERATOR, issuer=an_issuer(), content=a_content())
    assert client.get(f"/id/achievement/{draft.uid}/badge.svg").status_code == 404


def test_stable_addresses_lead_to_pages(client: Client) -> None:
    achievement = an_achievement()
    onward = client.get(f"/id/achievement/{achievement.uid}", headers={"Accept-Language": "de"})
    assert onward.headers["Location"] == "/de/achievements/isolate-a-vehicle/"
    issuer = client.get(f"/id/issuer/{achievement.issuer.uid}")
    assert issuer.headers["Location"] == "/en/organisations/skills-body/"
    assert client.get(f"/en/id/credential/{uuid4()}").status_code == 404
