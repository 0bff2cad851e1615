"""Folding: what counts as the same label."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.folding import fold_label


@pytest.mark.parametrize(("text", "folded"), [
    ("Überprüfung", "uberprufung"),
    ("Arc-welding (MIG)", "arc welding mig"),
    ("  C++ / C#  ", "c++ c#"),
    ("d’installation", "d installation"),
    ("Schweißen", "schweissen"),
    ("Łódź Ø", "lodz o"),
    ("–—…", ""),
])  # fmt: skip
def test_case_accents_and_punctuation_fall_away(text: str, folded: str) -> None:
    assert fold_label(text) == folded


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_forms_of_the_same_letters_fold_alike(text: str) -> None:
    folded = fold_label(text)
    assert fold_label(unicodedata.normalize("NFD", text)) == folded
    assert fold_label(folded) == folded
    assert "  " not in folded
    assert folded == folded.strip()
