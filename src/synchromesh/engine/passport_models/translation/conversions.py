"""How a single value of another data model becomes one of ours.

A conversion gets the value, the word behind its name in the table, and a look at the values beside it. What it cannot
use it hands back unchanged, so that the checks can say what is wrong with it.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from synchromesh.engine.vocabulary.countries import parse_country
from synchromesh.engine.vocabulary.iso_codes import THREE_LETTER_COUNTRIES

Beside = Callable[[str], Any]
"""The value of another key of the same object, None where there is none."""

_REGION = re.compile(r"([A-Z]{2})(?:-[A-Z0-9]{1,3})?", re.ASCII)
_MONTHS_OF_DURATION = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[-+]?\d{1,30}(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?", re.ASCII)
_MASS_IN_KG = {
    "gram": 0.001,
    "kilogram": 1.0,
    "tonnemetricton": 1000.0,
    "ounceavoirdupois": 0.028349523125,
    "pound": 0.45359237,
    "tonusorshorttonukorus": 907.18474,
    "kgm": 1.0,
    "grm": 0.001,
    "tne": 1000.0,
}
_SHARE_IN_PERCENT = {
    "percent": 1.0,
    "partpermillion": 0.0001,
    "partperthousand": 0.1,
    "partperbillionus": 0.0000001,
    "partpertrillionus": 0.0000000001,
}
_LIFE_IN_MONTHS = {"month": 1.0, "year": 12.0, "day": 12 / 365.25}


def _as_is(value: Any, word: str, beside: Beside) -> Any:
    return value


def is_number(value: Any) -> bool:
    """Whether this is a JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _times(value: Any, word: str, beside: Beside) -> Any:
    return _rounded(value, float(word)) if is_number(value) else value


def _rounded(value: float, factor: float) -> Any:
    """The product without the dust of binary fractions."""
    try:
        product = value * factor
    except OverflowError:
        return value
    return float(f"{product:.12g}")


def _unit_of(stated: Any) -> str:
    return str(stated).rpartition(":")[2].casefold() if isinstance(stated, str) else ""


def _by_unit(factors: Mapping[str, float]) -> Callable[[Any, str, Beside], Any]:
    def convert(value: Any, word: str, beside: Beside) -> Any:
        factor = factors.get(_unit_of(beside(word)))
        return _rounded(value, factor) if factor is not None and is_number(value) else value

    return convert


def _months(value: Any, word: str, beside: Beside) -> Any:
    """A duration such as P96M or P8Y, or a number with its unit beside it, in whole months."""
    if is_number(value):
        factor = _LIFE_IN_MONTHS.get(_unit_of(beside(word))) if word else 1.0
        return round(value * factor) if factor is not None and abs(value) < 1e9 else value
    match = _MONTHS_OF_DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None or match.group(0) == "P":
        return value
    return int(match.group(1) or 0) * 12 + int(match.group(2) or 0)


def _day(value: Any, word: str, beside: Beside) -> Any:
    """The day of an instant."""
    return value[:10] if isinstance(value, str) and len(value) > 10 and value[10] == "T" else value


def _country(value: Any, word: str, beside: Beside) -> Any:
    """Two letters from a name, from three letters, or from the code of a region (ISO 3166-2)."""
    if not isinstance(value, str):
        return value
    region = _REGION.fullmatch(value)
    if region is not None and region.group(1) in THREE_LETTER_COUNTRIES:
        return region.group(1)
    return parse_country(value[:100]) or value


def _word(value: Any, word: str, beside: Beside) -> Any:
    """The word of our list for a word of theirs."""
    return words().get((word, plain_word(value)), value) if isinstance(value, str) else value


def plain_word(text: str) -> str:
    """A word without case, blanks and signs, as `words.csv` has it."""
    return "".join(sign for sign in text[:100].casefold() if sign.isalnum())


@cache
def words() -> Mapping[tuple[str, str], str]:
    """Our word for each list and word of others."""
    text = (files("synchromesh.engine.passport_models.translation") / "words.csv").read_text(encoding="utf-8")
    return MappingProxyType({(row["list"], row["word"]): row["ours"] for row in csv.DictReader(text.splitlines())})


def _constant(value: Any, word: str, beside: Beside) -> Any:
    return word


def _fixed(value: Any, word: str, beside: Beside) -> Any:
    return float(word)


def _text_of_number(value: Any, word: str, beside: Beside) -> Any:
    """A number that the document gives as text, such as a value of an asset administration shell."""
    if not isinstance(value, str) or not _PLAIN_NUMBER.fullmatch(value.strip()):
        return value
    number = float(value)
    if not math.isfinite(number):
        return value
    return int(number) if number == int(number) and "." not in value and "e" not in value.casefold() else number


CONVERSIONS: Mapping[str, Callable[[Any, str, Beside], Any]] = MappingProxyType(
    {
        "": _as_is,
        "constant": _constant,
        "country": _country,
        "day": _day,
        "fixed": _fixed,
        "mass": _by_unit(_MASS_IN_KG),
        "months": _months,
        "number": _text_of_number,
        "share": _by_unit(_SHARE_IN_PERCENT),
        "times": _times,
        "word": _word,
    }
)
