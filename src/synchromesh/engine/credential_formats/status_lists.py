"""Status lists: one bit per credential, in a list so long that asking for it does not tell whose credential is meant.

Source: W3C Bitstring Status List v1.0 (Recommendation, 2025), section 2.2 (the list's credential), 3.2 (reading an
entry), 3.3 and 3.4 (packing and unfolding), and its privacy considerations on long lists and random places. The older
draft StatusList2021 is read as well.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import blake2s
from typing import Any

from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.errors import InvalidInput

ENTRIES = 131_072
"""Places of one of our lists: the least that the standard allows, 16 KiB of bits."""
PURPOSES = ("revocation", "suspension")
LONGEST_LIST = 16 * 1024 * 1024
"""Bytes of bits that a foreign list may unfold to: 134 million places."""
LONGEST_ENCODED = 24 * 1024 * 1024
"""Characters of a foreign list before it is unfolded: one of random bits cannot be pressed at all."""
CONTEXT = "https://www.w3.org/ns/credentials/v2"

_LIST_TYPES = {"BitstringStatusList", "StatusList2021"}
_GZIP = 31  # zlib's number for the largest window with gzip's head and foot
_ROUNDS = 6


def place_of(ordinal: int, *, seed: bytes, entries: int = ENTRIES) -> int:
    """Tell the place of the list's credential number `ordinal` (0, 1, 2 ...): a secret shuffle of all places.

    Two numbers never share a place, and whoever sees places but not the seed learns nothing about order or count.
    `seed` holds at least 16 random bytes and is kept with the list; `entries` is a power of two from 131,072.
    A network of Luby and Rackoff (1988) with tables drawn by BLAKE2s. Raises ValueError for a number beyond the list.
    """
    if not 0 <= ordinal < entries:
        raise ValueError(f"The list has {entries} places; there is none for number {ordinal}.")
    bits = _bits_of(entries)
    low_bits = bits // 2
    high, low = ordinal >> low_bits, ordinal & ((1 << low_bits) - 1)
    for number, table in enumerate(_shuffle_tables(seed, bits)):
        if number % 2:
            high ^= table[low]
        else:
            low ^= table[high]
    return high << low_bits | low


def _bits_of(entries: int) -> int:
    if entries < ENTRIES or entries & (entries - 1):
        raise ValueError(f"A list has a power of two of places, at least {ENTRIES}.")
    return entries.bit_length() - 1


@lru_cache(maxsize=64)
def _shuffle_tables(seed: bytes, bits: int) -> tuple[tuple[int, ...], ...]:
    """One table per round: from one half of the number to what is mixed into the other half."""
    if len(seed) < 16:
        raise ValueError("The seed of a list needs at least 16 random bytes.")
    low_bits = bits // 2
    tables = []
    for number in range(_ROUNDS):
        from_bits, to_bits = (low_bits, bits - low_bits) if number % 2 else (bits - low_bits, low_bits)
        mask = (1 << to_bits) - 1
        tables.append(tuple(_drawn(seed, number, value) & mask for value in range(1 << from_bits)))
    return tuple(tables)


def _drawn(seed: bytes, number: int, value: int) -> int:
    message = bytes([number]) + value.to_bytes(4, "big")
    return int.from_bytes(blake2s(message, key=seed[:32], digest_size=8).digest(), "big")


def pack_bits(indices: Iterable[int], *, entries: int = ENTRIES) -> bytes:
    """Set the bits at these places, place 0 being the first bit of the first byte (section 3.3).

    Raises ValueError for a place outside the list.
    """
    if entries <= 0 or entries % 8:
        raise ValueError("A list has a multiple of eight places.")
    bits = bytearray(entries // 8)
    for index in indices:
        if not 0 <= index < entries:
            raise ValueError(f"Place {index} is outside a list of {entries}.")
        bits[index >> 3] |= 0x80 >> (index & 7)
    return bytes(bits)


def encode_list(bits: bytes) -> str:
    """Press a list: GZIP without a date, then base64url without padding, with multibase's `u` before it.

    The same bits give the same text. Raises ValueError below 131,072 places.
    """
    if len(bits) * 8 < ENTRIES:
        raise ValueError(f"A status list needs at least {ENTRIES} places.")
    press = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    packed = press.compress(bits) + press.flush()
    return "u" + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def decode_list(encoded: str) -> bytes:
    """Unfold a list to its bits. A leading `u` may be missing, as in StatusList2021.

    Raises InvalidInput for what is no such list, is shorter than 131,072 places or unfolds to more than 16 MiB.
    """
    if len(encoded) > LONGEST_ENCODED:
        raise InvalidInput("The status list is larger than this service reads.")
    packed = _from_base64url(encoded)
    opened = zlib.decompressobj(_GZIP)
    try:
        bits = opened.decompress(packed, LONGEST_LIST + 1)
    except zlib.error as error:
        raise InvalidInput("The status list cannot be unfolded: it is not packed with GZIP or is damaged.") from error
    if len(bits) > LONGEST_LIST:
        raise InvalidInput("The status list unfolds to more than this service reads.")
    if not opened.eof or opened.unused_data:
        raise InvalidInput("The status list is cut off, or something follows it.")
    if len(bits) * 8 < ENTRIES:
        raise InvalidInput(f"The status list has {len(bits) * 8} places; the standard asks for at least {ENTRIES}.")
    return bits


def _from_base64url(encoded: str) -> bytes:
    # Every GZIP file begins with the bytes 1f 8b, in base64 "H4s": a "u" before that is multibase's sign.
    text = encoded.removeprefix("u").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput("The status list is not written in base64url.") from error


def entry_value(bits: bytes, index: int, *, size: int = 1) -> int:
    """Read the entry at this place, `size` bits wide (section 3.2).

    Raises InvalidInput for a place outside the list.
    """
    if not 1 <= size <= 64:
        raise InvalidInput("A status entry has between 1 and 64 bits.")
    if not 0 <= index < len(bits) * 8 // size:
        raise InvalidInput(f"The status list has no place {index}.")
    first = index * size
    last = first + size
    window = int.from_bytes(bits[first // 8 : -(-last // 8)], "big")
    return window >> (-last % 8) & ((1 << size) - 1)


def list_document(
    *,
    url: str,
    issuer: str,
    purpose: str,
    bits: bytes,
    valid_from: datetime,
    valid_until: datetime | None = None,
    ttl_ms: int | None = None,
) -> dict[str, Any]:
    """Write the unsigned BitstringStatusListCredential (section 2.2) that stands at `url`.

    `ttl_ms` says for how many milliseconds a reader may keep it. Raises ValueError for an unknown purpose.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"A list is for one of {', '.join(PURPOSES)}, not for {purpose}.")
    subject: dict[str, Any] = {
        "id": f"{url}#list",
        "type": "BitstringStatusList",
        "statusPurpose": purpose,
        "encodedList": encode_list(bits),
    }
    if ttl_ms is not None:
        subject["ttl"] = ttl_ms
    document: dict[str, Any] = {
        "@context": [CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instant_text(valid_from),
        "credentialSubject": subject,
    }
    if valid_until is not None:
        document["validUntil"] = instant_text(valid_until)
    return document


def read_list(document: Mapping[str, Any], *, purpose: str) -> bytes:
    """Take the bits out of a list's credential whose signature was checked already.

    Raises InvalidInput when it is no status list, is kept for another purpose or cannot be unfolded.
    """
    subject = document.get("credentialSubject")
    if not isinstance(subject, Mapping) or not _LIST_TYPES & set(_texts(subject.get("type"))):
        raise InvalidInput("The document at the address of the status list is no status list.")
    if purpose not in _texts(subject.get("statusPurpose")):
        raise InvalidInput(f"The status list is not kept for the purpose {purpose}.")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise InvalidInput("The status list holds no encodedList.")
    return decode_list(encoded)


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]
