"""A wallet shows a credential: the signed request, no more than was asked for, and only what its holder may show."""

from __future__ import annotations

import html
import re
import urllib.request
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from tests.api.wallets.small_wallet import Answer, SmallWallet
from tests.api.wallets.test_issuance import an_offer, over_client
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, StatusReason, WalletRequest
from synchromesh.credentials.operations.status import withdraw_credential

pytestmark = pytest.mark.django_db
ASK = "/en/verify/wallet/"


@pytest.fixture
def held(person: User) -> Credential:
    """A credential of `person`."""
    return a_credential(person=person, percent=87)


@pytest.fixture
def wallet(person: User, held: Credential) -> SmallWallet:
    """A wallet that holds it."""
    made = SmallWallet(fetch=over_client)
    made.take(*an_offer(person, held))
    return made


def ask(client: Client, *asked: str) -> tuple[str, str]:
    """The asker's page and the link in its code."""
    page = client.post(ASK, {"asked": asked}).headers["Location"]
    return page, html.unescape(next(iter(re.findall(r'href="(openid4vp:[^"]+)"', text_of(client, page)))))


def text_of(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    text = response.content.decode()
    assert "⚠" not in text
    return text


@pytest.mark.parametrize("kind", ["dc+sd-jwt", "jwt_vc_json"])
def test_who_asks_sees_the_verdict(client: Client, wallet: SmallWallet, kind: str) -> None:
    page, link = ask(client, "name", "skills")
    assert "Waiting for the wallet" in text_of(client, page)
    assert wallet.show(link, kind=kind).status == 200
    text = text_of(client, page)
    for words in ('data-verdict="valid"', "Isolate a vehicle", "Zoë Müller-Šťastná", "Skills Body"):
        assert words in text, words


def test_no_more_is_shown_than_was_asked_for(client: Client, wallet: SmallWallet) -> None:
    page, link = ask(client)
    wallet.show(link)
    text = text_of(client, page)
    assert "Isolate a vehicle" in text
    assert "Müller" not in text
    assert "87.00" not in text


def test_a_withdrawn_one_is_said_to_be_withdrawn(client: Client, wallet: SmallWallet, held: Credential) -> None:
    withdraw_credential(by=OPERATOR, credential=held, reason=StatusReason.ERROR)
    page, link = ask(client, "name")
    wallet.show(link)
    assert 'data-verdict="withdrawn"' in text_of(client, page)


@pytest.mark.parametrize("kind", ["dc+sd-jwt", "jwt_vc_json"])
@pytest.mark.parametrize("changes", [{"nonce": "of another request"}, {"aud": "https://other.example"}, {"iat": 1}])
def test_an_answer_for_somebody_else_or_from_earlier_is_refused(
    client: Client, wallet: SmallWallet, kind: str, changes: Mapping[str, object]
) -> None:
    if kind == "jwt_vc_json" and "iat" in changes:
        changes = {"nbf": int(timezone.now().timestamp()) + 1000}
    page, link = ask(client, "name")
    answer = wallet.show(link, kind=kind, changes=changes)
    assert (answer.status, answer.json()["error"]) == (400, "invalid_request")
    assert "Waiting for the wallet" in text_of(client, page)


@pytest.mark.parametrize("kind", ["dc+sd-jwt", "jwt_vc_json"])
def test_a_stolen_credential_cannot_be_shown(client: Client, wallet: SmallWallet, kind: str) -> None:
    thief = SmallWallet(fetch=over_client)
    thief.kept = dict(wallet.kept)
    _, link = ask(client, "name")
    assert thief.show(link, kind=kind).status == 400


def test_a_request_is_answered_once_and_ends(client: Client, wallet: SmallWallet) -> None:
    page, link = ask(client, "name")
    request = wallet.read_request(link)
    assert wallet.show(link).status == 200
    again = wallet.post_form(request["response_uri"], {"vp_token": "{}", "state": request["state"]})
    assert again.status == 404
    page, link = ask(client, "name")
    WalletRequest.objects.filter(answered_at=None).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert (
        over_client("GET", link.split("request_uri=")[1].replace("%3A", ":").replace("%2F", "/"), {}, b"").status == 404
    )
    assert "The request has ended" in text_of(client, page)


def test_a_holder_may_say_no(client: Client, wallet: SmallWallet) -> None:
    page, link = ask(client, "result")
    assert wallet.refuse(link).status == 200
    assert "The wallet shows nothing" in text_of(client, page)


def test_only_who_asked_sees_the_answer(client: Client, wallet: SmallWallet) -> None:
    page, link = ask(client, "name")
    wallet.show(link)
    uid = page.split("/")[4]
    assert client.get(f"{ASK}{uid}/guessed/").status_code == 404
    assert client.get(page.replace(uid, "00000000-0000-0000-0000-000000000000")).status_code == 404


def test_the_page_looks_again_by_itself(client: Client, wallet: SmallWallet) -> None:
    page, link = ask(client, "name")
    waiting = client.get(page, headers={"HX-Request": "true"})
    assert (waiting.status_code, waiting.headers.get("HX-Refresh")) == (204, None)
    wallet.show(link)
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_nonsense_is_refused_and_unknown_wishes_too(client: Client) -> None:
    for fields in ({}, {"state": "guessed"}, {"state": "guessed", "vp_token": "{}"}, {"vp_token": "x"}):
        assert client.post("/openid4vp/response", fields).status_code in (400, 404), fields
    assert client.post(ASK, {"asked": ["everything"]}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_wallet_takes_and_shows_it_over_the_network(
    live_server: LiveServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SITE_ADDRESS", live_server.url)
    person = User.objects.create_user(email="lea@example.org", password="a long enough pass phrase")
    held = a_credential(person=person)
    wallet = SmallWallet(fetch=over_network, algorithm="Ed25519")
    wallet.take(*an_offer(person, held))
    page, link = ask(client, "name")
    assert wallet.show(link).status == 200
    assert 'data-verdict="valid"' in text_of(client, page)


def over_network(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """A real connection to this machine."""
    data = body if method == "POST" else None
    request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)  # noqa: S310 (own address)
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 (own address)
        return Answer(status=response.status, body=response.read())
