"""Numbers as people type them: a decimal comma or point, thousands set apart, powers of ten, a unit behind.

"1,000" is one in Berlin and a thousand in London; what was meant cannot be known, so that such a text has two readings.
Thousands may be set apart by blanks of any width or apostrophes too (BIPM, The International System of Units, 9th
edition, section 5.4.4: a thin space, and either decimal sign).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

MOST_CHARACTERS = 60
_MINUS = str.maketrans(dict.fromkeys("−–‒﹣－", "-") | dict.fromkeys("’ʼ‘`´", "'"))
_RAISED = re.compile("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_TYPED = re.compile(
    r"(?P<number>[+-]?\s?(?:\d[\d .,']*|[.,]\d+))"
    r"(?:(?:\s*[eE]|\s*[x×·⋅*]\s*10\s*\^)\s*(?P<tens>[+-]?\d{1,2}))?"
    r"(?P<unit>\s*(?!\s*[eE][+-]?\d)[^\d\s.,'+-].*)?"
)
_GROUPED = tuple(
    (sign, re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+(?:[{decimal}]\d*)?"))
    for sign, decimal in ((" ", ".,"), ("'", ".,"), (",", "."), (".", ","))
)
_UNGROUPED = re.compile(r"\d+[.,]?\d*|[.,]\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNumber:
    """A number as typed: the text of it, what it can mean, and the unit that was typed behind, if any."""

    text: str
    readings: tuple[Decimal, ...]
    unit: str


def read_number(text: str) -> TypedNumber | None:
    """Read a typed number; None for what is none, or longer than 60 signs, or beyond 10^99."""
    if len(text) > MOST_CHARACTERS:
        return None
    typed = _TYPED.fullmatch(_plain(text))
    if typed is None:
        return None
    unit = (typed["unit"] or "").strip()
    plain = typed["number"].replace("- ", "-").replace("+ ", "+").strip()
    readings = _readings(plain.lstrip("+-"))
    if not readings:
        return None
    tens = int(typed["tens"] or 0)
    sign = -1 if plain.startswith("-") else 1
    return TypedNumber(
        text=plain if not tens else f"{plain}e{tens}",
        readings=tuple(sign * reading.scaleb(tens) for reading in readings),
        unit=unit,
    )


def _plain(text: str) -> str:
    """One spelling of each sign: blanks of all widths, minus signs, raised digits."""
    powers = _RAISED.sub(lambda raised: "^" + raised[0].translate(_LOWERED), text)
    return unicodedata.normalize("NFKC", powers).translate(_MINUS).strip()


def _readings(body: str) -> tuple[Decimal, ...]:
    """What the digits can mean, with the decimal sign or the sign between thousands that they may hold."""
    found = []
    if _UNGROUPED.fullmatch(body):
        found.append(Decimal(body.replace(",", ".")))
    for sign, grouped in _GROUPED:
        # 0,125 is no number with thousands.
        if grouped.fullmatch(body) and not body.startswith("0"):
            found.append(Decimal(body.replace(sign, "").replace(",", ".")))
    return tuple(dict.fromkeys(found))
