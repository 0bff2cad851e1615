"""European Digital Credentials: ours and the Commission's verify; unsigned, changed and made-up ones do not."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.european_samples import OLD_SAMPLE, SIGNED, UNSIGNED, needs_samples, sample
from tests.engine.credential_formats.printed_records import FULL
from tests.engine.credential_formats.seal_keys import AUTHORITY, SEALER, seal_key

from synchromesh.engine.credential_formats.certificates import identifiers_of_chain
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.envelopes import european_learning_model as envelope
from synchromesh.engine.credential_formats.jades import seal_text
from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.qr import read_qr
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.status_lists import list_document, pack_bits
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, IssuerWord, SignatureWord, StatusWord
from synchromesh.engine.errors import InvalidInput

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DID = FULL.issuer.did
SIGNER = key_from_seed(bytes(range(32)), f"{DID}#key-1")
DIDS = {DID: did_document(DID, [StatedKey(fragment="key-1", public=SIGNER.public_bytes())])}
ALLIANCE = IssuerStanding(name="Example Skills Alliance")
RECORD = replace(FULL, status=())
OWN = envelope.seal(RECORD, signer=SIGNER)
CERTIFIED = envelope.seal(RECORD, signer=SIGNER, seal_key=seal_key("ES256"))


def around(**answers: Any) -> Offline:
    """Nobody is asked but who is named; the registry is empty unless it is given."""
    return Offline(**{"now": NOW, "did_documents": DIDS, "standings": {}, **answers})


def lines(checked: CheckedCredential) -> tuple[str, str, str]:
    """The three words."""
    return checked.signature.word, checked.status.word, checked.issuer.word


def resealed(changes: Mapping[str, Any], *, key: Any = None) -> bytes:
    """Our credential with other contents, sealed by somebody who may do so with this key."""
    document = {**json.loads(json.loads(OWN)["payload"]), **changes}
    return seal_text(json.dumps(document), seal_key=key or seal_key("ES256"), at=FULL.issued_at)


def test_our_own_file_verifies_through_the_did_document_of_its_issuer() -> None:
    checked = check_credential(OWN, around=around(standings={DID: ALLIANCE}))
    assert checked.format == "european_learning_model"
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.KNOWN)
    assert checked.signature.reason == Reason.SEAL_SELF_MADE
    assert checked.signature.details["signer"] == "Example Skills Alliance"
    assert checked.shown.title == "High-voltage battery safety"
    assert checked.document is not None
    assert checked.document["id"] == FULL.url


def test_the_certificate_that_is_configured_seals_and_is_named() -> None:
    fingerprint = identifiers_of_chain(seal_key("ES256").certificates)[0]
    checked = check_credential(CERTIFIED, around=around(standings={fingerprint: ALLIANCE}))
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.KNOWN)
    assert checked.signature.reason == Reason.SEAL_GOOD
    assert (checked.signature.details["signer"], checked.signature.details["authority"]) == (SEALER, AUTHORITY)
    assert checked.document is not None
    assert checked.document["issuer"]["eIDASIdentifier"]["notation"] == "VATDE-123456789"


def test_a_registry_that_knows_the_authority_knows_the_seal() -> None:
    authority = identifiers_of_chain(seal_key("ES256").certificates)[1]
    assert check_credential(CERTIFIED, around=around(standings={authority: ALLIANCE})).issuer.word == IssuerWord.KNOWN


def test_the_same_record_and_key_give_the_same_bytes() -> None:
    assert envelope.seal(RECORD, signer=SIGNER) == OWN


def test_the_picture_inside_is_the_printed_page_with_its_code() -> None:
    document = json.loads(json.loads(OWN)["payload"])
    media = document["displayParameter"]["individualDisplay"]["displayDetail"]["image"]
    assert read_qr(base64.b64decode(media["content"])) == (FULL.url,)


def test_a_key_of_another_issuer_seals_nothing() -> None:
    with pytest.raises(InvalidInput, match="not one of"):
        envelope.seal(RECORD, signer=key_from_seed(bytes(32), "did:web:other.example#key-1"))


def test_where_the_did_document_cannot_be_had_the_issuer_is_not_called_unknown() -> None:
    checked = check_credential(OWN, around=around(did_documents={}))
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.COULD_NOT_CHECK)
    assert checked.issuer.reason == Reason.KEY_UNREACHABLE
    known_by_key = around(did_documents={}, standings={did_key(SIGNER.public_bytes()): ALLIANCE})
    assert check_credential(OWN, around=known_by_key).issuer.word == IssuerWord.KNOWN


def test_a_certificate_that_somebody_made_in_the_issuers_name_is_found_out() -> None:
    forger = key_from_seed(bytes(32), f"{DID}#key-1")
    checked = check_credential(envelope.seal(RECORD, signer=forger), around=around(standings={DID: ALLIANCE}))
    assert lines(checked) == (SignatureWord.ALTERED, StatusWord.COULD_NOT_CHECK, IssuerWord.COULD_NOT_CHECK)
    assert checked.signature.reason == Reason.KEY_OF_ANOTHER
    unlisted = envelope.seal(RECORD, signer=key_from_seed(bytes(32), f"{DID}#key-9"))
    assert check_credential(unlisted, around=around()).signature.reason == Reason.KEY_NOT_LISTED


def test_a_key_of_ones_own_cannot_speak_for_another_did() -> None:
    forger = key_from_seed(bytes(32))
    own = replace(RECORD, issuer=replace(RECORD.issuer, did=did_key(forger.public_bytes())))
    file = json.loads(envelope.seal(own, signer=forger))
    assert check_credential(json.dumps(file).encode(), around=around()).signature.word == SignatureWord.GOOD
    issuer = {**json.loads(file["payload"])["issuer"], "id": DID}

    class Sealer:
        """The forger's own certificate around other contents."""

        algorithm = "EdDSA"
        certificates = (base64.b64decode(_header(file)["x5c"][0]),)
        sign = staticmethod(forger.sign)

    checked = check_credential(resealed({"issuer": issuer}, key=Sealer()), around=around(standings={DID: ALLIANCE}))
    assert checked.signature.word == SignatureWord.ALTERED
    assert checked.signature.reason == Reason.KEY_OF_ANOTHER


def _header(file: Mapping[str, Any]) -> dict[str, Any]:
    protected: str = file["signatures"][0]["protected"]
    header: dict[str, Any] = json.loads(base64.urlsafe_b64decode(protected + "=="))
    return header


def test_a_stranger_with_a_certificate_is_unknown_whatever_name_the_file_bears() -> None:
    checked = check_credential(CERTIFIED, around=around(standings={DID: ALLIANCE}))
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.UNKNOWN)


def test_its_end_and_its_status_lists_are_asked() -> None:
    late = around(now=datetime(2029, 12, 1, tzinfo=UTC))
    assert check_credential(CERTIFIED, around=late).status.word == StatusWord.EXPIRED
    file = envelope.seal(FULL, signer=SIGNER)
    assert check_credential(file, around=around()).status.word == StatusWord.COULD_NOT_CHECK
    for purpose, word in (("revocation", StatusWord.WITHDRAWN), ("suspension", StatusWord.SUSPENDED)):
        lists = {}
        for place in FULL.status:
            bits = pack_bits([place.index] if place.purpose == purpose else [])
            unsigned = list_document(
                url=place.list_url, issuer=DID, purpose=place.purpose, bits=bits, valid_from=FULL.issued_at
            )
            signed = add_proof(unsigned, signer=SIGNER, cryptosuite=RDFC, created=FULL.issued_at)
            lists[place.list_url] = KeptAnswer(data=json.dumps(signed).encode(), as_of=NOW)
        assert check_credential(file, around=around(status_lists=lists)).status.word == word


@pytest.mark.conformance
@needs_samples
@pytest.mark.parametrize("name", SIGNED)
def test_the_commissions_signed_samples_verify_with_the_subject_of_their_certificate(name: str) -> None:
    checked = check_credential(sample(name), around=around())
    assert checked.format == "european_learning_model"
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.UNKNOWN)
    assert checked.signature.reason == Reason.SEAL_GOOD
    assert checked.signature.details["signer"] == "TEST SEAL, ORGANIZACION TEST"
    assert checked.signature.details["on"] == "2023-09-27"
    assert checked.shown.holder == "Ana Andromeda"


@pytest.mark.conformance
@needs_samples
@pytest.mark.parametrize("name", UNSIGNED)
def test_unsigned_samples_are_shown_but_could_not_be_checked(name: str) -> None:
    checked = check_credential(sample(name), around=around())
    assert checked.format == "european_learning_model"
    assert set(lines(checked)) == {"could_not_check"}
    assert checked.signature.reason == Reason.NOT_SIGNED
    assert checked.shown.holder == "Ana Andromeda"


@pytest.mark.conformance
@needs_samples
def test_the_older_xml_form_is_named_as_what_it_is() -> None:
    checked = check_credential(OLD_SAMPLE.read_bytes(), around=around())
    assert (checked.signature.word, checked.signature.reason) == ("could_not_check", Reason.OLD_EUROPASS_XML)


def test_a_changed_file_is_altered_and_says_nothing_about_status_and_issuer() -> None:
    checked = check_credential(OWN.replace(b"Hochvoltbatterien", b"Niedervoltsystem!"), around=around())
    assert lines(checked) == (SignatureWord.ALTERED, StatusWord.COULD_NOT_CHECK, IssuerWord.COULD_NOT_CHECK)
    assert checked.signature.reason == Reason.SIGNATURE_BAD
    assert checked.shown.title == "High-voltage battery safety"


def test_a_sealed_text_that_is_no_european_credential_is_none() -> None:
    checked = check_credential(resealed({"type": ["VerifiableCredential"]}), around=around())
    assert checked.signature.reason == Reason.NOT_A_CREDENTIAL


@pytest.mark.parametrize(
    ("data", "accepted"),
    [
        (b'{"payload": "e30", "signatures": []}', True),
        (b'{"type": ["VerifiableCredential", "EuropeanDigitalCredential"]}', True),
        (b'{"type": "EuropeanDigitalCredential", "proof": {}}', False),
        (b'{"type": ["VerifiableCredential"], "note": "EuropeanDigitalCredential"}', False),
        (b'{"payload": 1}', False),
        (b'{"payload": "cut', True),
        (b"<vp xmlns='http://data.europa.eu/snb'/>", True),
        (b"<svg/>", False),
        (b"%PDF-1.7 EuropeanDigitalCredential", False),
        (b"[" * 5_000, False),
        (b"", False),
    ],
)
def test_only_files_of_this_kind_are_accepted(data: bytes, accepted: bool) -> None:
    assert envelope.accepts(data) is accepted


@settings(max_examples=60)
@given(place=st.integers(min_value=0, max_value=10**6), byte=st.integers(min_value=0, max_value=255))
def test_no_changed_byte_makes_it_fail_or_passes_as_another_document(place: int, byte: int) -> None:
    place %= len(CERTIFIED)
    checked = envelope.check(CERTIFIED[:place] + bytes((byte,)) + CERTIFIED[place + 1 :], around=around())
    if checked.signature.word == SignatureWord.GOOD:
        assert checked.document == json.loads(json.loads(CERTIFIED)["payload"])


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps({"payload": text}).encode()))
def test_nothing_makes_the_check_fail(data: bytes) -> None:
    assert envelope.check(data, around=around()).signature.word != SignatureWord.GOOD
