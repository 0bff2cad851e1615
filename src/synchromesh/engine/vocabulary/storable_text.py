"""Texts that every store and every format can hold."""

from __future__ import annotations

import re

# What neither a database nor an XML file can hold.
_NOT_STORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_storable(text: str) -> bool:
    """Whether a text has no control characters but tabs and line ends, and no half of a surrogate pair."""
    return _NOT_STORABLE.search(text) is None


def printable(text: str) -> str:
    """A text that can be written anywhere: signs that cannot be stored become escapes."""
    return _NOT_STORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
