"""Open Badges 2: hosted by their issuer, or signed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.engine.credential_formats.badge_samples import NOW, offline

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.encodings import base64url_encode
from synchromesh.engine.credential_formats.older_badges import CONTEXT
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, IssuerWord, SignatureWord, StatusWord

SITE = "https://badges.example"
SECRET = rsa.generate_private_key(65537, 2048)
PEM = (
    SECRET.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
ISSUER = {
    "@context": CONTEXT, "id": f"{SITE}/issuer", "type": "Issuer", "name": "Example", "url": SITE,
    "publicKey": f"{SITE}/key", "revocationList": f"{SITE}/revoked",
}  # fmt: skip
BADGE = {
    "@context": CONTEXT, "id": f"{SITE}/badge", "type": "BadgeClass", "name": "Welding", "description": "Can weld",
    "criteria": {"narrative": "Weld."}, "issuer": f"{SITE}/issuer",
}  # fmt: skip
ASSERTION = {
    "@context": CONTEXT, "id": f"{SITE}/1", "type": "Assertion", "badge": f"{SITE}/badge",
    "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
    "issuedOn": "2020-01-01T00:00:00Z", "verification": {"type": "HostedBadge"},
}  # fmt: skip
KEY = {
    "@context": CONTEXT,
    "id": f"{SITE}/key",
    "type": "CryptographicKey",
    "owner": f"{SITE}/issuer",
    "publicKeyPem": PEM,
}
SIGNED = {**ASSERTION, "id": "urn:uuid:1", "verification": {"type": "SignedBadge", "creator": f"{SITE}/key"}}
WEB: dict[str, Any] = {
    f"{SITE}/issuer": ISSUER, f"{SITE}/badge": BADGE, f"{SITE}/1": ASSERTION, f"{SITE}/key": KEY,
    f"{SITE}/revoked": {"type": "RevocationList", "revokedAssertions": []},
}  # fmt: skip


def checked(data: bytes, age: timedelta = timedelta(0), **web: Any) -> CheckedCredential:
    """The verdict where the web holds these documents; a name is the end of an address, None is nothing there."""
    documents = WEB | {f"{SITE}/{name}": value for name, value in web.items()}
    kept = {
        url: KeptAnswer(data=json.dumps(value).encode(), as_of=NOW - age)
        for url, value in documents.items()
        if value is not None
    }
    return check_credential(
        data, around=offline(documents=kept, standings={ISSUER["id"]: IssuerStanding(name="Example")})
    )


def hosted(**changes: Any) -> bytes:
    return json.dumps({**ASSERTION, **changes}).encode()


def signed(**changes: Any) -> bytes:
    parts = [base64url_encode(json.dumps(part).encode()) for part in ({"alg": "RS256"}, {**SIGNED, **changes})]
    signature = SECRET.sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
    return ".".join([*parts, base64url_encode(signature)]).encode()


@pytest.mark.parametrize("data", [hosted(), signed()], ids=["hosted", "signed"])
def test_one_as_its_issuer_gave_it_is_good(data: bytes) -> None:
    found = checked(data)
    assert found.format == "open_badge_2"
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.status.word == StatusWord.VALID
    assert found.issuer.word == IssuerWord.KNOWN
    assert (found.shown.title, found.shown.issuer_name, found.shown.holder) == ("Welding", "Example", "ada@example.org")


def test_another_one_than_the_issuer_shows_is_altered() -> None:
    found = checked(hosted(issuedOn="2021-01-01T00:00:00Z"))
    assert (found.signature.word, found.signature.reason) == (SignatureWord.ALTERED, Reason.HOSTED_DIFFERS)


@pytest.mark.parametrize(("age", "web"), [(timedelta(0), {"1": None}), (timedelta(hours=2), {})])
def test_one_that_nobody_shows_today_cannot_be_checked(age: timedelta, web: dict[str, Any]) -> None:
    found = checked(hosted(), age, **web)
    assert (found.signature.word, found.signature.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.HOSTED_UNREACHABLE)


def test_one_that_the_issuer_took_back_is_withdrawn_and_its_words_are_not_vouched_for() -> None:
    found = checked(hosted(), timedelta(0), **{"1": {"id": ASSERTION["id"], "type": "Assertion", "revoked": True}})
    assert (found.signature.word, found.signature.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.HOSTED_WITHDRAWN)
    assert found.status.word == StatusWord.WITHDRAWN


@pytest.mark.parametrize("entry", [SIGNED["id"], {"id": SIGNED["id"]}, {"uid": SIGNED["id"]}])
def test_a_signed_one_on_the_issuers_list_is_withdrawn(entry: Any) -> None:
    found = checked(signed(), revoked={"revokedAssertions": [entry]})
    assert (found.signature.word, found.status.word) == (SignatureWord.GOOD, StatusWord.WITHDRAWN)


def test_a_list_that_does_not_answer_leaves_the_status_open() -> None:
    assert checked(signed(), revoked=None).status.word == StatusWord.COULD_NOT_CHECK


def test_an_end_that_has_passed_is_said() -> None:
    assert checked(signed(expires="2021-01-01T00:00:00Z")).status.word == StatusWord.EXPIRED


@pytest.mark.parametrize(
    ("web", "reason"),
    [
        ({"issuer": {**ISSUER, "publicKey": f"{SITE}/other"}}, Reason.KEY_NOT_LISTED),
        ({"issuer": {**ISSUER, "publicKey": []}}, Reason.KEY_NOT_LISTED),
        ({"key": {**KEY, "owner": "https://other.example"}}, Reason.KEY_UNREADABLE),
        ({"key": {**KEY, "publicKeyPem": "no"}}, Reason.KEY_UNREADABLE),
        ({"key": None}, Reason.HOSTED_UNREACHABLE),
        ({"badge": []}, Reason.NOT_A_CREDENTIAL),
        ({"badge": {**BADGE, "issuer": 5}}, Reason.INVALID_FIELD),
    ],
)
def test_a_signed_one_whose_key_is_not_the_issuers_is_refused(web: dict[str, Any], reason: Reason) -> None:
    found = checked(signed(), **web)
    assert found.signature.word != SignatureWord.GOOD
    assert found.signature.reason == reason


def test_a_token_with_another_signature_is_altered() -> None:
    first, second, _third = signed().split(b".")
    found = checked(b".".join([first, second, signed(issuedOn="x").split(b".")[2]]))
    assert (found.signature.word, found.signature.reason) == (SignatureWord.ALTERED, Reason.SIGNATURE_BAD)


def test_a_signed_one_without_its_signature_is_not_taken_for_hosted() -> None:
    assert checked(json.dumps(SIGNED).encode()).signature.reason == Reason.INVALID_FIELD


def test_hosting_somewhere_proves_only_that_host() -> None:
    """Anybody can host an assertion that names a famous issuer."""
    elsewhere = "https://forger.example/1"
    forged = {**ASSERTION, "id": elsewhere}
    kept = {
        url: KeptAnswer(data=json.dumps(value).encode(), as_of=NOW)
        for url, value in (WEB | {elsewhere: forged}).items()
    }
    around = offline(documents=kept, standings={ISSUER["id"]: IssuerStanding(name="Example")})
    assert check_credential(json.dumps(forged).encode(), around=around).issuer.word == IssuerWord.UNKNOWN


@pytest.mark.parametrize("changes", [{"id": 5}, {"type": "Assertion2"}, {"verification": None}, {"verification": "x"}])
def test_one_that_is_none_is_refused(changes: dict[str, Any]) -> None:
    data = json.dumps({**ASSERTION, "note": '"Assertion"', **changes}).encode()
    assert checked(data).signature.word == SignatureWord.COULD_NOT_CHECK
