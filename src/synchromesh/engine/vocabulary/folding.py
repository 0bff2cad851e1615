"""Text without case and accents, so that two spellings of the same words compare as equal."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
# Accents of the Latin, Greek and Cyrillic scripts, and halves of characters, which no index can hold.
_MARKS = re.compile("[\u0300-\u036f\ud800-\udfff]+")


def take_apart(text: str) -> str:
    """Return lower-case text in which each accent stands behind its letter as a sign of its own.

    Taking apart can bring capitals back (from the letter-like symbols), hence the second folding.
    """
    return unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN)).casefold()


def fold(text: str) -> str:
    """Return the text without case and accents: "Schweißer" gives "schweisser", "Café" "cafe"."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", take_apart(text))
