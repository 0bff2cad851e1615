"""Certificates of seals as a trust service provider would give them out, made up for one run of the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from synchromesh.engine.credential_formats.certificates import SealKey, read_seal_key

PASSWORD = "a long password"
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
AUTHORITY = "Example Trust Services"
SEALER = "Example Seal, Example Skills Alliance"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_AUTHORITY_KEY = ec.generate_private_key(ec.SECP256R1())


def name_of(**parts: str) -> x509.Name:
    """A name with a common name (CN) and, where they are given, an organisation (O) and its identifier (ID)."""
    kinds = {"CN": NameOID.COMMON_NAME, "O": NameOID.ORGANIZATION_NAME, "ID": NameOID.ORGANIZATION_IDENTIFIER}
    return x509.Name([x509.NameAttribute(kinds[kind], text) for kind, text in parts.items()])


def certify(key: PrivateKey, subject: x509.Name, *, is_authority: bool = False) -> x509.Certificate:
    """A certificate of this key by the made-up authority."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(name_of(CN=AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, is_authority, is_authority, False, False), critical=True
        )
        .sign(_AUTHORITY_KEY, hashes.SHA256())
    )


def pack(key: PrivateKey) -> bytes:
    """A PKCS#12 file with this key, its certificate and that of the authority, behind PASSWORD."""
    own = certify(key, name_of(CN="Example Seal", O="Example Skills Alliance", ID="VATDE-123456789"))
    authority = certify(_AUTHORITY_KEY, name_of(CN=AUTHORITY), is_authority=True)
    lock = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"seal", key, own, [authority], lock)


@cache
def seal_key(algorithm: str = "RS256") -> SealKey:
    """A seal key of this algorithm, the same one each time."""
    keys: dict[str, PrivateKey] = {
        "EdDSA": ed25519.Ed25519PrivateKey.generate(),
        "ES256": ec.generate_private_key(ec.SECP256R1()),
        "ES384": ec.generate_private_key(ec.SECP384R1()),
        "ES512": ec.generate_private_key(ec.SECP521R1()),
    }
    key = keys[algorithm] if algorithm in keys else rsa.generate_private_key(65537, 2048)
    return read_seal_key(pack(key), password=PASSWORD)
