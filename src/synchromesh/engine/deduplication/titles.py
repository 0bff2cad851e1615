"""Titles of courses taken apart: the words that name the course, and the marks that tell it from its neighbours.

"ISO 26262:2018 – Teil 2 (Graz, 12.03.2027)" has the numbers "26262", ":2018" and "2", no level, and the words "iso" and
"teil"; day, year and town say when and where the course is given, which makes another run of it, not another course.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from synchromesh.engine.vocabulary.folding import fold

LONGEST = 300  # characters of a title that count
_WORD = re.compile(r"[^\W_]+[+#]*")
_DAY = re.compile(
    r"\b\d{1,2}\.\s?(?:[-–/]\s?\d{1,2}\.\s?)?\d{1,2}\.(?:\s?(?:19|20)\d\d)?(?!\d)"  # 12.03.2027, 12.-14.3.
    r"|\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"  # 12/03/2027, 2027-03-12
)
_YEAR = re.compile(r"(?<![:\d.-])\b(?:19[5-9]|20[0-9])\d(?:\s?[/-]\s?(?:20)?\d\d)?\b(?![.:]\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_EDITION = re.compile(r"(?<=\d):((?:19|20)\d\d)\b")
_ROMAN = re.compile(r"(?:(?<=\s)|(?<=\())(?:I{1,3}|IV|VI{0,3}|IX)(?=\)|$|\s*[-–:,/|])")
_ROMAN_VALUES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_DIVIDERS = re.compile(r"[:(|,/]|[–—]|(?<=\s)-(?=\s)")
_LETTER = re.compile(r"(?:(?<=\s)|(?<=\())[A-H](?=\)|$|\s*[-–:|])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title taken apart. `marks` are numbers and letters of parts, standards and classes; `level` is 0 for none.

    `words` are without numbers; of a title that has nothing else, all that it has. `shape` is the signs that divide it.
    """

    words: tuple[str, ...]
    marks: frozenset[str]
    level: int
    level_words: frozenset[str]
    when: frozenset[str]
    shape: str


def read_title(text: str, language: str) -> Title:
    """Take a title apart. A year that belongs to a standard (":2018") is a mark, any other says when."""
    text = text[:LONGEST]
    days = frozenset(_DAY.findall(text))
    rest = _DAY.sub(" ", text)
    years = frozenset(_YEAR.findall(rest))
    rest = _YEAR.sub(" ", rest)
    editions = {f":{year}" for year in _EDITION.findall(rest)}
    rest = _EDITION.sub(" ", rest)
    romans = {str(_ROMAN_VALUES[numeral]) for numeral in _ROMAN.findall(rest)}
    letters = {letter.lower() for letter in _LETTER.findall(rest)}
    rest = _ROMAN.sub(" ", rest)
    numbers = {str(int(n)) if n.isdecimal() and n.isascii() else n for n in _NUMBER.findall(rest)}
    words = tuple(word for word in fold_words(rest) if not word.isdecimal()) or tuple(fold(text).split())
    levels = {word: level for word in words if (level := level_of(word, language))}
    return Title(
        words=words, marks=frozenset(numbers | editions | romans | letters), when=days | years,
        level=max(levels.values(), default=0), level_words=frozenset(levels),
        shape="".join(_DIVIDERS.findall(rest)).replace("—", "–"),
    )  # fmt: skip


def fold_words(text: str) -> list[str]:
    """The words of a text without case and accents, in order; `C++` and `C#` stay words."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=50_000)
def level_of(word: str, language: str) -> int:
    """The level that a folded word names in a language or in English: 1 first, 2 further, 3 expert, else 0."""
    for stems, level in (*_level_words(language), *_level_words("en")):
        if any(word == stem[:-1] if stem.endswith(".") else word.startswith(stem) for stem in stems):
            return level
    return 0


def telling_part(title: str, *, provider: str = "", places: Collection[str] = ()) -> str:
    """The title without days, years, the provider's name and towns: what a sentence encoder should read.

    The whole title where nothing would be left.
    """
    rest = _YEAR.sub(" ", _DAY.sub(" ", title[:LONGEST]))
    for name in (provider, *places):
        if len(name) > 2:
            rest = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    left = " ".join(rest.split()).strip(" |–-:,/()")
    return left if any(map(str.isalpha, left)) else title[:LONGEST]


def are_marks_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether nothing but the absence of a mark tells two titles apart."""
    return one <= other or other <= one


@cache
def _level_words(language: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    return tuple((tuple(stems), int(level)) for level, stems in _all_level_words().get(language, {}).items())


@cache
def _all_level_words() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = json.loads(
        (Path(__file__).parent / "level_words.json").read_text(encoding="utf-8")
    )
    return {language: levels for language, levels in loaded.items() if language != "note"}
