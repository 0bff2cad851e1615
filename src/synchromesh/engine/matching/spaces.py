"""Vector spaces in which texts and labels are compared, each an encoder with or without a trained adapter.

An adapter is a linear map for each side, identity plus a product of low rank, trained so that a sentence lies near the
labels that people gave it (docs/matching-model-card.md). It costs nothing: labels are mapped once, a text's vector is
multiplied by a small matrix. A likeness is turned into a z-score against all labels of ESCO, whose mean and covariance
in the space are part of the weights; so scores mean the same in a vocabulary of 300 skills and in one of 14,000.

Source of the idea: mapping one embedding space into another by a linear map, Mikolov, Le and Sutskever 2013
(arXiv 1309.4168).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.encoders import Encoder, Vectors, unit_length

Arrays = Mapping[str, NDArray[np.generic]]
PLAIN, ADAPTED, DESCRIBED = "plain", "adapted", "described"


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Mean and covariance factor of all ESCO labels in a space: what a text is expected to score against a label."""

    mean: Vectors  # (dimensions,)
    factor: Vectors  # (dimensions, rank): covariance is about factor x its transpose

    def standardise(self, scores: Vectors, queries: Vectors) -> Vectors:
        """Turn inner products (queries x labels) into z-scores, in place."""
        expected = queries @ self.mean
        spread = np.sqrt(((queries @ self.factor) ** 2).sum(axis=1)) + 1e-4
        scores -= expected[:, None]
        scores /= spread[:, None]
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """The trained map of one side: x + (x down) up, then unit length."""

    down: Vectors  # (dimensions, rank)
    up: Vectors  # (rank, dimensions)

    def apply(self, vectors: Vectors) -> Vectors:
        """Map rows and scale them to length 1."""
        return unit_length(vectors + (vectors @ self.down) @ self.up)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One way to compare: which vectors of a text, which label vectors, and their background."""

    name: str
    adapted_query: bool
    labels: Vectors  # (concepts, dimensions), unit length
    background: Background


class EncoderSpaces:
    """An encoder with the spaces that the weights know for it, over the labels of one vocabulary.

    `short` is the one-letter name that features carry ("m", "e", "u").
    """

    def __init__(
        self, short: str, encoder: Encoder, weights: Arrays, labels: Vectors, described: Vectors | None
    ) -> None:
        self.short = short
        self.encoder = encoder
        self._query = _adapter(weights, f"{short}.query")
        on_labels = _adapter(weights, f"{short}.label")
        adapted = on_labels.apply(labels)
        self.spaces = {
            PLAIN: Space(name=PLAIN, adapted_query=False, labels=labels, background=_background(weights, short, PLAIN)),
            ADAPTED: Space(
                name=ADAPTED, adapted_query=True, labels=adapted, background=_background(weights, short, ADAPTED)
            ),
        }
        if described is not None:
            both = unit_length(adapted + on_labels.apply(described))
            self.spaces[DESCRIBED] = Space(
                name=DESCRIBED, adapted_query=True, labels=both, background=_background(weights, short, DESCRIBED)
            )

    def encode(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """The vectors of texts, plain and adapted."""
        plain = self.encoder.encode(texts, kind="query")
        return plain, self._query.apply(plain)

    def scores(self, space: str, vectors: tuple[Vectors, Vectors]) -> Vectors:
        """z-scores (texts x concepts) in a space for what `encode` gave."""
        used = self.spaces[space]
        queries = vectors[1] if used.adapted_query else vectors[0]
        return used.background.standardise(queries @ used.labels.T, queries)


def label_vectors(vocabulary: Vocabulary, encoder: Encoder, *, cache: Path | None, described: bool) -> Vectors:
    """Vectors of the main labels, or of the descriptions (the label where there is none), float32.

    They are kept in `cache` as float16 under a name made of the texts and the encoder, and read from there next time.
    """
    texts = [(concept.description if described else "") or concept.main_label() for concept in vocabulary.concepts]
    digest = hashlib.sha256("\x00".join([encoder.identity, *texts]).encode()).hexdigest()[:32]
    file = cache / f"labels-{digest}.npy" if cache else None
    if file is not None and file.exists():
        return np.asarray(np.load(file), dtype=np.float32)
    vectors = encoder.encode(texts, kind="label")
    if file is not None:
        store_atomically(file, vectors.astype(np.float16))
    return vectors


def store_atomically(file: Path, array: NDArray[np.generic]) -> None:
    """Write an array so that a reader sees the whole file or none, also after a crash."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        np.save(stream, array)
    Path(name).replace(file)


def _adapter(weights: Arrays, name: str) -> Adapter:
    return Adapter(
        down=np.asarray(weights[f"{name}.down"], dtype=np.float32),
        up=np.asarray(weights[f"{name}.up"], dtype=np.float32),
    )


def _background(weights: Arrays, short: str, space: str) -> Background:
    return Background(
        mean=np.asarray(weights[f"{short}.{space}.mean"], dtype=np.float32),
        factor=np.asarray(weights[f"{short}.{space}.factor"], dtype=np.float32),
    )
