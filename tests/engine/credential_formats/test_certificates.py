"""Certificates of seals: files of providers, one of one's own, and what each proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.credential_formats.printed_records import ISSUER
from tests.engine.credential_formats.seal_keys import (
    AUTHORITY,
    PASSWORD,
    SEALER,
    SINCE,
    UNTIL,
    certify,
    name_of,
    pack,
    seal_key,
)

from synchromesh.engine.credential_formats.certificates import (
    identifiers_of_chain,
    load_certificate,
    ordered_chain,
    own_seal_key,
    read_certificate,
    read_seal_key,
)
from synchromesh.engine.credential_formats.multikeys import key_of_certificate
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.errors import InvalidInput

METHOD = "did:web:alliance.example#key-1"


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "ES384", "ES512", "EdDSA"])
def test_the_key_of_a_file_signs_what_its_certificate_verifies(algorithm: str) -> None:
    key = seal_key(algorithm)
    assert key.algorithm == algorithm
    public = key_of_certificate(key.certificates[0])
    assert public.verify(key.sign(b"text"), b"text")
    assert not public.verify(key.sign(b"text"), b"other")


def test_a_certificate_says_who_and_until_when() -> None:
    certificate = read_certificate(seal_key().certificates[0])
    assert (certificate.subject, certificate.issuer) == (SEALER, AUTHORITY)
    assert certificate.organization_id == "VATDE-123456789"
    assert not certificate.is_self_signed
    assert [certificate.held_at(at) for at in (SINCE, UNTIL, datetime(2030, 1, 1, tzinfo=UTC))] == [True, True, False]


def test_a_file_behind_another_password_or_without_a_key_is_refused_with_what_to_do() -> None:
    packed = pack(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(InvalidInput, match="password"):
        read_seal_key(packed, password="another")
    with pytest.raises(InvalidInput, match="cannot be opened"):
        read_seal_key(b"no file", password=PASSWORD)


def test_keys_that_are_too_weak_or_of_a_rare_curve_are_refused() -> None:
    with pytest.raises(InvalidInput, match="1024 bits"):
        read_seal_key(pack(rsa.generate_private_key(65537, 1024)), password=PASSWORD)  # noqa: S505
    with pytest.raises(InvalidInput, match="secp256k1"):
        read_seal_key(pack(ec.generate_private_key(ec.SECP256K1())), password=PASSWORD)


def test_the_chain_of_a_file_goes_from_the_key_up_to_the_authority() -> None:
    own, authority = seal_key().certificates
    assert ordered_chain([own, authority]) == ordered_chain([own, b"none", authority]) == (own, authority)
    assert read_certificate(authority).subject == AUTHORITY
    assert [text[:7] for text in identifiers_of_chain((own, authority))] == ["sha256:", "sha256:"]


def test_a_certificate_that_only_lies_beside_proves_nothing() -> None:
    own = seal_key().certificates[0]
    stranger = certify(ed25519.Ed25519PrivateKey.generate(), name_of(CN="Famous University")).public_bytes(Encoding.DER)
    assert identifiers_of_chain((own, stranger)) == identifiers_of_chain((own,))
    assert ordered_chain([own, stranger]) == (own,)
    assert identifiers_of_chain((b"none",)) == ()


def test_an_issuer_certifies_its_own_key_always_with_the_same_bytes() -> None:
    signer = key_from_seed(bytes(range(32)), METHOD)
    first, second = (own_seal_key(signer, issuer=ISSUER, since=SINCE) for _ in range(2))
    assert first.certificates == second.certificates
    certificate = read_certificate(first.certificates[0])
    assert certificate.is_self_signed
    assert certificate.subject == "Example Skills Alliance"
    assert certificate.uris == (METHOD,)
    assert certificate.organization_id == ISSUER.legal_id
    assert key_of_certificate(first.certificates[0]).public_bytes() == signer.public_bytes()
    assert key_of_certificate(first.certificates[0]).verify(first.sign(b"text"), b"text")


def test_another_key_place_or_year_gives_another_certificate() -> None:
    signer = key_from_seed(bytes(range(32)), METHOD)
    made = {
        own_seal_key(signer, issuer=ISSUER, since=SINCE).certificates[0],
        own_seal_key(signer, issuer=ISSUER, since=UNTIL).certificates[0],
        own_seal_key(key_from_seed(bytes(range(32)), f"{METHOD}2"), issuer=ISSUER, since=SINCE).certificates[0],
        own_seal_key(key_from_seed(bytes(32), METHOD), issuer=ISSUER, since=SINCE).certificates[0],
    }
    assert len(made) == 4
    assert len({load_certificate(der).serial_number for der in made}) == 4


def test_an_issuer_with_a_country_that_is_none_cannot_be_certified() -> None:
    with pytest.raises(InvalidInput, match="cannot be named"):
        own_seal_key(key_from_seed(bytes(32), METHOD), issuer=replace(ISSUER, country="Germany"), since=SINCE)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_certificate_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_certificate(data)
