"""The status list that wallets ask for: the same places as the bitstring lists, with the states of both in one token.

Source: IETF draft-ietf-oauth-status-list (Token Status List): section 4 (packing: lowest bits first, zlib), 5.1 (the
token), 6.2 (the reference in a credential), 7.1 (states), 8.1 (asked for with Accept: application/statuslist+jwt).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.status_lists import LONGEST_LIST
from synchromesh.engine.errors import InvalidInput

MEDIA_TYPE = "application/statuslist+jwt"
TOKEN_TYPE = "statuslist+jwt"  # noqa: S105 - a media type, no password
VALID, INVALID, SUSPENDED = 0, 1, 2
WIDTH = 2
"""Bits of one entry of ours: valid, withdrawn or suspended."""


def pack_states(*, revoked: bytes, suspended: bytes) -> bytes:
    """Join the bits of a revocation list and of a suspension list with the same places; withdrawn goes before.

    Raises ValueError for lists of different length.
    """
    if len(revoked) != len(suspended):
        raise ValueError("Both lists must have the same places.")
    packed = bytearray(len(revoked) * WIDTH)
    for bits, state in ((suspended, SUSPENDED), (revoked, INVALID)):
        for number, byte in enumerate(bits):
            # Most bytes are zero; only places that are set cost time.
            for offset in range(8 if byte else 0):
                if byte & 0x80 >> offset:
                    _set(packed, number * 8 + offset, state)
    return bytes(packed)


def _set(packed: bytearray, index: int, state: int) -> None:
    shift = index * WIDTH % 8
    place = index * WIDTH // 8
    packed[place] = packed[place] & ~(3 << shift) | state << shift


def token_claims(
    *, url: str, states: bytes, issued_at: datetime, expires_at: datetime, ttl_seconds: int
) -> dict[str, Any]:
    """The claims of the token that stands at `url`; it is signed as JWS with `typ` statuslist+jwt."""
    packed = base64url_encode(zlib.compress(states, 9))
    return {
        "sub": url,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "ttl": ttl_seconds,
        "status_list": {"bits": WIDTH, "lst": packed},
    }


def state_in(claims: Mapping[str, Any], index: int, *, url: str) -> int:
    """Read the state at a place from the claims of a token whose signature was checked already.

    Raises InvalidInput for a token of another address, of another form, or without that place.
    """
    listed = claims.get("status_list")
    if claims.get("sub") != url or not isinstance(listed, Mapping):
        raise InvalidInput("The token at the address of the status list is not that list.")
    width, packed = listed.get("bits"), listed.get("lst")
    if (
        not isinstance(width, int)
        or isinstance(width, bool)
        or width not in (1, 2, 4, 8)
        or not isinstance(packed, str)
    ):
        raise InvalidInput("The status list has entries of another form than the standard's.")
    states = _unfolded(packed)
    if not 0 <= index < len(states) * 8 // width:
        raise InvalidInput(f"The status list has no place {index}.")
    return states[index * width // 8] >> index * width % 8 & (1 << width) - 1


def _unfolded(packed: str) -> bytes:
    unpack = zlib.decompressobj()
    try:
        states = unpack.decompress(base64url_decode(packed), LONGEST_LIST + 1)
    except zlib.error as error:
        raise InvalidInput("The status list cannot be unfolded.") from error
    if len(states) > LONGEST_LIST or not unpack.eof:
        raise InvalidInput("The status list is cut off, or unfolds to more than this service reads.")
    return states


def issued_at(claims: Mapping[str, Any]) -> datetime | None:
    """When the token was signed; None when it does not say."""
    value = claims.get("iat")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 253_402_300_800:
        return None
    return datetime.fromtimestamp(value, tz=UTC)
