"""JAdES seals at level B-B over a JSON text: signatures of JWS in JSON form, with the certificate in the header.

Sources: ETSI TS 119 182-1 V1.2.1 (JAdES): 5.1.4 kid, 5.1.7 x5t#S256, 5.1.8 x5c, 5.1.11 iat (claimed signing time, in
place of sigT), 6.3 level B-B; RFC 7515 section 7.2 (JSON serialisation); RFC 7797 (the payload as it is, b64 false).
Time stamps and revocation data of the levels T, LT and LTA are let be: they need the authority's own services.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.certificates import (
    MOST_CERTIFICATES,
    Certificate,
    SealKey,
    load_certificate,
    read_certificate,
)
from synchromesh.engine.credential_formats.der import der_integer, der_sequence, der_value
from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.limits import MOST_PROOFS
from synchromesh.engine.credential_formats.multikeys import key_of_certificate
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal, refusal_of
from synchromesh.engine.errors import InvalidInput

# Critical header members whose meaning is honoured here. sigD (the payload lies elsewhere) is not among them.
_UNDERSTOOD = frozenset({"b64", "sigT", "iat", "x5t#o", "sigX5ts", "srCms", "sigPl", "sigPId", "srAts", "adoTst"})
_DIRECTORY_NAME = 0xA4  # RFC 5280, GeneralName: [4] directoryName


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal whose signature holds. `signed_at` is what its maker says, `certificates` are DER, the maker's first."""

    algorithm: str
    certificate: Certificate
    certificates: tuple[bytes, ...]
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedText:
    """A text with its seals as they stand in the file, unchecked."""

    payload: bytes
    signatures: tuple[Mapping[str, Any], ...]


def seal_text(text: str, *, seal_key: SealKey, at: datetime) -> bytes:
    """Seal a JSON text: the general JSON serialisation of JWS with one signature, its instant in whole seconds.

    The text stays readable inside the file, as in the Commission's own credentials. Raises what the key raises.
    """
    leaf = seal_key.certificates[0]
    header = {
        "alg": seal_key.algorithm,
        "typ": "jose+json",
        "cty": "ld+json",
        "kid": _issuer_serial(leaf),
        "x5t#S256": base64url_encode(hashlib.sha256(leaf).digest()),
        "x5c": [base64.b64encode(certificate).decode("ascii") for certificate in seal_key.certificates],
        "iat": int(at.timestamp()),
        "b64": False,
        "crit": ["b64"],
    }
    protected = base64url_encode(_compact(header).encode())
    signature = seal_key.sign(f"{protected}.{text}".encode())
    file = {"payload": text, "signatures": [{"protected": protected, "signature": base64url_encode(signature)}]}
    return _compact(file).encode()


def is_sealed(document: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a JWS in general or flattened JSON form."""
    return isinstance(document.get("payload"), str) and ("signatures" in document or "signature" in document)


def read_sealed(document: Mapping[str, Any]) -> SealedText:
    """Take the sealed text and its signatures out of a JSON object that `is_sealed` accepts. Raises Refusal."""
    signatures = document.get("signatures", [document])
    if not isinstance(signatures, list) or not all(isinstance(signature, dict) for signature in signatures):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="“signatures” is no list of objects.")
    if not 0 < len(signatures) <= MOST_PROOFS:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem=f"there are none, or more than {MOST_PROOFS}.")
    raw = {_is_raw(signature) for signature in signatures}
    if len(raw) != 1:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="its signatures read the payload in two ways.")
    payload: str = document["payload"]
    try:
        data = payload.encode() if raw == {True} else base64url_decode(payload)
    except UnicodeEncodeError:
        raise Refusal(Reason.NOT_TEXT) from None
    return SealedText(payload=data, signatures=tuple(signatures))


def check_seals(sealed: SealedText, *, now: datetime) -> tuple[Seal, ...]:
    """Return all seals; every one must hold. Raises Refusal for the first that does not.

    The certificate must have been within its dates at the claimed signing time, or at `now` where none is claimed.
    """
    payload = sealed.payload
    return tuple(_check_seal(signature, payload, now) for signature in sealed.signatures)


def _check_seal(signature: Mapping[str, Any], payload: bytes, now: datetime) -> Seal:
    protected, header = _header_of(signature)
    _refuse_unknown_demands(header)
    certificates = _certificates_of(header)
    key = key_of_certificate(certificates[0])
    if header.get("alg") != key.algorithm:
        raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=str(header.get("alg"))[:40])
    value = signature.get("signature")
    if not isinstance(value, str):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="the signature is missing.")
    middle = payload if header.get("b64") is False else base64url_encode(payload).encode()
    if not key.verify(base64url_decode(value), protected.encode() + b"." + middle):
        raise Refusal(Reason.SIGNATURE_BAD)
    certificate, signed_at = _certificate(certificates[0]), _signing_time(header)
    if not certificate.held_at(signed_at or now):
        raise Refusal(
            Reason.CERTIFICATE_OUT_OF_DATE,
            signer=certificate.subject,
            since=certificate.not_before.date().isoformat(),
            until=certificate.not_after.date().isoformat(),
        )
    return Seal(algorithm=key.algorithm, certificate=certificate, certificates=certificates, signed_at=signed_at)


def _header_of(signature: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The protected header as it is signed, and read. What stands unprotected beside it must not speak over it."""
    protected = signature.get("protected")
    if not isinstance(protected, str):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="the protected header is missing.")
    header = read_object(base64url_decode(protected))
    beside = signature.get("header", {})
    if not isinstance(beside, dict) or beside.keys() & (header.keys() | {"alg", "crit", "b64"}):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="its two headers contradict each other.")
    return protected, header


def _is_raw(signature: Mapping[str, Any]) -> bool:
    """RFC 7797, section 3: the payload is signed as it stands."""
    return _header_of(signature)[1].get("b64") is False


def _refuse_unknown_demands(header: Mapping[str, Any]) -> None:
    """RFC 7515, section 4.1.11, and RFC 7797, section 6: b64 counts only where it is critical."""
    critical = header.get("crit", [])
    if not isinstance(critical, list) or not all(isinstance(name, str) for name in critical):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="“crit” is no list of names.")
    for name in critical:
        if name not in _UNDERSTOOD or name not in header:
            raise Refusal(Reason.PROOF_UNKNOWN, suite=f"JAdES, {name[:40]}")
    if ("crit" in header and not critical) or ("b64" in header and "b64" not in critical):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="“crit” does not name what it must.")


def _certificates_of(header: Mapping[str, Any]) -> tuple[bytes, ...]:
    listed = header.get("x5c")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_CERTIFICATES:
        raise Refusal(Reason.CERTIFICATE_MISSING)
    try:
        certificates = tuple(base64.b64decode(entry, validate=True) for entry in listed)
    except (TypeError, ValueError, binascii.Error):
        raise Refusal(Reason.KEY_UNREADABLE, problem="its certificates are not base64.") from None
    stated = header.get("x5t#S256", base64url_encode(hashlib.sha256(certificates[0]).digest()))
    if stated != base64url_encode(hashlib.sha256(certificates[0]).digest()):
        raise Refusal(Reason.KEY_UNREADABLE, problem="the certificate is another one than the header's hash names.")
    return certificates


def _certificate(der: bytes) -> Certificate:
    try:
        return read_certificate(der)
    except InvalidInput as error:
        raise refusal_of(error) from None


def _signing_time(header: Mapping[str, Any]) -> datetime | None:
    """`iat` (seconds) or, before July 2025, `sigT` (an RFC 3339 text)."""
    seconds = header.get("iat")
    if isinstance(seconds, int) and not isinstance(seconds, bool):
        try:
            return datetime.fromtimestamp(seconds, tz=UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return read_instant(header.get("sigT"))


def _issuer_serial(der: bytes) -> str:
    """ETSI TS 119 182-1, 5.1.4: base64 of the IssuerSerial of RFC 5035."""
    certificate = load_certificate(der)
    names = der_sequence(der_value(_DIRECTORY_NAME, certificate.issuer.public_bytes()))
    return base64.b64encode(der_sequence(names, der_integer(certificate.serial_number))).decode("ascii")


def _compact(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
