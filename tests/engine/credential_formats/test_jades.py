"""Seals over JSON texts: what was sealed verifies, also for another library; what was changed in any way does not."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto.core import Integer, Sequence
from asn1crypto.x509 import GeneralNames
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import RSAKey
from tests.engine.credential_formats.european_samples import SIGNED, needs_samples, sample
from tests.engine.credential_formats.seal_keys import AUTHORITY, SEALER, seal_key

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.certificates import load_certificate
from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.jades import Seal, check_seals, is_sealed, read_sealed, seal_text
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

NOW = datetime(2026, 11, 23, tzinfo=UTC)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TEXT = '{"title":"Ασφάλεια \\"+\\" Безопасност"}'


def check(file: bytes, now: datetime = NOW) -> tuple[Seal, ...]:
    """Read and check a sealed file."""
    return check_seals(read_sealed(read_object(file)), now=now)


def changed(file: bytes, **header: Any) -> bytes:
    """A file whose protected header says something else, sealed again with the same key; None takes a member out."""
    document = json.loads(file)
    old = json.loads(base64url_decode(document["signatures"][0]["protected"]))
    new = {name: value for name, value in {**old, **header}.items() if value is not None}
    protected = base64url_encode(json.dumps(new).encode())
    signature = seal_key("ES256").sign(f"{protected}.{document['payload']}".encode())
    document["signatures"] = [{"protected": protected, "signature": base64url_encode(signature)}]
    return json.dumps(document).encode()


def reason_of(file: bytes) -> Reason:
    """Why a file is refused."""
    with pytest.raises(Refusal) as refusal:
        check(file)
    return refusal.value.reason


SEALED = seal_text(TEXT, seal_key=seal_key("ES256"), at=AT)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "ES384", "ES512", "EdDSA"])
def test_what_was_sealed_verifies_and_names_who_sealed_it_and_when(algorithm: str) -> None:
    file = seal_text(TEXT, seal_key=seal_key(algorithm), at=AT)
    (seal,) = check(file)
    assert seal.algorithm == algorithm
    assert (seal.certificate.subject, seal.certificate.issuer) == (SEALER, AUTHORITY)
    assert seal.signed_at == AT
    assert json.loads(file)["payload"] == TEXT


def test_the_same_key_and_instant_give_the_same_bytes() -> None:
    assert seal_text(TEXT, seal_key=seal_key(), at=AT) == seal_text(TEXT, seal_key=seal_key(), at=AT)


def test_another_library_finds_the_same_signature_good() -> None:
    public: Any = load_certificate(seal_key().certificates[0]).public_key()
    key = RSAKey.import_key(public)
    registry = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
    registry.max_header_length = 10_000
    document = json.loads(seal_text(TEXT, seal_key=seal_key(), at=AT))
    found = jws.deserialize_json(document, key, registry=registry)
    assert found.payload == TEXT.encode()
    document["payload"] = TEXT.replace("title", "titel")
    with pytest.raises(Exception, match="bad_signature"):
        jws.deserialize_json(document, key, registry=registry)


def test_the_header_names_the_certificate_as_the_standard_asks() -> None:
    header = json.loads(base64url_decode(json.loads(SEALED)["signatures"][0]["protected"]))
    certificate = load_certificate(seal_key("ES256").certificates[0])

    class IssuerSerial(Sequence):  # type: ignore[misc, unused-ignore]
        _fields = [("issuer", GeneralNames), ("serial", Integer)]

    other: Any = IssuerSerial
    kid = other.load(base64.b64decode(header["kid"]), strict=True)
    assert kid["serial"].native == certificate.serial_number
    assert kid["issuer"][0].chosen.untag().dump() == certificate.issuer.public_bytes()
    assert (header["iat"], header["b64"], header["crit"]) == (int(AT.timestamp()), False, ["b64"])
    assert header["x5c"][0] == base64.b64encode(seal_key("ES256").certificates[0]).decode()


def test_a_changed_text_a_changed_header_and_a_changed_signature_are_refused() -> None:
    document = json.loads(SEALED)
    (signature,) = document["signatures"]
    header = json.loads(base64url_decode(signature["protected"])) | {"iat": 1}
    for changes in (
        {"payload": TEXT.replace("title", "titel")},
        {"signatures": [{**signature, "protected": base64url_encode(json.dumps(header).encode())}]},
        {"signatures": [{**signature, "signature": base64url_encode(bytes(64))}]},
        {"signatures": [signature, {**signature, "signature": base64url_encode(bytes(64))}]},
    ):
        assert reason_of(json.dumps({**document, **changes}).encode()) is Reason.SIGNATURE_BAD


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"alg": "none"}, Reason.ALGORITHM_REFUSED),
        ({"alg": "HS256"}, Reason.ALGORITHM_REFUSED),
        ({"alg": "RS256"}, Reason.ALGORITHM_REFUSED),
        ({"x5c": None}, Reason.CERTIFICATE_MISSING),
        ({"x5c": []}, Reason.CERTIFICATE_MISSING),
        ({"x5c": ["!"]}, Reason.KEY_UNREADABLE),
        ({"x5c": ["AAAA"]}, Reason.KEY_UNREADABLE),
        ({"x5t#S256": "AAAA"}, Reason.KEY_UNREADABLE),
        ({"crit": ["b64", "sigD"], "sigD": {}}, Reason.PROOF_UNKNOWN),
        ({"crit": ["b64", "sigT"]}, Reason.PROOF_UNKNOWN),
        ({"crit": []}, Reason.SIGNATURE_UNREADABLE),
        ({"crit": None}, Reason.SIGNATURE_UNREADABLE),
        ({"crit": "b64"}, Reason.SIGNATURE_UNREADABLE),
        ({"iat": int(datetime(2031, 1, 1, tzinfo=UTC).timestamp())}, Reason.CERTIFICATE_OUT_OF_DATE),
    ],
)
def test_a_header_that_is_not_understood_or_contradicts_itself_is_refused(
    header: Mapping[str, Any], reason: Reason
) -> None:
    assert reason_of(changed(SEALED, **header)) is reason


def test_a_claimed_time_is_read_in_its_older_form_and_may_be_missing() -> None:
    (older,) = check(changed(SEALED, iat=None, sigT="2026-11-20T09:30:00Z", crit=["b64", "sigT"]))
    assert older.signed_at == AT
    unclaimed = changed(SEALED, iat=None)
    assert check(unclaimed)[0].signed_at is None
    with pytest.raises(Refusal, match="held only from 2026-01-01 until 2029-01-01"):
        check(unclaimed, now=datetime(2030, 1, 1, tzinfo=UTC))


def test_members_beside_the_protected_header_must_not_speak_over_it() -> None:
    document = json.loads(SEALED)
    document["signatures"][0]["header"] = {"etsiU": ["a later time stamp"]}
    assert check(json.dumps(document).encode())
    document["signatures"][0]["header"] = {"alg": "none"}
    assert reason_of(json.dumps(document).encode()) is Reason.SIGNATURE_UNREADABLE


def test_the_flattened_form_and_a_payload_in_base64url_are_read_too() -> None:
    document = json.loads(SEALED)
    flattened = {"payload": document["payload"], **document["signatures"][0]}
    assert check(json.dumps(flattened).encode())
    header = {"alg": "ES256", "x5c": [base64.b64encode(seal_key("ES256").certificates[0]).decode()]}
    protected, payload = base64url_encode(json.dumps(header).encode()), base64url_encode(TEXT.encode())
    signature = base64url_encode(seal_key("ES256").sign(f"{protected}.{payload}".encode()))
    encoded = {"payload": payload, "signatures": [{"protected": protected, "signature": signature}]}
    assert check(json.dumps(encoded).encode())
    assert read_sealed(encoded).payload == TEXT.encode()


@settings(max_examples=150)
@given(place=st.integers(min_value=0, max_value=len(SEALED) - 1), byte=st.integers(min_value=0, max_value=255))
def test_no_changed_byte_passes_as_another_text(place: int, byte: int) -> None:
    file = SEALED[:place] + bytes((byte,)) + SEALED[place + 1 :]
    try:
        document = read_object(file)
        sealed = read_sealed(document) if is_sealed(document) else None
        seals = check_seals(sealed, now=NOW) if sealed else ()
    except Refusal:
        return
    assert not seals or (sealed and sealed.payload == TEXT.encode())


@pytest.mark.conformance
@needs_samples
@pytest.mark.parametrize("name", SIGNED)
def test_the_commissions_own_seals_verify(name: str) -> None:
    (seal,) = check(sample(name))
    assert seal.certificate.subject == "TEST SEAL, ORGANIZACION TEST"
    assert seal.certificate.organization_id == "VATES-A00000000"
    assert seal.algorithm == "RS256"
    assert seal.signed_at is not None
    assert seal.signed_at.year == 2023


@pytest.mark.conformance
@needs_samples
@pytest.mark.parametrize("name", SIGNED)
def test_a_changed_sample_of_the_commission_is_refused(name: str) -> None:
    assert reason_of(sample(name).replace(b"Andromeda", b"Andromedo")) is Reason.SIGNATURE_BAD
