"""The files of the starter framework as they lie in the repository, read with nothing but the csv module.

The review must not lean on the product's own reader: a fault that both share would go unseen.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from tests.architecture.tree import ROOT

FOLDER = ROOT / "starter" / "framework"
# Names are given in six languages, sentences in the two that the product speaks.
LANGUAGES_OF_NAMES = ("en", "de", "cs", "fr", "es", "it")
LANGUAGES_OF_SENTENCES = ("en", "de")
LEVELS = (1, 2, 3)

Row: TypeAlias = Mapping[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """The rows of one table, such as `skills`, in the order of the file."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def anchors(skill: Row, language: str) -> tuple[str, ...]:
    """What a person can be seen to do at level 1, 2 and 3."""
    return tuple(skill[f"anchor_{level}_{language}"] for level in LEVELS)


def listed(cell: str) -> list[str]:
    """The entries of a cell that holds a list."""
    return [entry.strip() for entry in cell.split(";") if entry.strip()]
