"""Signs of units as people type them: the micro sign or the Greek letter, with a blank or without."""

from __future__ import annotations

import unicodedata


def plain_unit(text: str) -> str:
    """A unit without blanks, in one spelling of each sign. Capitals stay: mV is not MV.

    Compatibility forms are folded (Unicode Standard Annex 15, NFKC): "µ" and "μ", "Ω" and the ohm sign are the same.
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
