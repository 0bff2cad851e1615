"""Vectors of labels: made once, kept, and the same however they were had."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from synchromesh.engine.matching import Concept, Vocabulary, spaces
from synchromesh.engine.matching.encoders import TextKind, Vectors, unit_length
from synchromesh.engine.matching.spaces import label_vectors, store_atomically


class Counting:
    """An encoder whose vectors depend on the text alone, and that counts what it was asked."""

    def __init__(self, identity: str = "counting") -> None:
        self.identity = identity
        self.asked: list[int] = []

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        self.asked.append(len(texts))
        return unit_length(np.array([[len(text), 1 + text.count("e"), 3] for text in texts], dtype=np.float32))


def a_vocabulary(*labels: str) -> Vocabulary:
    concepts = tuple(
        Concept(uri=label, kind="skill", preferred={"en": label}, description=f"About {label}." if at % 2 else "")
        for at, label in enumerate(labels)
    )
    return Vocabulary(name="sample", concepts=concepts)


def test_kept_vectors_are_the_ones_that_were_made(tmp_path: Path) -> None:
    encoder = Counting()
    words = a_vocabulary("weld", "measure", "drive")
    made = label_vectors(words, encoder, cache=tmp_path, described=False)
    kept = label_vectors(words, encoder, cache=tmp_path, described=False)
    assert made.dtype == kept.dtype == np.float32
    assert np.array_equal(made, kept)
    assert encoder.asked == [3]


@pytest.mark.parametrize("other", [("weld", "measure"), ("measure", "weld", "drive")])
def test_other_labels_or_another_order_are_made_anew(tmp_path: Path, other: tuple[str, ...]) -> None:
    encoder = Counting()
    label_vectors(a_vocabulary("weld", "measure", "drive"), encoder, cache=tmp_path, described=False)
    label_vectors(a_vocabulary(*other), encoder, cache=tmp_path, described=False)
    assert encoder.asked == [3, len(other)]


def test_vectors_of_another_encoder_are_never_taken(tmp_path: Path) -> None:
    words = a_vocabulary("weld")
    label_vectors(words, Counting("one"), cache=tmp_path, described=False)
    other = Counting("other")
    label_vectors(words, other, cache=tmp_path, described=False)
    assert other.asked == [1]


def test_a_concept_without_a_description_stands_by_its_label(tmp_path: Path) -> None:
    words = a_vocabulary("weld", "measure")
    described = label_vectors(words, Counting(), cache=None, described=True)
    plain = label_vectors(words, Counting(), cache=None, described=False)
    assert np.array_equal(described[0], plain[0])
    assert not np.array_equal(described[1], plain[1])


def test_many_labels_are_encoded_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spaces, "_LABELS_AT_ONCE", 2)
    encoder = Counting()
    label_vectors(a_vocabulary("a", "bb", "ccc", "dddd", "eeeee"), encoder, cache=None, described=False)
    assert encoder.asked == [2, 2, 1]


def test_a_broken_sign_in_a_label_stops_nothing(tmp_path: Path) -> None:
    words = a_vocabulary("weld \ud800 metal")
    assert label_vectors(words, Counting(), cache=tmp_path, described=False).shape == (1, 3)


def test_a_file_that_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "save", fail)
    with pytest.raises(OSError, match="No space"):
        store_atomically(tmp_path / "labels.npy", np.zeros(3))
    assert list(tmp_path.iterdir()) == []
