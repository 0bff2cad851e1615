"""Codes that people read from paper and type: letters and digits that cannot be taken for one another.

Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U; each sign holds 5 bits.
"""

from __future__ import annotations

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2010": None, "\u2013": None})
_GROUP = 4


def new_code(signs: int) -> str:
    """A random code of so many signs, without hyphens."""
    bits = secrets.randbits(5 * signs)
    return "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(0, 5 * signs, 5))


def in_groups(code: str) -> str:
    """The code as it is shown: four signs, a hyphen, four signs."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(text: str, *, signs: int) -> str | None:
    """What somebody typed as a code without hyphens; None where it cannot be one."""
    code = text.upper().translate(_READ_AS)
    return code if len(code) == signs and set(code) <= set(_ALPHABET) else None
