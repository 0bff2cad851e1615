"""Everyday words, names of trades and abbreviations of the sector, said in the words of skills.

"Akku brennt" is said as "battery thermal event fire". Encoders know neither the abbreviations nor that a battery that
burns is called a thermal event, and the one that is always installed knows no Czech. The list is ours
(`sector_words.csv`); a star stands for any ending, and an empty meaning for a word that says nothing about a skill.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from synchromesh.engine.matching.folding import fold_label

LONGEST_PHRASE = 3  # words


def said_plainly(query: str) -> str:
    """The query with every known phrase said in the words of skills; "" where it has none, or nothing else.

    The longest phrase that begins at a word counts.
    """
    words = fold_label(query).split()
    said: list[str] = []
    at, known = 0, 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            means = _meaning(tuple(words[at : at + length]))
            if means is not None:
                said.append(means)
                at, known = at + length, known + 1
                break
        else:
            said.append(words[at])
            at += 1
    return " ".join(dict.fromkeys(part for part in said if part)) if known else ""


def _meaning(phrase: tuple[str, ...]) -> str | None:
    return next((means for pattern, means in _phrases().get(len(phrase), ()) if _fits(pattern, phrase)), None)


def _fits(pattern: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(pattern, phrase, strict=True)
    )


@cache
def _phrases() -> dict[int, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases by their number of words; of two that fit, the one without a star is listed first."""
    text = (files("synchromesh.engine.matching") / "sector_words.csv").read_text(encoding="utf-8")
    found: dict[int, list[tuple[tuple[str, ...], str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        pattern = tuple(row["words"].split())
        found.setdefault(len(pattern), []).append((pattern, row["means"]))
    return {
        length: tuple(sorted(rows, key=lambda row: ("*" in "".join(row[0]), row))) for length, rows in found.items()
    }
