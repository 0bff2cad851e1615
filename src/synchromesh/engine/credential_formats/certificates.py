"""X.509 certificates of seals: reading them, keys that come with one, and a certificate of one's own.

A seal of an organisation (JAdES for JSON, PAdES for PDF) names its key by a certificate, not by a DID.
Sources: RFC 5280; ETSI EN 319 412-3 (organizationIdentifier of a legal person's certificate); RFC 7292 (PKCS#12).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from synchromesh.engine.credential_formats.der import der_bits, der_sequence
from synchromesh.engine.credential_formats.records import IssuerRecord
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import InvalidInput

LEAST_RSA_BITS = 2_048
MOST_CERTIFICATES = 10
# RFC 5280, 4.1.2.5: a certificate without a well-defined end.
_NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_DER = Encoding.DER
_CURVES: dict[str, tuple[str, int, hashes.HashAlgorithm]] = {
    "secp256r1": ("ES256", 32, hashes.SHA256()),
    "secp384r1": ("ES384", 48, hashes.SHA384()),
    "secp521r1": ("ES512", 66, hashes.SHA512()),
}


class SealKey(Protocol):
    """A key together with its certificate. The secret may lie in memory, in an HSM or with a remote service."""

    @property
    def algorithm(self) -> str:
        """RS256, ES256, ES384, ES512 or EdDSA (RFC 7518, RFC 8037)."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER: the key's own certificate first, then those that certify it."""

    def sign(self, data: bytes) -> bytes:
        """The signature over these bytes, ECDSA as r and s side by side. Raises ExternalFailure out of reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate says. `fingerprint` is the SHA-256 of its DER in hexadecimal; instants are UTC."""

    subject: str
    issuer: str
    organization_id: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    is_self_signed: bool
    uris: tuple[str, ...]

    def held_at(self, moment: datetime) -> bool:
        """Whether the certificate was within its dates at this moment."""
        return self.not_before <= moment <= self.not_after


@dataclass(frozen=True, slots=True, kw_only=True)
class _MemorySealKey:
    """A seal key whose secret is in memory."""

    algorithm: str
    certificates: tuple[bytes, ...]
    secret: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.secret, ed25519.Ed25519PrivateKey):
            return self.secret.sign(data)
        if isinstance(self.secret, rsa.RSAPrivateKey):
            return self.secret.sign(data, padding.PKCS1v15(), hashes.SHA256())
        _, size, digest = _CURVES[self.secret.curve.name]
        r, s = utils.decode_dss_signature(self.secret.sign(data, ec.ECDSA(digest)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class _SignerSealKey:
    """A signer of credentials with a certificate of its own key."""

    signer: Signer
    certificates: tuple[bytes, ...]

    @property
    def algorithm(self) -> str:
        return self.signer.algorithm

    def sign(self, data: bytes) -> bytes:
        return self.signer.sign(data)


def read_seal_key(packed: bytes, *, password: str) -> SealKey:
    """Read the PKCS#12 file (.p12, .pfx) that a trust service provider gives out.

    Raises InvalidInput for a wrong password, a file without key or certificate, and a key that is too weak.
    """
    try:
        held = pkcs12.load_pkcs12(packed, password.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidInput("The certificate file cannot be opened. Check the file (.p12) and its password.") from error
    if held.key is None or held.cert is None:
        raise InvalidInput("The certificate file lacks the private key or its certificate. Export it with both.")
    if not isinstance(held.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise InvalidInput("Seals are made with RSA, ECDSA or Ed25519 keys. Ask the provider for one of these.")
    certificates = [held.cert.certificate, *(extra.certificate for extra in held.additional_certs)]
    return _MemorySealKey(
        algorithm=_algorithm_of(held.key),
        certificates=tuple(certificate.public_bytes(_DER) for certificate in _in_order(certificates)),
        secret=held.key,
    )


def own_seal_key(signer: Signer, *, issuer: IssuerRecord, since: datetime) -> SealKey:
    """Make a certificate of the issuer's own Ed25519 key, signed by that key: no authority stands behind it.

    It holds from `since` on without an end and names the key's place in the issuer's DID document as a URI. The same
    key, issuer and instant give the same bytes. Raises InvalidInput for a key of another kind, and what the signer
    raises.
    """
    if signer.algorithm != "EdDSA":
        raise InvalidInput("Only an Ed25519 key can certify itself. Configure a certificate for the seal.")
    # The library signs while it builds, so a throwaway key builds, and the issuer signs the built part again.
    built = _own_certificate(signer, issuer, since).sign(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)), None)
    body = built.tbs_certificate_bytes
    # RFC 8410, section 3: the algorithm identifier of Ed25519.
    whole = der_sequence(body, bytes.fromhex("300506032b6570"), der_bits(signer.sign(body)))
    return _SignerSealKey(signer=signer, certificates=(whole,))


def read_certificate(der: bytes) -> Certificate:
    """Read what a certificate says. Raises InvalidInput for bytes that are none."""
    loaded = load_certificate(der)
    return Certificate(
        subject=_readable(loaded.subject),
        issuer=_readable(loaded.issuer),
        organization_id=_part_of(loaded.subject, NameOID.ORGANIZATION_IDENTIFIER),
        fingerprint=hashlib.sha256(der).hexdigest(),
        not_before=loaded.not_valid_before_utc,
        not_after=loaded.not_valid_after_utc,
        is_self_signed=_certifies(loaded, loaded),
        uris=_uris(loaded),
    )


def identifiers_of_chain(certificates: Sequence[bytes]) -> tuple[str, ...]:
    """Return `sha256:` and the fingerprint of the certificate and of each above it that really certified the one below.

    A certificate that was only laid beside it says nothing about the key and is left out, with all after it, and so is
    one whose owner may not certify others (RFC 5280, 4.2.1.9): else anybody with a certificate could make names.
    """
    identifiers: list[str] = []
    below: x509.Certificate | None = None
    for der in certificates[:MOST_CERTIFICATES]:
        try:
            above = load_certificate(der)
        except InvalidInput:
            break
        if below is not None and not is_certified_by(below, above):
            break
        identifiers.append(f"sha256:{hashlib.sha256(der).hexdigest()}")
        below = above
    return tuple(identifiers)


def is_certified_by(below: x509.Certificate, above: x509.Certificate) -> bool:
    """Whether one certificate really was signed by the other, whose owner may certify others."""
    try:
        may_certify = above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return may_certify and _certifies(above, below)


def key_id_of(certificate: x509.Certificate) -> str:
    """The identifier of its key in hexadecimal: as it says itself, else as RFC 5280 (4.2.1.2) makes it."""
    try:
        stated = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        try:
            stated = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
        except (ValueError, UnsupportedAlgorithm) as error:
            raise InvalidInput("The key of the certificate cannot be read.") from error
    return stated[:64].hex()


def authority_key_id_of(certificate: x509.Certificate) -> str:
    """The identifier of the key that signed it, in hexadecimal; empty where it does not say."""
    try:
        stated = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ""
    return (stated or b"")[:64].hex()


def ordered_chain(certificates: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the first certificate and, above it, those of the others that certify it, as far as they are there.

    Others that cannot be read are left out. Raises InvalidInput where the first cannot be read.
    """
    first, *rest = certificates
    others = []
    for der in rest[:MOST_CERTIFICATES]:
        try:
            others.append(load_certificate(der))
        except InvalidInput:
            continue
    return tuple(certificate.public_bytes(_DER) for certificate in _in_order([load_certificate(first), *others]))


def load_certificate(der: bytes) -> x509.Certificate:
    """Return the library's own certificate. Raises InvalidInput for bytes that are none, or whose names are broken."""
    try:
        loaded = x509.load_der_x509_certificate(der)
        # These are read lazily, and broken ones would raise later.
        _ = (loaded.subject, loaded.issuer, loaded.not_valid_before_utc, loaded.not_valid_after_utc)
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise InvalidInput("The seal's certificate cannot be read.") from error
    return loaded


def _algorithm_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "EdDSA"
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < LEAST_RSA_BITS:
            raise InvalidInput(f"The seal's RSA key has {key.key_size} bits; at least {LEAST_RSA_BITS} are needed.")
        return "RS256"
    if key.curve.name not in _CURVES:
        raise InvalidInput(f"Seals are not made with the curve {key.curve.name}. Use P-256, P-384 or P-521.")
    return _CURVES[key.curve.name][0]


def _in_order(certificates: list[x509.Certificate]) -> list[x509.Certificate]:
    """The first one and, above it, those that certify it, as far as they are in the file."""
    chain, rest = certificates[:1], certificates[1:]
    while above := next((other for other in rest if _certifies(other, chain[-1])), None):
        chain.append(above)
        rest.remove(above)
    return chain


def _own_certificate(signer: Signer, issuer: IssuerRecord, since: datetime) -> x509.CertificateBuilder:
    public = ed25519.Ed25519PublicKey.from_public_bytes(signer.public_bytes())
    # ITU-T X.520 bounds: 64 characters for names.
    parts = [
        (NameOID.COUNTRY_NAME, issuer.country),
        (NameOID.ORGANIZATION_NAME, issuer.name[:64]),
        (NameOID.ORGANIZATION_IDENTIFIER, issuer.legal_id),
        (NameOID.COMMON_NAME, issuer.name[:64]),
    ]
    try:
        name = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])
        alternative = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(signer.verification_method)])
    except ValueError as error:
        raise InvalidInput(f"The issuer cannot be named in a certificate: {error}") from error
    seed = b"".join((signer.public_bytes(), signer.verification_method.encode(), since.isoformat().encode()))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        # RFC 5280, 4.1.2.2: positive and at most 20 octets.
        .serial_number((int.from_bytes(hashlib.sha256(seed).digest()[:16], "big") >> 1) | 1)
        .not_valid_before(since)
        .not_valid_after(_NO_END)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(alternative, critical=False)
    )


def _certifies(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _readable(name: x509.Name) -> str:
    """The common name and the organisation, as people would say them."""
    common = _part_of(name, NameOID.COMMON_NAME)
    organisation = _part_of(name, NameOID.ORGANIZATION_NAME)
    return ", ".join(dict.fromkeys(filter(None, (common, organisation)))) or name.rfc4514_string()


def _part_of(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return next((str(part.value) for part in name.get_attributes_for_oid(oid)), "")


def _uris(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    return tuple(names.get_values_for_type(x509.UniformResourceIdentifier))
