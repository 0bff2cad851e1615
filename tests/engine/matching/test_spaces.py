"""Vectors of labels: made once, kept, and the same however they were had."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.matching import Concept, Vocabulary, spaces
from synchromesh.engine.matching.encoders import TextKind, Vectors, unit_length
from synchromesh.engine.matching.spaces import Adapter, EncoderSpaces, label_vectors, store_atomically


class Counting:
    """An encoder whose vectors depend on the text alone, and that counts what it was asked."""

    def __init__(self, identity: str = "counting") -> None:
        self.identity = identity
        self.asked: list[int] = []

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        self.asked.append(len(texts))
        return unit_length(np.array([[len(text), 1 + text.count("e"), 3] for text in texts], dtype=np.float32))


class Giving:
    """An encoder that gives certain vectors, whatever the texts are."""

    identity = "giving"

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        return self._vectors


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


def plain_formulation(
    weights: dict[str, np.ndarray], labels: Vectors, described: Vectors, texts: Vectors
) -> dict[str, Vectors]:
    """z-scores in each space as the module's words have it: map both sides, multiply, standardise."""

    def adapt(side: str, vectors: Vectors) -> Vectors:
        down, up = weights[f"u.{side}.down"], weights[f"u.{side}.up"]
        return unit_length(vectors + vectors @ down @ up)

    adapted = adapt("label", labels)
    sides = {
        "plain": (texts, labels),
        "adapted": (adapt("query", texts), adapted),
        "described": (adapt("query", texts), unit_length(adapted + adapt("label", described))),
    }
    found = {}
    for space, (queries, compared) in sides.items():
        mean, factor = weights[f"u.{space}.mean"], weights[f"u.{space}.factor"]
        spread = np.sqrt(((queries @ factor) ** 2).sum(axis=1, keepdims=True)) + 1e-4
        found[space] = (queries @ compared.T - (queries @ mean)[:, None]) / spread
    return found


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), texts=st.integers(1, 4), concepts=st.integers(1, 300))
def test_scores_are_those_of_the_plain_formulation(seed: int, texts: int, concepts: int) -> None:
    generator = np.random.default_rng(seed)

    def some(*shape: int) -> Vectors:
        return generator.normal(size=shape).astype(np.float32)

    weights = {f"u.{side}.down": some(6, 2) for side in ("query", "label")}
    weights |= {f"u.{side}.up": some(2, 6) for side in ("query", "label")}
    weights |= {f"u.{space}.mean": some(6) for space in ("plain", "adapted", "described")}
    weights |= {f"u.{space}.factor": some(6, 3) for space in ("plain", "adapted", "described")}
    labels, described, queries = (unit_length(some(count, 6)) for count in (concepts, concepts, texts))
    expected = plain_formulation(weights, labels, described, queries)
    spaces = EncoderSpaces("u", Giving(queries), weights, labels, described)
    found = spaces.scores(spaces.encode([""] * texts), ("plain", "adapted", "described"))
    pairs = np.divmod(generator.permutation(texts * concepts), concepts)
    for space, values in expected.items():
        assert found[space].of(*pairs) == pytest.approx(values[pairs], rel=1e-3, abs=1e-3)
        assert found[space].highest() == pytest.approx(values.max(axis=1), rel=1e-3, abs=1e-3)
        assert found[space].all() == pytest.approx(values, rel=1e-3, abs=1e-3)
    chosen = generator.integers(concepts, size=3)
    adapter = Adapter(down=weights["u.label.down"], up=weights["u.label.up"])
    assert spaces.adapted_labels(chosen) == pytest.approx(adapter.apply(labels)[chosen], abs=1e-5)
