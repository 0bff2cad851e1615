"""Open Badges 3.0 in their three envelopes: written, read back, told apart."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, LEAST, NOW, WITH_STATUS, offline

from synchromesh.engine.credential_formats.checking import check_credential, envelopes
from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord, HolderRecord
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import IssuerStanding
from synchromesh.engine.credential_formats.verdicts import IssuerWord, SignatureWord, StatusWord
from synchromesh.engine.errors import InvalidInput

OTHER = key_from_seed(b"another key that signs, 32 bytes")
every_envelope = pytest.mark.parametrize(
    "envelope", [open_badge, open_badge_jcs, open_badge_jwt], ids=lambda module: module.NAME
)


@every_envelope
@pytest.mark.parametrize("record", [BADGE, LEAST], ids=["full", "least"])
def test_what_was_sealed_is_good_valid_and_from_a_known_issuer(envelope: ModuleType, record: CredentialRecord) -> None:
    data = envelope.seal(record, signer=KEY)
    found = check_credential(data, around=offline())
    assert (found.signature.word, found.signature.reason) == (SignatureWord.GOOD, Reason.SIGNATURE_GOOD)
    assert found.status.word == StatusWord.VALID
    assert found.issuer.word == IssuerWord.KNOWN
    assert found.shown.holder == record.holder.name
    assert found.format == ("open_badge_jwt" if envelope is open_badge_jwt else "open_badge")


@every_envelope
def test_the_same_record_gives_the_same_bytes(envelope: ModuleType) -> None:
    assert envelope.seal(WITH_STATUS, signer=KEY) == envelope.seal(replace(WITH_STATUS), signer=KEY)


@every_envelope
def test_the_document_is_that_of_the_record(envelope: ModuleType) -> None:
    found = envelope.check(envelope.seal(WITH_STATUS, signer=KEY), around=offline())
    assert found.document is not None
    document = {name: value for name, value in found.document.items() if name != "proof"}
    assert document == open_badge_document(WITH_STATUS)


@every_envelope
def test_another_holders_name_is_an_alteration(envelope: ModuleType) -> None:
    data = envelope.seal(replace(BADGE, holder=HolderRecord(name="Ada")), signer=KEY)
    other = envelope.seal(replace(BADGE, holder=HolderRecord(name="Eva")), signer=KEY)
    if envelope is open_badge_jwt:
        forged = b".".join([*other.split(b".")[:2], data.split(b".")[2]])
    else:
        forged = data.replace(b"Ada", b"Eva")
    found = check_credential(forged, around=offline())
    assert (found.signature.word, found.signature.reason) == (SignatureWord.ALTERED, Reason.SIGNATURE_BAD)
    assert (found.status.reason, found.issuer.reason) == (Reason.SIGNATURE_NOT_PROVED, Reason.ISSUER_NOT_PROVED)
    assert found.shown.holder == "Eva"


@every_envelope
def test_the_key_of_another_issuer_does_not_sign(envelope: ModuleType) -> None:
    with pytest.raises(InvalidInput, match="may not sign"):
        envelope.seal(BADGE, signer=OTHER)


@every_envelope
def test_an_expired_one_is_good_and_expired(envelope: ModuleType) -> None:
    data = envelope.seal(replace(BADGE, valid_until=NOW), signer=KEY)
    assert check_credential(data, around=offline(now=NOW)).status.word == StatusWord.VALID
    later = check_credential(data, around=offline(now=NOW.replace(second=1)))
    assert (later.signature.word, later.status.word) == (SignatureWord.GOOD, StatusWord.EXPIRED)


def test_what_is_not_proved_may_be_said_to_have_expired_but_not_to_be_valid() -> None:
    unsigned = json.dumps(open_badge_document(BADGE)).encode()
    found = check_credential(unsigned, around=offline())
    assert (found.signature.reason, found.status.reason) == (Reason.NOT_SIGNED, Reason.SIGNATURE_NOT_PROVED)
    over = json.dumps({**open_badge_document(BADGE), "validUntil": "2026-11-21T00:00:00Z"}).encode()
    assert check_credential(over, around=offline()).status.word == StatusWord.EXPIRED


def test_a_did_web_issuer_needs_its_document() -> None:
    web = "did:web:alliance.example"
    key = key_from_seed(bytes(range(32)), f"{web}#key-1")
    data = open_badge.seal(replace(BADGE, issuer=replace(BADGE.issuer, did=web)), signer=key)
    found = check_credential(data, around=offline())
    assert (found.signature.word, found.signature.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.KEY_UNREACHABLE)
    method = {"id": f"{web}#key-1", "controller": web, "publicKeyMultibase": DID.removeprefix("did:key:")}
    document = {"id": web, "verificationMethod": [method], "assertionMethod": [f"{web}#key-1"]}
    around = offline(did_documents={web: document}, standings={web: IssuerStanding(name="Alliance")})
    assert check_credential(data, around=around).issuer.word == IssuerWord.KNOWN


def test_an_enveloped_token_is_unwrapped() -> None:
    token = open_badge_jwt.seal(BADGE, signer=KEY).decode()
    wrapped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }
    assert check_credential(json.dumps(wrapped).encode(), around=offline()).signature.word == SignatureWord.GOOD
    for name, value in (("id", token), ("id", "data:text/plain,x"), ("id", None), ("@context", [])):
        found = check_credential(json.dumps({**wrapped, name: value}).encode(), around=offline())
        assert found.signature.reason == Reason.INVALID_FIELD


def test_exactly_one_envelope_takes_each_file() -> None:
    for envelope in (open_badge, open_badge_jcs, open_badge_jwt):
        data = envelope.seal(BADGE, signer=KEY)
        takers = [name for name, module in envelopes().items() if module.accepts(data)]
        assert takers == ["open_badge_jwt" if envelope is open_badge_jwt else "open_badge"]


def test_every_envelope_keeps_the_contract() -> None:
    for name, module in envelopes().items():
        assert isinstance(module.TITLE, str), name
        assert module.MEDIA_TYPE
        assert module.ENDING
        assert not module.ENDING.startswith(".")
        assert callable(module.accepts)
        assert callable(module.check)
        assert hasattr(module, "seal") == module.IS_WRITTEN or not module.IS_WRITTEN, name
