"""Text that a printed page can show: what has no glyph in the page's font becomes a white square.

The font is Libertinus Serif as packed in typst 0.15. ISO 14289-1 (PDF/UA-1), 7.21.8, forbids text without a glyph.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\u25a1"
"""The white square that stands for characters without a glyph, which PDF/UA-1 forbids to print."""

# What Libertinus Serif, as packed in typst 0.15, has a glyph for, kept to what the languages of Europe and plain
# symbols need: Latin, combining marks, Greek, Cyrillic, punctuation, currencies, arrows, comparison, shapes.
GLYPHS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x02E4), (0x02EA, 0x036F), (0x0374, 0x0375), (0x037A, 0x037E),
    (0x0384, 0x038A), (0x038C, 0x038C), (0x038E, 0x03A1), (0x03A3, 0x03CE), (0x03D0, 0x03E1), (0x0400, 0x0477),
    (0x048C, 0x04C4), (0x1E00, 0x1F15), (0x1F18, 0x1F1D), (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57),
    (0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4), (0x1FC6, 0x1FD3), (0x1FD6, 0x1FDB), (0x1FDD, 0x1FEF),
    (0x1FF2, 0x1FF4), (0x1FF6, 0x1FFE), (0x2010, 0x2027), (0x202F, 0x2037), (0x2039, 0x203E), (0x2044, 0x2044),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x20AB, 0x20AC), (0x20B9, 0x20B9), (0x20BF, 0x20BF), (0x2116, 0x2116),
    (0x2120, 0x2120), (0x2122, 0x2122), (0x2126, 0x2126), (0x2153, 0x215E), (0x2190, 0x219B), (0x2260, 0x2260),
    (0x2264, 0x2265), (0x25A0, 0x25A1), (0x2605, 0x2605), (0x2714, 0x2714), (0x2718, 0x2718),
)  # fmt: skip
_UNPRINTABLE = re.compile("[^" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in GLYPHS) + "]+")
_INVISIBLE = {"Cc", "Cf", "Mn", "Me", "Zl", "Zp"}


def printable(text: str) -> str:
    """Make a text that can be printed: composed letters, single spaces, a white square for what has no glyph.

    Control and format characters and variation selectors are dropped; they have no glyph by nature.
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return _UNPRINTABLE.sub(lambda found: REPLACEMENT if _is_visible(found.group()) else "", composed)


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(char) not in _INVISIBLE for char in text)
