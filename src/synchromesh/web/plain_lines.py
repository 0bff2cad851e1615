"""Text for formats of lines and XML: calendars and feeds."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """One line without control characters, lone surrogates, U+FFFE and U+FFFF.

    Neither a calendar (RFC 5545, 3.3.11) nor XML 1.0 (2.2) may hold them.
    """
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(char for char in line if _may_stand(char))


def _may_stand(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\ufffe\uffff"
