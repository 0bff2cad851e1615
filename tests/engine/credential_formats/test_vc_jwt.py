"""Credentials as payloads of tokens: their claims must agree with them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, NOW, offline

from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.vc_jwt import open_token, registered_claims

DOCUMENT = open_badge_document(BADGE)
HEADER = {"kid": KEY.verification_method, "typ": "JWT"}


def opened(claims: dict[str, Any], **header: Any) -> dict[str, Any]:
    token = sign_token(json.dumps(claims).encode(), header={**HEADER, **header}, signer=KEY)
    document, finding = open_token(token, around=offline())
    assert finding.is_good, finding.verdict
    return document


def reason_of(claims: dict[str, Any], **header: Any) -> tuple[Reason, str]:
    with pytest.raises(Refusal) as refusal:
        opened(claims, **header)
    return refusal.value.reason, refusal.value.details.get("field", "")


def test_the_credential_comes_back_without_the_claims_of_the_token() -> None:
    assert opened(DOCUMENT | registered_claims(DOCUMENT) | {"iat": 5, "nonce": "x"}) == DOCUMENT


def test_what_only_a_claim_says_becomes_a_field() -> None:
    bare = {name: value for name, value in DOCUMENT.items() if name not in ("id", "issuer", "validFrom", "validUntil")}
    subject = {name: value for name, value in DOCUMENT["credentialSubject"].items() if name != "id"}
    found = opened({**bare, "credentialSubject": subject, **registered_claims(DOCUMENT)})
    assert found == {**DOCUMENT, "issuer": DID}


def test_a_token_of_data_model_1_1_holds_its_credential_in_a_claim() -> None:
    inner = {"@context": [], "type": ["VerifiableCredential"], "credentialSubject": {"name": "x"}}
    found = opened({"iss": DID, "nbf": 1262304000, "exp": 1893456000, "jti": "urn:x", "sub": "urn:s", "vc": inner})
    assert found["issuanceDate"] == "2010-01-01T00:00:00Z"
    assert found["expirationDate"] == "2030-01-01T00:00:00Z"
    assert (found["issuer"], found["id"], found["credentialSubject"]["id"]) == (DID, "urn:x", "urn:s")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"iss": "did:web:other.example"}, "iss"),
        ({"jti": "urn:other"}, "jti"),
        ({"sub": "urn:other"}, "sub"),
        ({"nbf": 5}, "nbf"),
        ({"exp": 5}, "exp"),
        ({"exp": "5"}, "exp"),
        ({"exp": True}, "exp"),
        ({"exp": 1e300}, "exp"),
        ({"exp": -1}, "exp"),
        ({"iss": 5}, "iss"),
        ({"vc": {}}, "vc"),
        ({"vp": {}}, "vp"),
    ],
)
def test_a_claim_that_contradicts_the_credential_is_refused(changes: dict[str, Any], field: str) -> None:
    assert reason_of({**DOCUMENT, **registered_claims(DOCUMENT), **changes}) == (Reason.INVALID_FIELD, field)


@pytest.mark.parametrize("kind", ["vp+jwt", "dc+sd-jwt", 5])
def test_a_token_of_another_kind_is_refused(kind: Any) -> None:
    assert reason_of(DOCUMENT, typ=kind) == (Reason.INVALID_FIELD, "typ")


@pytest.mark.parametrize("claims", [{}, {"vc": "text"}, {"iss": DID}])
def test_a_token_without_a_credential_is_refused(claims: dict[str, Any]) -> None:
    assert reason_of(claims)[0] == Reason.NOT_A_CREDENTIAL


def test_a_key_that_was_given_up_later_is_good_for_what_was_awarded_before() -> None:
    web = "did:web:alliance.example"
    key = key_from_seed(bytes(range(32)), f"{web}#old")
    document = {**DOCUMENT, "issuer": web}
    token = sign_token(json.dumps(document).encode(), header={"kid": f"{web}#old"}, signer=key)
    listed = did_document(web, [StatedKey(fragment="old", public=key.public_bytes(), revoked=NOW)])
    assert open_token(token, around=offline(did_documents={web: listed}))[1].is_good
    listed = did_document(web, [StatedKey(fragment="old", public=key.public_bytes(), revoked=BADGE.issued_at)])
    finding = open_token(token, around=offline(did_documents={web: listed}))[1]
    assert finding.verdict.reason == Reason.KEY_NO_LONGER_USED
