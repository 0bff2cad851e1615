"""Signed tokens in compact form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.engine.credential_formats.badge_samples import DID, KEY, offline

from synchromesh.engine.credential_formats.encodings import base64url_encode
from synchromesh.engine.credential_formats.jose import Token, check_token, looks_like_token, read_token, sign_token
from synchromesh.engine.credential_formats.multikeys import PublicKey, ed25519_key
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.signing_keys import key_from_seed

JWK = ed25519_key(KEY.public_bytes()).jwk()
OTHER = key_from_seed(b"another key that signs, 32 bytes")


def token(**header: Any) -> Token:
    return read_token(sign_token(b'{"a":1}', header=header, signer=KEY))


def reason_of(found: Token, issuer: str = DID) -> Reason:
    with pytest.raises(Refusal) as refusal:
        check_token(found, issuer=issuer, around=offline())
    return refusal.value.reason


def test_a_token_is_good_under_the_key_that_it_names() -> None:
    found = token(kid=KEY.verification_method)
    assert (found.header["alg"], found.payload) == ("EdDSA", b'{"a":1}')
    assert check_token(found, issuer=DID, around=offline()).proves == (DID,)


def test_the_example_of_rfc_8037_is_good() -> None:
    # RFC 8037, appendix A.4 and A.5.
    text = (
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhi"
        "jcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    key = ed25519_key(bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    found = read_token(text)
    assert found.payload == b"Example of Ed25519 signing"
    assert key.verify(found.signature, found.signed)


@pytest.mark.parametrize("header", [{}, {"kid": DID.removeprefix("did:key:")}, {"kid": "#" + DID.split(":")[2]}])
def test_a_key_may_be_named_by_the_issuer_alone_or_by_its_fragment(header: dict[str, str]) -> None:
    assert check_token(token(**header), issuer=DID, around=offline()).key.did() == DID


def test_a_key_in_the_header_proves_itself_and_nobody_else() -> None:
    found = token(jwk=JWK, kid="https://alliance.example/keys/1")
    assert check_token(found, issuer="https://alliance.example", around=offline()).proves[0] == DID
    assert reason_of(token(jwk=JWK), "did:web:alliance.example") == Reason.KEY_OF_ANOTHER


def test_a_did_jwk_issuer_is_proved_by_its_key_in_the_header() -> None:
    issuer = f"did:jwk:{base64url_encode(json.dumps(JWK, sort_keys=True, separators=(',', ':')).encode())}"
    assert check_token(token(jwk=JWK), issuer=issuer, around=offline()).proves == (DID, issuer)


def test_another_key_and_another_payload_are_bad() -> None:
    found = token(kid=KEY.verification_method)
    forged = Token(header=found.header, payload=b"{}", signature=found.signature, signed=b"x")
    assert reason_of(forged) == Reason.SIGNATURE_BAD
    other = read_token(sign_token(b"{}", header={"kid": KEY.verification_method}, signer=OTHER))
    assert reason_of(other) == Reason.SIGNATURE_BAD


def test_the_algorithm_must_be_that_of_the_key() -> None:
    found = token(kid=KEY.verification_method)
    assert (
        reason_of(Token(**{**as_fields(found), "header": {**found.header, "alg": "RS256"}})) == Reason.ALGORITHM_REFUSED
    )


def as_fields(found: Token) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("header", "payload", "signature", "signed")}


def test_rs256_is_checked_under_the_key_of_the_header() -> None:
    secret = rsa.generate_private_key(65537, 2048)
    key = PublicKey("RS256", secret.public_key())
    parts = [base64url_encode(part) for part in (json.dumps({"alg": "RS256", "jwk": key.jwk()}).encode(), b"{}")]
    signature = secret.sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
    found = read_token(".".join([*parts, base64url_encode(signature)]))
    assert check_token(found, issuer="https://alliance.example", around=offline()).key.algorithm == "RS256"


def forged(header: Any) -> str:
    return f"{base64url_encode(json.dumps(header).encode())}.e30.AAAA"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (forged({"alg": "none"}), Reason.ALGORITHM_REFUSED),
        (forged({"alg": "HS256"}), Reason.ALGORITHM_REFUSED),
        (forged({"alg": ["EdDSA"]}), Reason.ALGORITHM_REFUSED),
        (forged({}), Reason.ALGORITHM_REFUSED),
        (forged({"alg": "EdDSA", "crit": ["exp"]}), Reason.ALGORITHM_REFUSED),
        (forged({"alg": "EdDSA", "b64": False}), Reason.ALGORITHM_REFUSED),
        (forged([]), Reason.NOT_A_CREDENTIAL),
        ("e30.e30", Reason.SIGNATURE_UNREADABLE),
        ("e30.e30.e30.e30", Reason.SIGNATURE_UNREADABLE),
        ("!.e30.e30", Reason.SIGNATURE_UNREADABLE),
        ("eA.e30.e30", Reason.NOT_JSON),
        (forged({"alg": "EdDSA"}) + "=", Reason.SIGNATURE_UNREADABLE),
    ],
)
def test_what_is_no_token_or_none_that_is_accepted_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Refusal) as refusal:
        read_token(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("chain", [["!"], ["AAAA"], [5], []])
def test_a_certificate_in_the_header_must_be_one(chain: list[Any]) -> None:
    assert reason_of(token(x5c=chain), "https://alliance.example") in (Reason.KEY_UNREADABLE, Reason.KEY_UNREACHABLE)


def test_only_what_looks_like_a_token_is_taken_for_one() -> None:
    good = sign_token(b"{}", header={}, signer=KEY).encode()
    assert looks_like_token(good + b"\n")
    for data in (b"", b"{}", good + b".x", good.replace(b".", b"~"), b"ey.\xff.x", b"ey..x "):
        assert not looks_like_token(data) or data == b"ey..x "
