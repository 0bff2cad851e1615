"""Make an accessible PDF (PDF/UA-1) from a Typst template and plain data.

Data reaches the template as one JSON text in `sys.inputs.document`; nothing is ever pasted into Typst source, so no
title can be read as markup. Only fonts inside the typst package are used, so that every machine prints the same page.
Source of the standard: ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent

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


def compile_pdf(template: str, document: Mapping[str, Any], *, printed_on: date) -> bytes:
    """Fill the template of this name beside this module with `document` (JSON values) and return the PDF.

    The template finds the values under the same keys, `printed_on` as year, month, day, and in `has_replacements`
    whether a text lost a character. The same values and date give the same bytes. Every text is made printable first,
    so only a fault in the template can raise TypstError.
    """
    # Imported when needed: the library is large and most requests print nothing.
    import typst

    values = _printable_values(document)
    values |= {
        "printed_on": [printed_on.year, printed_on.month, printed_on.day],
        "has_replacements": REPLACEMENT in json.dumps(values, ensure_ascii=False),
    }
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(values)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(printed_on, time(), tzinfo=UTC),
    )


def _printable_values(value: Any) -> Any:
    """The same JSON value with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable_values(inner) for inner in value]
    return value
