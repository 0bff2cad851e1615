"""Characters that a person sees, in one form: NFC, plain spaces, nothing invisible.

Invisible characters break matching, shift positions and can hide words from the reader; the same letter in two forms is
not found. Source of the forms: Unicode Standard Annex 15, https://www.unicode.org/reports/tr15/
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Sorting the marks on one letter takes quadratic time, and no script of Europe puts more than three on a letter.
_MARKS_ON_A_LETTER = 4
_SPACES = re.compile(r"[ ]{2,}")
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Two typewriter spaces are one; ligatures of print are the letters that they show.
_SHOWN = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x09: " ",
    0x0A: "\n",
    0x2011: "-",
    0x034F: "",
    **dict.fromkeys(range(0xFE00, 0xFE10), ""),
    **dict.fromkeys(range(0xF0A0, 0xF100), " "),  # bullets of the Symbol and Wingdings fonts
}
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")


class _Table(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        shown = "" if category in _INVISIBLE else " " if category.startswith("Z") else character
        self[code] = shown
        return shown


_TABLE = _Table(_SHOWN)


def clean_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text without invisible characters and double spaces, in NFC; empty ones are left out."""
    for line in _LINE_BREAKS.split(text):
        if cleaned := clean(line):
            yield cleaned


def clean(text: str) -> str:
    """Return one line of text in NFC, its spaces single, trimmed, without control and zero-width characters.

    Cleaning what is clean changes nothing. More than four marks on a letter are dropped.
    """
    shown = text.translate(_TABLE).replace("\n", " ")
    if not shown.isascii():
        shown = unicodedata.normalize("NFC", _with_few_marks(shown))
    return _SPACES.sub(" ", shown).strip(" ")


def _with_few_marks(text: str) -> str:
    if not any(map(unicodedata.combining, text)):
        return text
    kept = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)
