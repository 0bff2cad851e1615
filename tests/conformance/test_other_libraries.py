"""Two other implementations verify what is issued here, and the other way round; where they deviate, it is named.

openvc-core 1.37 refuses an array of proofs (Open Badges 3.0 asks for one, so that ours is unpacked for it), reads only
tokens with the credential inside the claim `vc` (data model 1.1), and leaves `@context` out of the eddsa-jcs-2022
proofs that it writes although its signature covers it. openbadgeslib 4.6 has no eddsa-jcs-2022.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib import ob3
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from openvc import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.proof.errors import ProofError
from openvc.proof.vc_jwt import VcJwtProofSuite
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, LEAST, WITH_STATUS, offline

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.contexts import OPEN_BADGES_3, get_context
from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.verdicts import SignatureWord

RECORDS = {"full": BADGE, "with status": WITH_STATUS, "least": LEAST}
CONTEXTS: dict[str, Any] = {OPEN_BADGES_3: get_context(OPEN_BADGES_3)}
SIGNED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
every_record = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)

pytestmark = pytest.mark.conformance


def private_pem() -> bytes:
    return KEY.secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def with_one_proof(data: bytes) -> dict[str, Any]:
    """A document as openvc reads it."""
    document: dict[str, Any] = json.loads(data)
    (proof,) = document["proof"]
    return {**document, "proof": proof}


def their_key() -> Ed25519SigningKey:
    return Ed25519SigningKey(KEY.secret, KEY.verification_method)


def their_badge() -> ob3.OpenBadgeCredential:
    return ob3.OpenBadgeCredential(
        issuer=ob3.Issuer(id=DID, name="Example"),
        recipient_id="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        achievement=ob3.Achievement(
            id="https://alliance.example/a", name="Title", description="What for", criteria_narrative="How"
        ),
        issuance_date=SIGNED_AT,
    )


def assert_good(data: bytes) -> None:
    found = check_credential(data, around=offline())
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.issuer.word == "known"


@every_record
def test_openbadgeslib_verifies_our_linked_data_and_our_tokens(record: CredentialRecord) -> None:
    document = open_badge.seal(record, signer=KEY)
    assert OB3LdpVerifier.for_issuer_did(DID).verify(document).id == record.url
    token = open_badge_jwt.seal(record, signer=KEY).decode()
    assert ob3.OB3Verifier.for_issuer_did(DID).verify(token).id == record.url


@every_record
def test_openvc_verifies_our_linked_data_and_our_json(record: CredentialRecord) -> None:
    document = with_one_proof(open_badge.seal(record, signer=KEY))
    assert DataIntegrityProofSuite().verify(document, extra_contexts=CONTEXTS).issuer == DID
    document = with_one_proof(open_badge_jcs.seal(record, signer=KEY))
    assert EddsaJcsProofSuite().verify(document).issuer == DID


def test_openbadgeslib_and_openvc_refuse_what_was_changed() -> None:
    changed = open_badge.seal(BADGE, signer=KEY).replace(b'"88.5"', b'"98.5"')
    with pytest.raises(ob3.OB3VerificationError):
        OB3LdpVerifier.for_issuer_did(DID).verify(changed)
    with pytest.raises(ProofError):
        DataIntegrityProofSuite().verify(with_one_proof(changed), extra_contexts=CONTEXTS)


def test_we_verify_what_openbadgeslib_signs() -> None:
    assert_good(OB3LdpSigner(private_pem()).sign_to_json(their_badge(), created=SIGNED_AT).encode())
    assert_good(ob3.OB3Signer(private_pem(), "EdDSA").sign(their_badge()).encode())


def test_we_verify_what_openvc_signs_as_linked_data() -> None:
    signed = DataIntegrityProofSuite().add_proof(
        open_badge_document(BADGE),
        signing_key=their_key(),
        verification_method=KEY.verification_method,
        created=SIGNED_AT,
        extra_contexts=CONTEXTS,
    )
    assert_good(json.dumps(signed).encode())


def test_we_verify_what_openvc_signs_as_a_token() -> None:
    # It puts the time of signing into nbf, so the credential must begin then or say nothing about it.
    document = {name: value for name, value in open_badge_document(BADGE).items() if name != "validFrom"}
    assert_good(VcJwtProofSuite().sign(document, signing_key=their_key()).encode())


def test_the_json_proofs_of_openvc_are_good_once_their_context_is_put_back() -> None:
    signed = EddsaJcsProofSuite().add_proof(
        open_badge_document(BADGE),
        signing_key=their_key(),
        verification_method=KEY.verification_method,
        created=SIGNED_AT,
    )
    as_written = check_credential(json.dumps(signed).encode(), around=offline())
    assert as_written.signature.word == SignatureWord.ALTERED
    signed["proof"]["@context"] = signed["@context"]
    assert_good(canonical_json(signed))


def test_openvc_deviates_as_it_is_known_to() -> None:
    with pytest.raises(ProofError, match="proof object"):
        DataIntegrityProofSuite().verify(json.loads(open_badge.seal(BADGE, signer=KEY)), extra_contexts=CONTEXTS)
    token = open_badge_jwt.seal(BADGE, signer=KEY).decode()
    key = {"kty": "OKP", "crv": "Ed25519", "x": their_key().public_jwk()["x"]}
    with pytest.raises(ProofError, match="vc"):
        VcJwtProofSuite().verify(token, public_key_jwk=key)
