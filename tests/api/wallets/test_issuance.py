"""A wallet takes a credential: offer, token for code and PIN, credential for a proved key; and all that must fail."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from openvc.openid4vci import parse_credential_issuer_metadata, parse_credential_offer
from tests.api.wallets.small_wallet import PRE_AUTHORIZED, Answer, SmallWallet, read_claims
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, CredentialEnvelope, LogEntry, StatusReason, WalletOffer
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential

pytestmark = pytest.mark.django_db


def over_client(method: str, url: str, headers: object, body: bytes) -> Answer:
    """The wallet's network: Django's client, which has no cookie."""
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == settings.SITE_ADDRESS
    assert isinstance(headers, dict)
    kind = headers.get("Content-Type", "application/octet-stream")
    more = {name: value for name, value in headers.items() if name != "Content-Type"}
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    response = Client().generic(method, path, body, content_type=kind, headers=more)
    return Answer(status=response.status_code, body=response.content)


@pytest.fixture
def held(person: User) -> Credential:
    """A credential of `person`."""
    return a_credential(person=person)


def an_offer(person: User, held: Credential) -> tuple[str, str]:
    """Link and PIN, as the holder's page shows them."""
    browser = Client()
    browser.force_login(person)
    page = browser.post(f"/en/me/credentials/{held.code}/wallet/").content.decode()
    assert "⚠" not in page
    link = html.unescape(next(iter(re.findall(r'href="(openid-credential-offer:[^"]+)"', page))))
    return link, next(iter(re.findall(r'wallet-pin">(\d{6})<', page)))


@pytest.mark.parametrize("algorithm", ["ES256", "Ed25519"])
def test_a_wallet_gets_the_credential_bound_to_its_key(person: User, held: Credential, algorithm: str) -> None:
    wallet = SmallWallet(fetch=over_client, algorithm=algorithm)
    wallet.take(*an_offer(person, held))
    assert set(wallet.kept) == {"dc+sd-jwt", "jwt_vc_json"}
    for token in wallet.kept.values():
        checked = verify_credential(token.encode())
        assert (checked.signature.word, checked.status.word, checked.issuer.word) == ("good", "valid", "known")
        assert checked.shown.holder == "Zoë Müller-Šťastná"
        assert str(held.uid) in checked.shown.identifier
    assert read_claims(wallet.kept["dc+sd-jwt"])["cnf"]["jwk"] == wallet.public
    whole = read_claims(wallet.kept["jwt_vc_json"])
    assert whole["sub"] == whole["vc"]["credentialSubject"]["id"]
    assert json.loads(_decoded(whole["sub"])) == wallet.public


def _decoded(did: str) -> bytes:
    from tests.api.wallets.small_wallet import unpadded

    return unpadded(did.removeprefix("did:jwk:"))


def test_it_is_the_same_credential_and_nothing_more_is_kept(person: User, held: Credential) -> None:
    entries, envelopes = LogEntry.objects.count(), CredentialEnvelope.objects.count()
    wallet = SmallWallet(fetch=over_client)
    wallet.take(*an_offer(person, held))
    assert (LogEntry.objects.count(), CredentialEnvelope.objects.count()) == (entries, envelopes)
    suspend_credential(by=OPERATOR, credential=held, reason=StatusReason.CHECK, note="A doubt")
    assert {verify_credential(token.encode()).status.word for token in wallet.kept.values()} == {"suspended"}


def test_other_peoples_parsers_read_offer_and_metadata(
    person: User, held: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SITE_ADDRESS", "https://alliance.example")
    wallet = SmallWallet(fetch=over_client)
    offer = parse_credential_offer(wallet.read_offer(an_offer(person, held)[0]))
    address = f"{offer.credential_issuer}/.well-known/openid-credential-issuer"
    metadata = parse_credential_issuer_metadata(wallet.get(address))
    assert metadata.credential_issuer == offer.credential_issuer
    assert set(offer.credential_configuration_ids) == set(metadata.credential_configurations_supported)


def test_a_code_serves_once(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    link, pin = an_offer(person, held)
    offer = wallet.read_offer(link)
    assert wallet.ask_token(offer, pin).status == 200
    again = wallet.ask_token(offer, pin)
    assert (again.status, again.json()["error"]) == (400, "invalid_grant")


def test_five_wrong_pins_end_an_offer(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    link, pin = an_offer(person, held)
    offer = wallet.read_offer(link)
    wrong = "000000" if pin != "000000" else "111111"
    for _ in range(5):
        assert wallet.ask_token(offer, wrong).json()["error"] == "invalid_grant"
    assert wallet.ask_token(offer, pin).json()["error"] == "invalid_grant"


def test_a_new_offer_ends_the_one_before_and_time_ends_each(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    first, second = an_offer(person, held), an_offer(person, held)
    assert wallet.ask_token(wallet.read_offer(first[0]), first[1]).status == 400
    WalletOffer.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert wallet.ask_token(wallet.read_offer(second[0]), second[1]).status == 400


def _token(wallet: SmallWallet, person: User, held: Credential) -> str:
    link, pin = an_offer(person, held)
    return str(wallet.ask_token(wallet.read_offer(link), pin).json()["access_token"])


def _nonce(wallet: SmallWallet) -> str:
    return str(wallet.post_form(f"{settings.SITE_ADDRESS}/openid4vci/nonce", {}).json()["c_nonce"])


def test_a_proof_serves_once(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    token = _token(wallet, person, held)
    proof = wallet.prove_key(settings.SITE_ADDRESS, _nonce(wallet))
    ask = (settings.SITE_ADDRESS, token, "achievement_sd_jwt", proof)
    assert wallet.ask_credential(*ask).status == 200
    assert wallet.ask_credential(*ask).json()["error"] == "invalid_nonce"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"nonce": "invented"}, "invalid_nonce"),
        ({"aud": "https://other.example"}, "invalid_proof"),
        ({"iat": 1_000_000_000}, "invalid_proof"),
        ({"nonce": None}, "invalid_proof"),
    ],
)
def test_a_proof_that_does_not_hold_is_refused(
    person: User, held: Credential, changes: dict[str, object], error: str
) -> None:
    wallet = SmallWallet(fetch=over_client)
    token = _token(wallet, person, held)
    proof = wallet.prove_key(settings.SITE_ADDRESS, _nonce(wallet), changes)
    answer = wallet.ask_credential(settings.SITE_ADDRESS, token, "achievement_sd_jwt", proof)
    assert (answer.status, answer.json()["error"]) == (400, error)
    assert not WalletOffer.objects.exclude(taken_at=None).exists()


def test_the_proof_of_another_key_is_refused(person: User, held: Credential) -> None:
    wallet, thief = SmallWallet(fetch=over_client), SmallWallet(fetch=over_client)
    token = _token(wallet, person, held)
    header = {"typ": "openid4vci-proof+jwt", "jwk": wallet.public}
    claims = {"aud": settings.SITE_ADDRESS, "iat": int(timezone.now().timestamp()), "nonce": _nonce(wallet)}
    answer = wallet.ask_credential(settings.SITE_ADDRESS, token, "achievement_jwt", thief.sign(header, claims))
    assert answer.json()["error"] == "invalid_proof"


def test_a_guessed_token_an_unknown_kind_and_no_proof_are_refused(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    guessed = wallet.ask_credential(settings.SITE_ADDRESS, "guessed", "achievement_jwt")
    assert (guessed.status, guessed.json()["error"]) == (401, "invalid_token")
    token = _token(wallet, person, held)
    unknown = wallet.ask_credential(settings.SITE_ADDRESS, token, "gold_medal")
    assert unknown.json()["error"] == "unknown_credential_configuration"
    client = Client()
    headers = {"Authorization": f"Bearer {token}"}
    bodies: tuple[object, ...] = ({"credential_configuration_id": "achievement_jwt"}, {"proofs": {}}, [], "x")
    for body in bodies:
        response = client.post("/openid4vci/credential", body, content_type="application/json", headers=headers)
        assert response.status_code == 400, body
    assert client.post("/openid4vci/credential", {}, content_type="application/json").status_code == 401


def test_a_withdrawn_credential_goes_into_no_wallet(person: User, held: Credential) -> None:
    wallet = SmallWallet(fetch=over_client)
    token = _token(wallet, person, held)
    withdraw_credential(by=OPERATOR, credential=held, reason=StatusReason.ERROR)
    assert wallet.ask_credential(settings.SITE_ADDRESS, token, "achievement_jwt").status == 401
    browser = Client()
    browser.force_login(person)
    assert browser.post(f"/en/me/credentials/{held.code}/wallet/").status_code == 409


def test_other_grants_and_methods_are_refused() -> None:
    client = Client()
    assert client.get("/openid4vci/token").status_code == 405
    other = client.post("/openid4vci/token", {"grant_type": "authorization_code"})
    assert other.json()["error"] == "unsupported_grant_type"
    assert client.post("/openid4vci/token", {"grant_type": PRE_AUTHORIZED}).json()["error"] == "invalid_request"


def test_wallets_in_browsers_may_ask_and_nothing_is_cached() -> None:
    answer = Client().options("/openid4vci/credential")
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert Client().post("/openid4vci/nonce").headers["Cache-Control"] == "no-store"


def test_offers_are_for_the_holder_alone(held: Credential, staff: User) -> None:
    address = f"/en/me/credentials/{held.code}/wallet/"
    client = Client()
    assert client.get(address).status_code == 302
    client.force_login(staff)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
