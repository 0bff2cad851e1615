"""Signed tokens: the compact form of JSON Web Signature, with public keys only.

Sources: RFC 7515, RFC 7518, RFC 8037, RFC 9864 (Ed25519 as another name of EdDSA). `none` and every symmetric algorithm
are refused, and so is a header that asks for something unknown (`crit`) or for a detached payload (`b64`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_object
from synchromesh.engine.credential_formats.did_documents import ISSUING, FoundKey, find_key
from synchromesh.engine.credential_formats.encodings import base64url_bytes, base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.limits import MOST_BYTES
from synchromesh.engine.credential_formats.multikeys import key_of_certificate, read_jwk
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings

ALGORITHMS = frozenset({"EdDSA", "Ed25519", "ES256", "ES384", "ES512", "RS256"})
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
_MOST_HEADER = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token, taken apart; nothing of it is proved yet."""

    header: dict[str, Any]
    payload: bytes
    signature: bytes
    signed: bytes

    @property
    def algorithm(self) -> str:
        """The algorithm, under the name that keys bear here."""
        return "EdDSA" if self.header["alg"] == "Ed25519" else str(self.header["alg"])


def looks_like_token(data: bytes) -> bool:
    """Whether bytes may be a compact token: three parts of base64url, the first the beginning of a JSON object."""
    text = data.strip()
    return text.startswith(b"ey") and text.count(b".") == 2 and not set(text) - _LETTERS


def sign_token(payload: bytes, *, header: Mapping[str, Any], signer: Signer) -> str:
    """Sign bytes; the header gets the algorithm of the signer."""
    return sign_with_header(payload, written_header({**header, "alg": signer.algorithm}), signer=signer).decode("ascii")


def written_header(header: Mapping[str, Any]) -> bytes:
    """A whole header as the first part of a token, which is the same for all tokens of a batch."""
    return base64url_bytes(canonical_json(dict(header)))


def sign_with_header(payload: bytes, header: bytes, *, signer: Signer) -> bytes:
    """Sign bytes under a header that is written already."""
    signed = b"%s.%s" % (header, base64url_bytes(payload))
    return b"%s.%s" % (signed, base64url_bytes(signer.sign(signed)))


def read_token(data: bytes | str) -> Token:
    """Take a token apart. Raises Refusal for one that is none, and for algorithms that are not accepted."""
    text = data.decode("ascii", "replace") if isinstance(data, bytes) else data
    text = text.strip()
    if len(text) > MOST_BYTES:
        raise Refusal(Reason.TOO_LARGE, limit=str(MOST_BYTES))
    parts = text.split(".")
    if len(parts) != 3:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="a token has three parts.")
    header = read_object(base64url_decode(parts[0]), most_bytes=_MOST_HEADER)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=str(algorithm)[:40])
    for name in ("crit", "b64"):
        if name in header:
            raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=f"{algorithm} with {name}")
    return Token(
        header=header,
        payload=base64url_decode(parts[1]),
        signature=base64url_decode(parts[2]),
        signed=f"{parts[0]}.{parts[1]}".encode("ascii", "replace"),
    )


def check_token(
    token: Token, *, issuer: str, around: Surroundings, purpose: str = ISSUING, at: datetime | None = None
) -> FoundKey:
    """Check the signature of a token and return its key. Raises Refusal unless it is good.

    `at` is when it is said to have been signed: a key that was given up later is still good for it.
    """
    found = find_token_key(token, issuer=issuer, around=around, purpose=purpose, at=at)
    if found.key.algorithm != token.algorithm:
        raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=f"{token.header['alg']} with {found.key.algorithm}")
    if not found.key.verify(token.signature, token.signed):
        raise Refusal(Reason.SIGNATURE_BAD)
    return found


def find_token_key(
    token: Token, *, issuer: str, around: Surroundings, purpose: str = ISSUING, at: datetime | None = None
) -> FoundKey:
    """Find the key that a token names: by `kid`, else `jwk`, else `x5c`, else the issuer that is itself a key."""
    kid = token.header.get("kid")
    unreachable: Refusal | None = None
    if isinstance(kid, str) and kid:
        method = kid if ":" in kid and not kid.startswith("#") else f"{issuer}#{kid.removeprefix('#')}"
        try:
            return find_key(method, issuer=issuer, around=around, purpose=purpose, at=at)
        except Refusal as refusal:
            # A key inside the header proves nothing about the issuer, but whether the token is as it was signed.
            if refusal.reason not in (Reason.KEY_UNREACHABLE, Reason.KEY_METHOD_UNKNOWN) or issuer.startswith("did:"):
                raise
            unreachable = refusal
    found = _key_of_header(token.header)
    if found is None:
        if unreachable is not None:
            raise unreachable
        return find_key(issuer, issuer=issuer, around=around, purpose=purpose, at=at)
    if issuer.startswith("did:") and issuer not in found.proves:
        raise Refusal(Reason.KEY_OF_ANOTHER, method="in the header of the token", issuer=issuer[:200])
    return found


def _key_of_header(header: Mapping[str, Any]) -> FoundKey | None:
    jwk, chain = header.get("jwk"), header.get("x5c")
    if isinstance(jwk, Mapping):
        key = read_jwk(jwk)
        as_did = f"did:jwk:{base64url_encode(canonical_json(dict(jwk)))}"
        return FoundKey(key=key, proves=(key.did(), as_did))
    if isinstance(chain, list) and chain and isinstance(chain[0], str):
        try:
            der = base64.b64decode(chain[0], validate=True)
        except binascii.Error:
            raise Refusal(Reason.KEY_UNREADABLE, problem="its certificate is not base64.") from None
        key = key_of_certificate(der)
        return FoundKey(key=key, proves=(key.did(), f"sha256:{hashlib.sha256(der).hexdigest()}"))
    return None
