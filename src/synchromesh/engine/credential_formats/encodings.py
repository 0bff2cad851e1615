"""Bytes as text, the ways that keys and signatures are written: base58btc, base64url and multibase.

Sources: draft-msporny-base58-03 (the Bitcoin alphabet), RFC 4648 section 5 without padding, and multibase as Controlled
Identifiers 1.0 section 2.4 lists it. Each is read strictly: one value has one spelling.
"""

from __future__ import annotations

import base64
import binascii
import re

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
# Ten letters at a time, so that most of the work is done on numbers that fit into a machine word.
_TEN, _FIVE, _TWO = 58**10, 58**5, 58**2
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]*")
# A base58 text of n letters takes n² steps to read. Keys and signatures have fewer than a thousand.
_LONGEST_BASE58 = 1_000


def base58_encode(data: bytes) -> str:
    """Write bytes in base58btc; a leading zero byte becomes a 1."""
    number = int.from_bytes(data)
    parts: list[str] = []
    while number:
        number, ten = divmod(number, _TEN)
        high, low = divmod(ten, _FIVE)
        parts.append(_five(high) + _five(low))
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(parts)).lstrip("1")


def _five(number: int) -> str:
    rest, last = divmod(number, _TWO)
    first, middle = divmod(rest, _TWO)
    return _ALPHABET[first] + _PAIRS[middle] + _PAIRS[last]


def base58_decode(text: str) -> bytes:
    """Read base58btc. Raises Refusal for another letter or an overlong text."""
    if len(text) > _LONGEST_BASE58:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="it is too long.")
    number = 0
    for letter in text:
        value = _VALUES.get(letter)
        if value is None:
            raise Refusal(Reason.SIGNATURE_UNREADABLE, problem=f"“{letter}” is no letter of base58.")
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def base64url_encode(data: bytes) -> str:
    """Write bytes in base64url without padding."""
    return base64url_bytes(data).decode("ascii")


def base64url_bytes(data: bytes) -> bytes:
    """As `base64url_encode`, as bytes: tokens are signed as such."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL_SAFE).rstrip(b"=")


def base64url_decode(text: str) -> bytes:
    """Read base64url without padding. Raises Refusal for padding, other letters and bits that are left over."""
    if not _URL_SAFE.fullmatch(text):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="it is not base64url.")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="it is not base64url.") from None
    if base64url_encode(data) != text:
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="its base64url has bits left over.")
    return data


def multibase_decode(text: str) -> bytes:
    """Read multibase: base58btc (z) or base64url without padding (u). Raises Refusal for any other."""
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return base64url_decode(text[1:])
    raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="its multibase letter is neither z nor u.")
