"""Public keys in the forms that issuers publish."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from synchromesh.engine.credential_formats.encodings import base58_encode
from synchromesh.engine.credential_formats.multikeys import (
    PublicKey,
    did_key,
    ed25519_key,
    key_of_certificate,
    read_jwk,
    read_multikey,
    read_pem,
)
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
HASHES = {"ES256": hashes.SHA256(), "ES384": hashes.SHA384(), "ES512": hashes.SHA512()}
RSA = rsa.generate_private_key(65537, 2048)


def test_the_example_of_rfc_8037_has_its_thumbprint() -> None:
    # RFC 8037, appendix A.2 and A.3.
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    key = read_jwk(jwk)
    assert key.jwk() == jwk
    assert key.thumbprint() == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_example_of_did_key_is_read_and_written() -> None:
    # The did:key method, section 4.
    did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    key = read_multikey(did.removeprefix("did:key:"))
    assert did_key(key.public_bytes()) == did == key.did()


@pytest.mark.parametrize("algorithm", CURVES)
def test_a_curve_comes_back_from_each_form_and_verifies_signatures_of_fixed_length(algorithm: str) -> None:
    secret = ec.generate_private_key(CURVES[algorithm])
    key = PublicKey(algorithm, secret.public_key())
    octets = (secret.key_size + 7) // 8
    r, s = decode_dss_signature(secret.sign(b"data", ec.ECDSA(HASHES[algorithm])))
    signature = r.to_bytes(octets) + s.to_bytes(octets)
    for same in (key, read_multikey(key.multikey()), read_jwk(key.jwk())):
        assert same.algorithm == algorithm
        assert same.verify(signature, b"data")
        assert not same.verify(signature, b"date")
        assert not same.verify(signature + b"\0", b"data")


def test_an_rsa_key_comes_back_from_its_jwk_and_pem() -> None:
    public = RSA.public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    key = read_pem(pem)
    assert read_jwk(key.jwk()).jwk() == key.jwk()
    assert (key.algorithm, key.multikey()[0]) == ("RS256", "z")


def test_the_key_of_a_certificate_is_that_key() -> None:
    secret = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(secret, None)
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    assert key_of_certificate(der).public_bytes() == secret.public_key().public_bytes_raw()


@pytest.mark.parametrize("text", ["", "z", "zabc", "u", "z" + base58_encode(b"\xed\x01" + b"1" * 31), "z6LSbysY2xFMRp"])
def test_a_multikey_that_signs_no_credentials_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_multikey(text)
    assert refusal.value.reason == Reason.KEY_UNREADABLE


def small_rsa() -> dict[str, str]:
    return {"kty": "RSA", "e": "AQAB", "n": base64.urlsafe_b64encode(b"\xff" * 128).decode().rstrip("=")}


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "oct", "k": "AAAA"},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": "AAAA"},
        {"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},
        {"kty": "EC", "crv": "secp256k1", "x": "A" * 43, "y": "A" * 43},
        small_rsa(),
        {"kty": "RSA", "n": 5, "e": "AQAB"},
    ],
)
def test_a_jwk_that_is_none_or_holds_a_secret_is_refused(jwk: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refusal:
        read_jwk(jwk)
    assert refusal.value.reason == Reason.KEY_UNREADABLE


def test_other_kinds_of_keys_and_certificates_are_refused() -> None:
    public = ed448.Ed448PrivateKey.generate().public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    for text in (pem, "no PEM"):
        with pytest.raises(Refusal):
            read_pem(text)
    with pytest.raises(Refusal):
        key_of_certificate(b"no DER")
    with pytest.raises(Refusal):
        ed25519_key(b"short")
