"""Public keys, in the forms that issuers publish them: Multikey, JSON Web Key, certificate; and did:key.

Sources: W3C Controlled Identifiers 1.0 section 2.2 (Multikey), RFC 7517, RFC 8037 and RFC 7638 (JWK and its
thumbprint), the did:key method 1.0. Accepted are Ed25519, the curves P-256, P-384 and P-521, and RSA from 2048 bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509 import load_der_x509_certificate

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.encodings import (
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
)
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

_ED25519_PREFIX = b"\xed\x01"
_LEAST_RSA_BITS = 2048
_MOST_RSA_BITS = 8192
_Key = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class _Curve:
    """A curve of ECDSA: its names, the length of a coordinate, its prefix as a Multikey, and its hash."""

    jwk_name: str
    octets: int
    multikey_prefix: bytes
    curve: ec.EllipticCurve
    digest: hashes.HashAlgorithm


_CURVES = {
    "ES256": _Curve("P-256", 32, b"\x80\x24", ec.SECP256R1(), hashes.SHA256()),
    "ES384": _Curve("P-384", 48, b"\x81\x24", ec.SECP384R1(), hashes.SHA384()),
    "ES512": _Curve("P-521", 66, b"\x82\x24", ec.SECP521R1(), hashes.SHA512()),
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key and the one signature algorithm that it is used with (a name of RFC 7518 or RFC 8037)."""

    algorithm: str
    key: _Key

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether this key made the signature; one of ECDSA is r and s in fixed length, as JOSE writes it."""
        try:
            if isinstance(self.key, ed25519.Ed25519PublicKey):
                self.key.verify(signature, data)
            elif isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                curve = _CURVES[self.algorithm]
                if len(signature) != 2 * curve.octets:
                    return False
                r, s = int.from_bytes(signature[: curve.octets]), int.from_bytes(signature[curve.octets :])
                self.key.verify(encode_dss_signature(r, s), data, ec.ECDSA(curve.digest))
        except InvalidSignature:
            return False
        return True

    def public_bytes(self) -> bytes:
        """The key as Multikey holds it: raw for Ed25519, a compressed point for ECDSA, DER for RSA."""
        raw, point, der = serialization.PublicFormat, serialization.Encoding.X962, serialization.Encoding.DER
        if isinstance(self.key, ed25519.Ed25519PublicKey):
            return self.key.public_bytes_raw()
        if isinstance(self.key, rsa.RSAPublicKey):
            return self.key.public_bytes(der, raw.PKCS1)
        return self.key.public_bytes(point, raw.CompressedPoint)

    def multikey(self) -> str:
        """The key as publicKeyMultibase; it is also the part of a did:key after the last colon."""
        if self.algorithm == "EdDSA":
            prefix = _ED25519_PREFIX
        elif self.algorithm in _CURVES:
            prefix = _CURVES[self.algorithm].multikey_prefix
        else:
            prefix = b"\x85\x24"
        return "z" + base58_encode(prefix + self.public_bytes())

    def jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key with its required members only."""
        if isinstance(self.key, ed25519.Ed25519PublicKey):
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(self.public_bytes())}
        if isinstance(self.key, rsa.RSAPublicKey):
            numbers = self.key.public_numbers()
            return {"kty": "RSA", "n": _unsigned(numbers.n), "e": _unsigned(numbers.e)}
        curve, point = _CURVES[self.algorithm], self.key.public_numbers()
        return {
            "kty": "EC",
            "crv": curve.jwk_name,
            "x": base64url_encode(point.x.to_bytes(curve.octets)),
            "y": base64url_encode(point.y.to_bytes(curve.octets)),
        }

    def thumbprint(self) -> str:
        """The SHA-256 thumbprint of RFC 7638."""
        return base64url_encode(hashlib.sha256(canonical_json(self.jwk())).digest())

    def did(self) -> str:
        """The key as an identifier of its own."""
        return f"did:key:{self.multikey()}"


def ed25519_key(raw: bytes) -> PublicKey:
    """Read a raw Ed25519 key of 32 bytes. Raises Refusal."""
    if len(raw) != 32:
        raise Refusal(Reason.KEY_UNREADABLE, problem="an Ed25519 key has 32 bytes.")
    return PublicKey("EdDSA", ed25519.Ed25519PublicKey.from_public_bytes(raw))


@lru_cache(maxsize=1000)
def read_multikey(text: str) -> PublicKey:
    """Read a publicKeyMultibase. Raises Refusal for kinds of keys that sign no credentials here."""
    try:
        data = multibase_decode(text)
    except Refusal as fault:
        raise Refusal(Reason.KEY_UNREADABLE, problem=fault.details.get("problem", "")) from None
    prefix, rest = data[:2], data[2:]
    if prefix == _ED25519_PREFIX:
        return ed25519_key(rest)
    for algorithm, curve in _CURVES.items():
        if prefix == curve.multikey_prefix:
            return PublicKey(algorithm, _point(curve, rest))
    raise Refusal(Reason.KEY_UNREADABLE, problem="it is of a kind that signs no credentials here.")


def read_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Read a public JSON Web Key. Raises Refusal, also for one that holds a secret key."""
    if "d" in jwk:
        raise Refusal(Reason.KEY_UNREADABLE, problem="it holds the secret key as well.")
    kind, curve_name = jwk.get("kty"), jwk.get("crv")
    if kind == "OKP" and curve_name == "Ed25519":
        return ed25519_key(_member(jwk, "x"))
    if kind == "RSA":
        return _rsa_key(int.from_bytes(_member(jwk, "n")), int.from_bytes(_member(jwk, "e")))
    for algorithm, curve in _CURVES.items():
        if kind == "EC" and curve_name == curve.jwk_name:
            x, y = _member(jwk, "x"), _member(jwk, "y")
            if len(x) != curve.octets or len(y) != curve.octets:
                raise Refusal(Reason.KEY_UNREADABLE, problem="its coordinates have another length than its curve.")
            return PublicKey(algorithm, _point(curve, b"\x04" + x + y))
    raise Refusal(Reason.KEY_UNREADABLE, problem="its kty and crv name no key that signs credentials here.")


def key_of_certificate(der: bytes) -> PublicKey:
    """Take the public key out of an X.509 certificate. Raises Refusal."""
    try:
        return _accepted(load_der_x509_certificate(der).public_key())
    except (ValueError, UnsupportedAlgorithm):
        raise Refusal(Reason.KEY_UNREADABLE, problem="its certificate cannot be read.") from None


def read_pem(pem: str) -> PublicKey:
    """Read a public key in PEM, as issuers of Open Badges 2 publish it. Raises Refusal."""
    try:
        return _accepted(serialization.load_pem_public_key(pem.encode()))
    except (ValueError, UnsupportedAlgorithm):
        raise Refusal(Reason.KEY_UNREADABLE, problem="its PEM cannot be read.") from None


def _accepted(key: object) -> PublicKey:
    if isinstance(key, ed25519.Ed25519PublicKey):
        return PublicKey("EdDSA", key)
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return _rsa_key(numbers.n, numbers.e)
    if isinstance(key, ec.EllipticCurvePublicKey):
        for algorithm, curve in _CURVES.items():
            if key.curve.name == curve.curve.name:
                return PublicKey(algorithm, key)
    raise Refusal(Reason.KEY_UNREADABLE, problem="it is of a kind that is not accepted here.")


def did_key(raw_ed25519: bytes) -> str:
    """Write a raw Ed25519 public key as a did:key."""
    return ed25519_key(raw_ed25519).did()


def did_key_method(raw_ed25519: bytes) -> str:
    """The verification method of a did:key, as proofs name it."""
    key = ed25519_key(raw_ed25519).multikey()
    return f"did:key:{key}#{key}"


def _point(curve: _Curve, data: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.curve, data)
    except ValueError:
        raise Refusal(Reason.KEY_UNREADABLE, problem=f"it is no point of {curve.jwk_name}.") from None


def _rsa_key(modulus: int, exponent: int) -> PublicKey:
    if not _LEAST_RSA_BITS <= modulus.bit_length() <= _MOST_RSA_BITS or exponent.bit_length() > 64:
        raise Refusal(Reason.KEY_UNREADABLE, problem="an RSA key must have 2048 to 8192 bits.")
    try:
        return PublicKey("RS256", rsa.RSAPublicNumbers(exponent, modulus).public_key())
    except ValueError:
        raise Refusal(Reason.KEY_UNREADABLE, problem="its numbers make no RSA key.") from None


def _member(jwk: Mapping[str, Any], name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(Reason.KEY_UNREADABLE, problem=f"its member {name} is missing.")
    try:
        return base64url_decode(value)
    except Refusal:
        raise Refusal(Reason.KEY_UNREADABLE, problem=f"its member {name} is not base64url.") from None


def _unsigned(number: int) -> str:
    return base64url_encode(number.to_bytes((number.bit_length() + 7) // 8))
