"""Whether a typed word or short text is one of those that count as right.

Source of the distance: Damerau 1964, A technique for computer detection and correction of spelling errors (CACM 7), in
the form that changes no part twice (optimal string alignment): a letter too many, missing, wrong, or two swapped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from synchromesh.engine.vocabulary.folding import fold

_FROM_LETTERS = ((4, 0), (8, 1))  # below so many letters, so many slips: a short word with one could be any other
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile("[-\u2010-\u2015\u2212]")
_BLANKS = re.compile(r"\s+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_DIGITS = re.compile(r"\d")


def is_accepted(
    typed: str, accepted: Mapping[str, tuple[str, ...]], *, language: str, exact_case: bool = False, slips: int = 0
) -> bool:
    """Whether `typed` is an accepted form in any language.

    Blanks and dashes of all kinds are the same, and so are case and accents unless `exact_case`. German forms, and all
    forms in an attempt taken in German (`language`), may be typed with ae, oe and ue. Slips count in letters only: no
    digit may be wrong. Forms below four letters allow none, below eight one.
    """
    return any(
        _matches(typed, form, exact_case=exact_case, slips=slips)
        or ("de" in (language, of) and _matches(typed, _spelled_out(form), exact_case=exact_case, slips=slips))
        for of, forms in accepted.items()
        for form in forms
    )


def _matches(typed: str, form: str, *, exact_case: bool, slips: int) -> bool:
    typed, form = _tidied(typed), _tidied(form)
    if typed == form:
        return True
    if not exact_case:
        typed, form = fold(typed), fold(form)
    allowed = _allowed(form, slips)
    if typed == form or not allowed:
        return bool(form) and typed == form
    return (
        _DIGITS.findall(typed) == _DIGITS.findall(form) and OSA.distance(typed, form, score_cutoff=allowed) <= allowed
    )


def _allowed(form: str, slips: int) -> int:
    letters = sum(sign.isalpha() for sign in form)
    return min([slips, *(most for below, most in _FROM_LETTERS if letters < below)])


def _tidied(text: str) -> str:
    """One kind of blank and dash, no signs that nobody sees, raised and lowered digits as plain ones."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'")
    return _BLANKS.sub(" ", _DASHES.sub(" ", plain)).strip(" .") or text.strip()


def _spelled_out(form: str) -> str:
    return unicodedata.normalize("NFC", form).translate(_UMLAUTS)
