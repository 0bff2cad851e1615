"""Queries with typing errors, made from the titles of courses: each has one right course.

A query is two to four words in a row of a title that together stand in no other title. One word, in three of ten
queries two, gets an error: two letters swapped, one dropped, one doubled, a neighbour on the keyboard of the title's
language, or, where the word has one, a letter without its umlaut or accent beside another error. First letters stay
right, and so do words below four letters: both are the rule in what people type (E. J. Yannakoudakis, D. Fawthrop,
"The rules of spelling errors", Information Processing & Management 19 (1983), 87-99).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEED = 20261123
NUMBER = 120
_SHORTEST, _MOST_WORDS = 4, 4
_SHARE_WITH_TWO = 0.3
_ROWS = {
    "qwerty": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "qwertz": ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
    "azerty": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
}
_KEYBOARDS = {"de": "qwertz", "cs": "qwertz", "fr": "azerty"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypoQuery:
    """A query with its errors, and the course that it comes from as "course:slug"."""

    words: str
    language: str
    right: str


def make_typos(titles: Iterable[tuple[str, str, str]]) -> list[TypoQuery]:
    """The queries for courses given as (slug, language, title); always the same for the same titles."""
    courses = sorted(titles)
    draw = random.Random(SEED)
    held = [{word.casefold() for word in _WORD.findall(title)} for _, _, title in courses]
    found: list[TypoQuery] = []
    while len(found) < NUMBER:
        for at in draw.sample(range(len(courses)), len(courses)):
            slug, language, title = courses[at]
            words = _choose(title, draw)
            if words and sum(holds.issuperset(word.casefold() for word in words) for holds in held) == 1:
                typed = " ".join(_with_errors(words, language, draw))
                found.append(TypoQuery(words=typed, language=language, right=f"course:{slug}"))
    return found[:NUMBER]


def _choose(title: str, draw: random.Random) -> Sequence[str]:
    """Words in a row, two of them long enough for an error; none where the title has no such words."""
    words = _WORD.findall(title)
    length = draw.randint(2, min(_MOST_WORDS, max(len(words), 2)))
    start = draw.randrange(max(len(words) - length + 1, 1))
    chosen = words[start : start + length]
    return chosen if sum(len(word) >= _SHORTEST for word in chosen) > 1 else ()


def _with_errors(words: Sequence[str], language: str, draw: random.Random) -> list[str]:
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST]
    wrong = set(draw.sample(long, 2 if draw.random() < _SHARE_WITH_TWO else 1))
    return [_misspelled(word, language, draw) if at in wrong else word for at, word in enumerate(words)]


def _misspelled(word: str, language: str, draw: random.Random) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))
    at = draw.randrange(1, len(plain) - 1)
    letter, following, rest = plain[at], plain[at + 1], plain[at + 2 :]
    near = _neighbours(letter, language) or letter * 2
    return plain[:at] + draw.choice(
        [
            following + letter + rest,
            following + rest,
            letter + letter + following + rest,
            draw.choice(near) + following + rest,
        ]
    )


def _neighbours(letter: str, language: str) -> str:
    """The letters beside it in its row of the keyboard."""
    for row in _ROWS[_KEYBOARDS.get(language, "qwerty")]:
        if letter in row:
            place = row.index(letter)
            return row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    return ""
