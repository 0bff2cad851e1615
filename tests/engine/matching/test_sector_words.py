"""Everyday words in the words of skills."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.matching.folding import fold_label
from synchromesh.engine.matching.sector_words import _phrases, said_plainly


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("Akku brennt", "battery thermal event fire"),
        ("Schweißerin", "weld"),
        ("svářeč", "weld"),
        ("BMS", "battery management system data"),
        ("vysoké napětí v dílně", "high voltage v dilne"),
        ("3D-Druck", "3D print"),
        ("robot course", "robot"),
    ],
)
def test_known_words_are_replaced_and_others_stay(query: str, said: str) -> None:
    assert said_plainly(query) == said


@pytest.mark.parametrize("query", ["", "measure parts", "training", "?"])
def test_a_query_without_a_known_word_or_with_no_other_is_not_said_again(query: str) -> None:
    assert said_plainly(query) == ""


def test_the_longest_phrase_counts() -> None:
    assert said_plainly("strom sparen") == "save energy"


def test_every_phrase_is_written_as_it_is_compared() -> None:
    for length, rows in _phrases().items():
        for pattern, _ in rows:
            plain = " ".join(part.removesuffix("*") for part in pattern)
            assert (fold_label(plain), len(pattern)) == (plain, length)


@settings(max_examples=40)
@given(query=st.text(max_size=200))
def test_any_text_can_be_said(query: str) -> None:
    assert isinstance(said_plainly(query), str)
