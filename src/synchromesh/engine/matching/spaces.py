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
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.encoders import Encoder, Vectors, unit_length

Arrays = Mapping[str, NDArray[np.generic]]
PLAIN, ADAPTED, DESCRIBED = "plain", "adapted", "described"
_LABELS_AT_ONCE = 256
_TURNED_AT_ONCE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Mean and covariance factor of all ESCO labels in a space: what a text is expected to score against a label."""

    mean: Vectors  # (dimensions,)
    factor: Vectors  # (dimensions, rank): covariance is about factor x its transpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Likeness of texts and all concepts in a space. Few of them are ever looked at, so only those become z-scores."""

    products: Vectors  # (texts, concepts)
    expected: Vectors  # (texts,)
    spread: Vectors  # (texts,)

    def of(self, texts: NDArray[np.integer], concepts: NDArray[np.integer]) -> Vectors:
        """z-scores of pairs of a text and a concept."""
        found: Vectors = (self.products[texts, concepts] - self.expected[texts]) / self.spread[texts]
        return found

    def highest(self) -> Vectors:
        """The highest z-score of each text."""
        found: Vectors = (self.products.max(axis=1) - self.expected) / self.spread
        return found

    def all(self) -> Vectors:
        """All z-scores; the products are overwritten."""
        np.subtract(self.products, self.expected[:, None], out=self.products)
        return np.divide(self.products, self.spread[:, None], out=self.products)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """Texts as vectors: as the encoder gives them, of unit length, and mapped, with the lengths that these have."""

    plain: Vectors
    adapted: Vectors
    length: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """The trained map of one side: x + (x down) up, then unit length."""

    down: Vectors  # (dimensions, rank)
    up: Vectors  # (rank, dimensions)

    def apply(self, vectors: Vectors) -> Vectors:
        """Map rows and scale them to length 1."""
        return unit_length(self.shift(vectors))

    def shift(self, vectors: Vectors) -> Vectors:
        """Map rows, whatever their length is then."""
        found: Vectors = np.add(vectors, (vectors @ self.down) @ self.up, dtype=np.float32)
        return found


class EncoderSpaces:
    """An encoder with the spaces that the weights know for it, over the labels of one vocabulary.

    `short` is the one-letter name that features carry ("m", "e", "u"). Labels are kept as columns, with which a product
    of few rows is twice as quick. Adapted labels are not kept at all: with q' = q + (q Dq) Uq, l' = l + (l Dl) Ul,

        q' l' = q l + (q Dq)(Uq l) + (q' Ul)(Dl l)

    so their product is that of the plain vectors and one over the small ranks of both adapters.
    """

    def __init__(
        self, short: str, encoder: Encoder, weights: Arrays, labels: Vectors, described: Vectors | None
    ) -> None:
        self.short = short
        self.encoder = encoder
        self._of_texts, self._of_labels = (_adapter(weights, f"{short}.{side}") for side in ("query", "label"))
        self._plain = _columns(labels)
        self._low = np.vstack([self._of_texts.up, self._of_labels.down.T]) @ self._plain
        rank = len(self._of_texts.up)
        adapted = self._of_labels.up.T @ self._low[rank:]
        adapted += self._plain
        self._per_length = 1 / np.maximum(np.sqrt(np.einsum("ij,ij->j", adapted, adapted)), np.float32(1e-9))
        self._described = None
        if described is not None:
            # As rows: of short texts they are looked up for few concepts.
            self._described = self._of_labels.apply(described)
            adapted *= self._per_length
            self._described += adapted.T
            self._described /= np.maximum(np.linalg.norm(self._described, axis=1, keepdims=True), np.float32(1e-9))
        self.spaces = (PLAIN, ADAPTED) if described is None else (PLAIN, ADAPTED, DESCRIBED)
        self._backgrounds = {space: _background(weights, short, space) for space in self.spaces}

    def encode(self, texts: Sequence[str]) -> Queries:
        """Texts as they are compared with labels."""
        plain = self.encoder.encode(texts, kind="query")
        adapted = self._of_texts.shift(plain)
        length = np.maximum(np.linalg.norm(adapted, axis=1), np.float32(1e-9))
        return Queries(plain=plain, adapted=adapted, length=length)

    def scores(self, queries: Queries, spaces: Sequence[str]) -> dict[str, Scores]:
        """Scores of texts against all concepts in some of the spaces."""
        plain, adapted, length = queries.plain, queries.adapted, queries.length
        found = {}
        if DESCRIBED in spaces and self._described is not None:
            turned = np.divide(adapted, length[:, None], dtype=np.float32)
            found[DESCRIBED] = self._standardised(DESCRIBED, turned, turned @ self._described.T, np.ones_like(length))
        if PLAIN in spaces or ADAPTED in spaces:
            products = plain @ self._plain
            found[PLAIN] = self._standardised(PLAIN, plain, products, np.ones_like(length))
            low = np.hstack([plain @ self._of_texts.down, adapted @ self._of_labels.up.T]) @ self._low
            low += products
            low *= self._per_length
            found[ADAPTED] = self._standardised(ADAPTED, adapted, low, length)
        return {space: found[space] for space in spaces}

    def described_scores(
        self, queries: Queries, concepts: NDArray[np.integer], starts: NDArray[np.integer]
    ) -> Vectors | None:
        """z-scores by description of some concepts of each text, whose places begin at `starts`; None without any.

        That of few concepts is several times quicker than that of all.
        """
        if self._described is None:
            return None
        background = self._backgrounds[DESCRIBED]
        turned = np.divide(queries.adapted, queries.length[:, None], dtype=np.float32)
        spread = np.sqrt(((turned @ background.factor) ** 2).sum(axis=1)) + np.float32(1e-4)
        products = np.empty(len(concepts), dtype=np.float32)
        for at, (first, last) in enumerate(pairwise(starts.tolist())):
            products[first:last] = self._described[concepts[first:last]] @ turned[at]
        text = np.repeat(np.arange(len(turned)), np.diff(starts))
        found: Vectors = (products - (turned @ background.mean)[text]) / spread[text]
        return found

    def adapted_labels(self, concepts: NDArray[np.integer]) -> Vectors:
        """The adapted label vectors of some concepts, as rows."""
        return self._of_labels.apply(self._plain[:, concepts].T)

    def _standardised(self, space: str, queries: Vectors, products: Vectors, length: Vectors) -> Scores:
        """Scores by the background of a space. Products and queries may be `length` times too long."""
        background = self._backgrounds[space]
        spread = np.sqrt(((queries @ background.factor) ** 2).sum(axis=1)) + np.float32(1e-4) * length
        return Scores(products=products, expected=queries @ background.mean, spread=spread)


def label_vectors(vocabulary: Vocabulary, encoder: Encoder, *, cache: Path | None, described: bool) -> Vectors:
    """Vectors of the main labels, or of the descriptions (the label where there is none), float32.

    They are kept in `cache` as float16 under a name made of the texts and the encoder, and read from there next time.
    """
    texts = [(concept.description if described else "") or concept.main_label() for concept in vocabulary.concepts]
    digest = hashlib.sha256("\x00".join([encoder.identity, *texts]).encode(errors="surrogatepass")).hexdigest()[:32]
    file = cache / f"labels-{digest}.npy" if cache else None
    if file is not None and file.exists():
        return np.asarray(np.load(file), dtype=np.float32)
    # Some at a time: between them others have their turn with the encoder.
    portions = [
        encoder.encode(texts[at : at + _LABELS_AT_ONCE], kind="label") for at in range(0, len(texts), _LABELS_AT_ONCE)
    ]
    rounded = np.vstack(portions).astype(np.float16)
    if file is not None:
        store_atomically(file, rounded)
    return np.asarray(rounded, dtype=np.float32)  # as it will be read next time


def store_atomically(file: Path, array: NDArray[np.generic]) -> None:
    """Write an array so that a reader sees the whole file or none, also after a crash."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.save(stream, array)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _columns(rows: Vectors) -> Vectors:
    """The same vectors as columns. Written in portions that the processor's cache holds, which is twice as quick."""
    columns = np.empty(rows.shape[::-1], dtype=np.float32)
    for start in range(0, len(rows), _TURNED_AT_ONCE):
        columns[:, start : start + _TURNED_AT_ONCE] = rows[start : start + _TURNED_AT_ONCE].T
    return columns


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
