"""Proofs inside a document: one, several, one upon another, and what is wrong with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, NOW, offline

from synchromesh.engine.credential_formats import data_integrity
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_1, DATA_INTEGRITY_2
from synchromesh.engine.credential_formats.data_integrity import JCS, RDFC, Finding, add_proof, check_proofs
from synchromesh.engine.credential_formats.encodings import base58_encode
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.limits import MOST_PROOFS
from synchromesh.engine.credential_formats.multikeys import PublicKey
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.verdicts import SignatureWord
from synchromesh.engine.errors import InvalidInput

OTHER = key_from_seed(b"another key that signs, 32 bytes")
DOCUMENT = open_badge_document(BADGE)
both_suites = pytest.mark.parametrize("suite", [RDFC, JCS])


def signed(suite: str = RDFC, document: dict[str, Any] = DOCUMENT, **options: Any) -> dict[str, Any]:
    return add_proof(document, **{"signer": KEY, "cryptosuite": suite, "created": NOW, **options})


def checked(document: dict[str, Any], issuer: str = DID) -> Finding:
    return check_proofs(document, around=offline(), issuer=issuer)


def with_proof(suite: str = RDFC, **changes: Any) -> dict[str, Any]:
    document = signed(suite)
    document["proof"] = [{**document["proof"][0], **changes}]
    return document


@both_suites
def test_a_signed_document_is_good_and_proves_its_key(suite: str) -> None:
    found = checked(signed(suite))
    assert found.is_good
    assert found.verdict.details == {"suite": suite}
    assert found.proves == (DID,)


@both_suites
def test_the_document_itself_stays_as_it_was(suite: str) -> None:
    before = repr(DOCUMENT)
    proofs = signed(suite)["proof"]
    assert repr(DOCUMENT) == before
    assert [proof["cryptosuite"] for proof in proofs] == [suite]


@both_suites
def test_the_order_of_fields_does_not_matter(suite: str) -> None:
    document = signed(suite)
    assert checked(dict(reversed(document.items()))).is_good


@pytest.mark.parametrize(
    ("changes", "word", "reason"),
    [
        ({"proofValue": "z3"}, SignatureWord.ALTERED, Reason.SIGNATURE_BAD),
        ({"proofValue": "u3"}, SignatureWord.ALTERED, Reason.SIGNATURE_UNREADABLE),
        ({"proofValue": "z0"}, SignatureWord.ALTERED, Reason.SIGNATURE_UNREADABLE),
        ({"proofValue": 5}, SignatureWord.ALTERED, Reason.SIGNATURE_UNREADABLE),
        ({"proofValue": None}, SignatureWord.ALTERED, Reason.SIGNATURE_UNREADABLE),
        ({"created": "yesterday"}, SignatureWord.ALTERED, Reason.PROOF_INVALID),
        ({"created": "2026-11-23T12:00:01Z"}, SignatureWord.ALTERED, Reason.SIGNATURE_BAD),
        ({"expires": 5}, SignatureWord.ALTERED, Reason.PROOF_INVALID),
        ({"expires": "2026-11-23T12:00:00Z"}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_EXPIRED),
        ({"proofPurpose": "authentication"}, SignatureWord.ALTERED, Reason.PROOF_OF_ANOTHER_PURPOSE),
        ({"proofPurpose": None}, SignatureWord.ALTERED, Reason.PROOF_OF_ANOTHER_PURPOSE),
        ({"type": "Other"}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_UNKNOWN),
        ({"type": ["DataIntegrityProof"]}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_UNKNOWN),
        ({"type": RDFC}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_UNKNOWN),
        ({"cryptosuite": "bbs-2023"}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_UNKNOWN),
        ({"cryptosuite": "Ed25519Signature2020"}, SignatureWord.COULD_NOT_CHECK, Reason.PROOF_UNKNOWN),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, SignatureWord.COULD_NOT_CHECK, Reason.ALGORITHM_REFUSED),
        ({"verificationMethod": None}, SignatureWord.COULD_NOT_CHECK, Reason.KEY_METHOD_UNKNOWN),
        ({"verificationMethod": OTHER.verification_method}, SignatureWord.ALTERED, Reason.SIGNATURE_BAD),
        ({"previousProof": "urn:missing"}, SignatureWord.ALTERED, Reason.PROOF_CHAIN_BROKEN),
        ({"previousProof": [["x"]]}, SignatureWord.ALTERED, Reason.PROOF_CHAIN_BROKEN),
        ({"https://w3id.org/security#expiration": "x"}, SignatureWord.ALTERED, Reason.PROOF_INVALID),
        ({"unknownField": "x"}, SignatureWord.ALTERED, Reason.UNDEFINED_TERM),
    ],
)
def test_a_proof_that_is_not_as_it_should_be_is_refused(
    changes: dict[str, Any], word: SignatureWord, reason: Reason
) -> None:
    verdict = checked(with_proof(**changes)).verdict
    assert (verdict.word, verdict.reason) == (word, reason), verdict


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (None, Reason.NOT_SIGNED),
        ([], Reason.NOT_SIGNED),
        ({}, Reason.NOT_SIGNED),
        ("text", Reason.PROOF_INVALID),
        ([5], Reason.PROOF_INVALID),
        ([{}] * (MOST_PROOFS + 1), Reason.PROOF_INVALID),
        ([{}], Reason.PROOF_UNKNOWN),
    ],
)
def test_what_is_no_proof_at_all_is_refused(proof: Any, reason: Reason) -> None:
    assert checked({**DOCUMENT, "proof": proof}).verdict.reason == reason


def test_a_json_proof_with_another_context_than_its_document_is_refused() -> None:
    verdict = checked(with_proof(JCS, **{"@context": ["https://example.org/other"]})).verdict
    assert verdict.reason == Reason.PROOF_INVALID


def test_a_json_proof_holds_when_a_context_was_added_after_its_own() -> None:
    document = signed(JCS)
    document["@context"] = [*document["@context"], "https://example.org/later"]
    assert checked(document).is_good


def test_the_key_of_another_than_the_stated_issuer_is_refused() -> None:
    verdict = checked(signed(signer=OTHER)).verdict
    assert (verdict.word, verdict.reason) == (SignatureWord.ALTERED, Reason.KEY_OF_ANOTHER)
    assert verdict.details["issuer"] == DID


def test_an_issuer_that_is_no_did_is_not_proved_by_any_key() -> None:
    document = {**DOCUMENT, "issuer": "https://alliance.example/issuer"}
    found = checked(signed(document=document), issuer=document["issuer"])
    assert found.is_good
    assert found.proves == (DID,)


@both_suites
def test_a_set_holds_when_all_that_are_known_hold(suite: str) -> None:
    one = signed(suite)
    both = add_proof(one, signer=OTHER, cryptosuite=suite, created=NOW)
    assert len(both["proof"]) == 2
    assert checked(both).proves == (DID, OTHER.verification_method.split("#")[0])
    both["proof"].append({"type": "SomethingOfTomorrow"})
    assert checked(both).is_good
    both["proof"][1] = {**both["proof"][1], "proofValue": one["proof"][0]["proofValue"]}
    assert checked(both).verdict.reason == Reason.SIGNATURE_BAD


@both_suites
def test_a_chain_holds_only_upon_what_it_confirms(suite: str) -> None:
    first = signed(suite, proof_id="urn:uuid:0190a3f2-0000-7000-8000-00000000000a")
    name = first["proof"][0]["id"]
    chained = add_proof(first, signer=OTHER, cryptosuite=suite, created=NOW, previous=name)
    assert checked(chained).is_good
    several = add_proof(chained, signer=OTHER, cryptosuite=suite, created=NOW, previous=[name])
    assert checked(several).is_good
    again = signed(suite, proof_id=name, created=NOW + timedelta(seconds=1))["proof"]
    assert checked({**chained, "proof": [*again, chained["proof"][1]]}).verdict.reason == Reason.SIGNATURE_BAD
    assert checked({**chained, "proof": chained["proof"][1:]}).verdict.reason == Reason.PROOF_CHAIN_BROKEN


def test_a_chain_cannot_be_made_upon_nothing() -> None:
    with pytest.raises(Refusal) as refusal:
        signed(previous="urn:missing")
    assert refusal.value.reason == Reason.PROOF_CHAIN_BROKEN


def test_a_document_of_data_model_1_1_gets_the_words_of_proofs() -> None:
    old = {
        "@context": [CREDENTIALS_1],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "issuanceDate": "2026-11-20T09:30:00Z",
        "credentialSubject": {"id": "urn:x"},
    }
    document = signed(document=old)
    assert document["@context"] == [CREDENTIALS_1, DATA_INTEGRITY_2]
    assert checked(document).is_good


def test_undefined_words_are_not_signed() -> None:
    with pytest.raises(Refusal) as refusal:
        signed(document={**DOCUMENT, "secret": "x"})
    assert refusal.value.reason == Reason.UNDEFINED_TERM


def test_only_suites_that_are_issued_sign_and_only_with_their_keys() -> None:
    with pytest.raises(InvalidInput, match="ecdsa"):
        signed("ecdsa-rdfc-2019")


def test_a_proof_without_an_instant_holds_as_of_now() -> None:
    document = signed(created=None)
    assert "created" not in document["proof"][0]
    assert checked(document).is_good


@pytest.mark.parametrize(
    ("suite", "algorithm", "curve", "digest", "octets"),
    [
        ("ecdsa-rdfc-2019", "ES256", ec.SECP256R1(), SHA256(), 32),
        ("ecdsa-jcs-2019", "ES256", ec.SECP256R1(), SHA256(), 32),
        ("ecdsa-rdfc-2019", "ES384", ec.SECP384R1(), SHA384(), 48),
        ("ecdsa-jcs-2019", "ES384", ec.SECP384R1(), SHA384(), 48),
    ],
)
def test_signatures_of_ecdsa_are_checked(suite: str, algorithm: str, curve: Any, digest: Any, octets: int) -> None:
    secret = ec.generate_private_key(curve)
    key = PublicKey(algorithm, secret.public_key())
    document = {**DOCUMENT, "issuer": key.did()}
    config = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": instant_text(NOW),
        "verificationMethod": f"{key.did()}#{key.multikey()}",
        "proofPurpose": "assertionMethod",
    }
    if "jcs" in suite:
        config["@context"] = document["@context"]
    name = "sha384" if algorithm == "ES384" else "sha256"
    r, s = decode_dss_signature(
        secret.sign(data_integrity._signed_bytes(document, config, suite, name), ec.ECDSA(digest))
    )
    value = "z" + base58_encode(r.to_bytes(octets) + s.to_bytes(octets))
    found = checked({**document, "proof": {**config, "proofValue": value}}, issuer=key.did())
    assert found.is_good, found.verdict
    assert not checked({**document, "name": "x", "proof": {**config, "proofValue": value}}, issuer=key.did()).is_good
