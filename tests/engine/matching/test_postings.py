"""The best label of each concept, against going through all labels."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.lexical_arrays import LexicalArrays, build_lexical_arrays
from synchromesh.engine.matching.postings import Postings
from synchromesh.engine.matching.words import words

# Few words, so that labels share and repeat them; a concept may have no label, and a label no word.
LABELS = st.lists(st.sampled_from(["ab", "abc", "bcd", "ca", "-"]), max_size=5).map(" ".join)
VOCABULARIES = st.lists(st.lists(LABELS, max_size=4), min_size=1, max_size=6)


def _sums(arrays: LexicalArrays, labels: list[list[str]], values: dict[int, float]) -> list[list[float]]:
    """For each label of each concept the sum over its words, each as often as it stands there."""
    vocabulary = arrays.vocabulary.tolist()
    value_of = {vocabulary[number]: value for number, value in values.items()}
    return [
        [
            sum(value_of.get(word, 0.0) * count for word, count in Counter(one.folded for one in words(label)).items())
            for label in several or [""]
        ]
        for several in labels
    ]


@given(labels=VOCABULARIES, data=st.data())
def test_the_best_label_is_the_one_that_going_through_all_finds(labels: list[list[str]], data: st.DataObject) -> None:
    arrays = build_lexical_arrays(labels)
    numbers = data.draw(st.lists(st.integers(0, len(arrays.vocabulary) - 1), unique=True))
    values = {number: data.draw(st.floats(0.125, 4, width=16)) for number in numbers}
    lengths, rarities = arrays.label_length.tolist(), arrays.label_rarity.tolist()
    by_length, by_rarity, first = [], [], []
    at = 0
    for several in _sums(arrays, labels, values):
        rows = range(at, at + len(several))
        at += len(several)
        by_length.append(max(value / max(lengths[row], 1e-6) for row, value in zip(rows, several, strict=True)))
        by_rarity.append(max(value / max(rarities[row], 1e-6) for row, value in zip(rows, several, strict=True)))
        first.append(several[0] / max(lengths[rows[0]], 1e-6))
    postings = Postings.of_labels(arrays)
    held = np.array(numbers, dtype=np.int64)
    given_values = np.array(list(values.values()), dtype=np.float32)
    best, of_first = postings.highest_and_first(held, given_values)
    assert best == pytest.approx(by_length, rel=1e-5)
    assert of_first == pytest.approx(first, rel=1e-5)
    covered, nothing = postings.highest(held, given_values, np.zeros_like(given_values))
    assert covered == pytest.approx(by_rarity, rel=1e-5)
    assert not nothing.any()


def test_a_label_that_repeats_the_words_of_another_is_written_once() -> None:
    arrays = build_lexical_arrays([["manage a team", "manage the team", "team manage", "manage teams"]])
    assert arrays.label_repeats.tolist() == [False, True, True, False]
    assert len(Postings.of_labels(arrays).label_and_concept) == 4
