"""The key that signed a token of a wallet, where the issuer is an address of the web.

Source: IETF draft-ietf-oauth-sd-jwt-vc section 5 (metadata of an issuer: its keys lie under /.well-known/jwt-vc-issuer)
and section 3.5 (a certificate in the header instead).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.did_documents import FoundKey
from synchromesh.engine.credential_formats.jose import Token, check_token
from synchromesh.engine.credential_formats.multikeys import read_jwk
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.errors import ExternalFailure, InvalidInput

WELL_KNOWN = "/.well-known/jwt-vc-issuer"
MOST_BYTES = 400_000
MOST_KEYS = 100


def check_issuer_token(token: Token, *, issuer: str, around: Surroundings) -> FoundKey:
    """Check the signature of a token of this issuer. Raises Refusal unless it is good.

    Keys of an https issuer come from its metadata; any other key, and one in a certificate, as `jose.check_token` finds
    it.
    """
    if not issuer.startswith("https://") or "x5c" in token.header:
        return check_token(token, issuer=issuer, around=around)
    key = read_jwk(_listed_key(token, issuer, around))
    if key.algorithm != token.algorithm:
        raise Refusal(Reason.ALGORITHM_REFUSED, algorithm=f"{token.header['alg']} with {key.algorithm}")
    if not key.verify(token.signature, token.signed):
        raise Refusal(Reason.SIGNATURE_BAD)
    return FoundKey(key=key, proves=(key.did(), issuer))


def metadata_address(issuer: str) -> str:
    """Where the metadata of an issuer lies: the well-known name goes between its host and its path."""
    try:
        parts = urlsplit(issuer)
    except ValueError:
        raise Refusal(Reason.KEY_METHOD_UNKNOWN, method=issuer[:200]) from None
    return f"https://{parts.netloc}{WELL_KNOWN}{parts.path.rstrip('/')}"


def _listed_key(token: Token, issuer: str, around: Surroundings) -> Mapping[str, Any]:
    metadata = _fetched(metadata_address(issuer), around)
    if metadata.get("issuer") != issuer:
        raise Refusal(Reason.KEY_UNREADABLE, problem="the metadata at its address is that of another issuer.")
    keys, address = metadata.get("jwks"), metadata.get("jwks_uri")
    if keys is None and isinstance(address, str):
        keys = _fetched(address, around)
    listed = keys.get("keys") if isinstance(keys, Mapping) else None
    named = token.header.get("kid")
    fitting = [
        key
        for key in (listed if isinstance(listed, list) else [])[:MOST_KEYS]
        if isinstance(key, Mapping) and (named is None or key.get("kid") == named)
    ]
    # Without a name, one key may be meant; of several, none is guessed.
    if len(fitting) != 1:
        raise Refusal(Reason.KEY_NOT_LISTED, method=f"{issuer} {named}"[:200])
    return fitting[0]


def _fetched(address: str, around: Surroundings) -> dict[str, Any]:
    try:
        return read_object(around.fetch(address).data, most_bytes=MOST_BYTES)
    except (ExternalFailure, InvalidInput) as failure:
        raise Refusal(Reason.KEY_UNREACHABLE, method=address[:200], problem=failure.message) from None
