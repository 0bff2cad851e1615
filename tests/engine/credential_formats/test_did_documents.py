"""Finding the key that a proof names, and writing the document that lists our own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import DID, KEY, NOW

from synchromesh.engine.credential_formats.canonical_graph import canonical_graph
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document, did_web_address, find_key
from synchromesh.engine.credential_formats.encodings import base64url_encode
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import KeptAnswer

WEB = "did:web:alliance.example"
PUBLIC = ed25519_key(KEY.public_bytes())
ADDRESS = "https://alliance.example/issuer"


def around(document: dict[str, Any], owner: str = WEB) -> Offline:
    if owner.startswith("https"):
        answer = KeptAnswer(data=json.dumps(document).encode(), as_of=NOW)
        return Offline(now=NOW, documents={owner: answer})
    return Offline(now=NOW, did_documents={owner: document})


def document(**changes: Any) -> dict[str, Any]:
    found = did_document(WEB, [StatedKey(fragment="key-1", public=KEY.public_bytes())])
    found["verificationMethod"][0] |= {name: value for name, value in changes.items() if name != "document"}
    found |= changes.get("document", {})
    return found


def reason_for(method: object, surroundings: Offline, **options: Any) -> Reason:
    with pytest.raises(Refusal) as refusal:
        find_key(method, **{"issuer": WEB, "around": surroundings, **options})
    return refusal.value.reason


def test_our_own_document_gives_our_key_and_proves_its_owner() -> None:
    found = find_key(f"{WEB}#key-1", issuer=WEB, around=around(document()))
    assert found.key.public_bytes() == KEY.public_bytes()
    assert found.proves == (DID, WEB)


def test_our_own_document_is_linked_data_without_undefined_words() -> None:
    revoked = StatedKey(fragment="key-0", public=KEY.public_bytes(), revoked=NOW)
    assert canonical_graph(did_document(WEB, [revoked])).count("\n") == 6


def test_a_key_that_was_given_up_stays_good_for_what_it_signed_before() -> None:
    keys = [StatedKey(fragment="old", public=KEY.public_bytes(), revoked=NOW)]
    written = did_document(WEB, keys)
    assert written["authentication"] == []
    assert find_key(f"{WEB}#old", issuer=WEB, around=around(written), at=NOW - timedelta(seconds=1))
    assert reason_for(f"{WEB}#old", around(written), at=NOW) == Reason.KEY_NO_LONGER_USED
    assert reason_for(f"{WEB}#old", around(written)) == Reason.KEY_NO_LONGER_USED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"controller": "did:web:other.example"}, Reason.KEY_OF_ANOTHER),
        ({"id": f"{WEB}#key-2"}, Reason.KEY_NOT_LISTED),
        ({"expires": "2026-01-01T00:00:00Z"}, Reason.KEY_NO_LONGER_USED),
        ({"expires": "some day"}, Reason.KEY_NO_LONGER_USED),
        ({"publicKeyMultibase": "zzz"}, Reason.KEY_UNREADABLE),
        ({"publicKeyMultibase": None}, Reason.KEY_UNREADABLE),
        ({"document": {"assertionMethod": []}}, Reason.KEY_OF_ANOTHER_PURPOSE),
        ({"document": {"id": "did:web:other.example"}}, Reason.KEY_UNREADABLE),
        ({"document": {"verificationMethod": "none"}}, Reason.KEY_NOT_LISTED),
        ({"document": {"verificationMethod": None, "assertionMethod": None}}, Reason.KEY_NOT_LISTED),
    ],
)
def test_a_document_that_does_not_list_the_key_for_that_is_refused(changes: dict[str, Any], reason: Reason) -> None:
    assert reason_for(f"{WEB}#key-1", around(document(**changes))) == reason


def test_a_method_may_stand_inside_of_its_purpose_under_its_fragment() -> None:
    method = {"id": "#key-1", "type": "JsonWebKey", "publicKeyJwk": PUBLIC.jwk()}
    written = {"id": WEB, "assertionMethod": [method]}
    assert find_key(f"{WEB}#key-1", issuer=WEB, around=around(written)).key.jwk() == PUBLIC.jwk()


def test_a_token_may_name_a_key_by_the_kid_of_its_jwk() -> None:
    method = {"id": f"{WEB}#first", "publicKeyJwk": PUBLIC.jwk() | {"kid": PUBLIC.thumbprint()}}
    written = {"id": WEB, "verificationMethod": [method], "assertionMethod": ["#first"]}
    assert find_key(f"{WEB}#{PUBLIC.thumbprint()}", issuer=WEB, around=around(written)).proves == (DID, WEB)


def test_keys_of_older_documents_are_read() -> None:
    base58 = PUBLIC.multikey()
    raw = {"id": f"{WEB}#key-1", "type": "Ed25519VerificationKey2020", "publicKeyMultibase": base58}
    written = {"id": WEB, "verificationMethod": [raw], "assertionMethod": raw["id"]}
    assert find_key(f"{WEB}#key-1", issuer=WEB, around=around(written)).key.did() == DID


def test_a_did_key_and_a_did_jwk_need_nobody() -> None:
    nobody = Offline(now=NOW)
    assert find_key(KEY.verification_method, issuer=DID, around=nobody).proves == (DID,)
    as_jwk = f"did:jwk:{base64url_encode(canonical_json(PUBLIC.jwk()))}"
    assert find_key(f"{as_jwk}#0", issuer=as_jwk, around=nobody).proves == (DID, as_jwk)


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        (f"{DID}#other", Reason.KEY_NOT_LISTED),
        ("did:jwk:e30#0", Reason.KEY_UNREADABLE),
        ("did:jwk:!!#0", Reason.KEY_UNREADABLE),
        ("did:jwk:e30#1", Reason.KEY_NOT_LISTED),
        ("did:key:zzz", Reason.KEY_UNREADABLE),
        ("did:ion:abc#1", Reason.KEY_METHOD_UNKNOWN),
        ("did:web:alliance.example/../x#1", Reason.KEY_METHOD_UNKNOWN),
        ("http://alliance.example#key", Reason.KEY_METHOD_UNKNOWN),
        ("key-1", Reason.KEY_METHOD_UNKNOWN),
        (None, Reason.KEY_METHOD_UNKNOWN),
        ({"id": "x"}, Reason.KEY_METHOD_UNKNOWN),
        (f"{WEB}#key-1", Reason.KEY_UNREACHABLE),
        (f"{ADDRESS}#key-1", Reason.KEY_UNREACHABLE),
    ],
)
def test_a_method_that_leads_nowhere_is_refused_with_its_reason(method: object, reason: Reason) -> None:
    assert reason_for(method, Offline(now=NOW), issuer="") == reason


def test_the_key_of_another_did_than_the_issuers_is_refused() -> None:
    assert reason_for(KEY.verification_method, Offline(now=NOW), issuer=WEB) == Reason.KEY_OF_ANOTHER


def test_an_address_with_a_document_proves_itself() -> None:
    method = {"id": f"{ADDRESS}#key-1", "controller": ADDRESS, "publicKeyMultibase": PUBLIC.multikey()}
    written = {"id": ADDRESS, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    found = find_key(f"{ADDRESS}#key-1", issuer=ADDRESS, around=around(written, ADDRESS))
    assert found.proves == (DID, ADDRESS)


def test_an_address_that_leads_nowhere_proves_only_the_key_that_it_spells() -> None:
    found = find_key(f"{ADDRESS}#{PUBLIC.multikey()}", issuer=ADDRESS, around=Offline(now=NOW))
    assert found.proves == (DID,)


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:alliance.example", "https://alliance.example/.well-known/did.json"),
        ("did:web:alliance.example%3A8443:orgs:one", "https://alliance.example:8443/orgs/one/did.json"),
    ],
)
def test_the_document_of_a_did_web_lies_where_its_method_says(did: str, address: str) -> None:
    assert did_web_address(did) == address


@pytest.mark.parametrize(
    "did", ["did:key:z6Mk", "did:web:", "did:web:a/b", "did:web:a:..", "did:web:a@b", "did:web:a%2Fb"]
)
def test_a_did_web_that_would_lead_elsewhere_is_refused(did: str) -> None:
    with pytest.raises(Refusal):
        did_web_address(did)


def test_the_instant_of_a_signature_is_now_where_it_is_not_said() -> None:
    written = document(expires=(NOW + timedelta(days=1)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert find_key(f"{WEB}#key-1", issuer=WEB, around=around(written), at=None)
    assert reason_for(f"{WEB}#key-1", around(written), at=datetime(2027, 1, 1, tzinfo=UTC)) == Reason.KEY_NO_LONGER_USED
