"""Train the linear maps of an encoder's two sides so that sentences lie near the labels that people gave them.

Loss: softmax over all labels of the vocabulary, the mass spread evenly over the right ones (multi-class N-pairs with
every label as a negative). Both maps start as the identity and are pulled back to it by weight decay; at the end the
change is cut to its `RANK` strongest directions. Plain numpy with Adam: two matrices need no framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.encoders import unit_length

Floats = NDArray[np.floating]
RANK = 96
_RATE, _DECAY, _BATCH, _SHARPNESS = 1e-3, 1e-3, 256, 20.0
_FIRST, _SECOND = 0.9, 0.999  # Adam's averages


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Query vectors (examples x dimensions), the right labels of each, and how much each counts."""

    vectors: Floats
    labels: Sequence[Sequence[int]]
    weights: Floats


class _Adam:
    def __init__(self, shape: tuple[int, ...]) -> None:
        self._mean = np.zeros(shape, dtype=np.float32)
        self._square = np.zeros(shape, dtype=np.float32)
        self._steps = 0

    def step(self, gradient: Floats) -> Floats:
        self._steps += 1
        self._mean = _FIRST * self._mean + (1 - _FIRST) * gradient
        self._square = _SECOND * self._square + (1 - _SECOND) * gradient**2
        mean = self._mean / (1 - _FIRST**self._steps)
        return np.asarray(mean / (np.sqrt(self._square / (1 - _SECOND**self._steps)) + 1e-8), dtype=np.float32)


def train_adapters(examples: Examples, labels: Floats, *, epochs: int, seed: int) -> tuple[Floats, Floats]:
    """The full maps of the query side and the label side, each (dimensions, dimensions)."""
    generator = np.random.default_rng(seed)
    identity = np.eye(labels.shape[1], dtype=np.float32)
    maps = [identity.copy(), identity.copy()]
    optimisers = [_Adam(identity.shape), _Adam(identity.shape)]
    number, step = len(examples.vectors), 0
    steps = epochs * number // _BATCH
    for _epoch in range(epochs):
        order = generator.permutation(number)
        for start in range(0, number - _BATCH + 1, _BATCH):
            rows = order[start : start + _BATCH]
            step += 1
            rate = _RATE * min(1, step / 50) * max(0.05, 1 - step / steps)
            for at, gradient in enumerate(_gradients(maps, examples, labels, rows)):
                maps[at] -= rate * (optimisers[at].step(gradient) + _DECAY * (maps[at] - identity))
    return maps[0], maps[1]


def cut_rank(full: Floats, rank: int = RANK) -> tuple[Floats, Floats]:
    """The change that a map makes, as `down` (dimensions, rank) and `up` (rank, dimensions)."""
    left, strength, right = np.linalg.svd(full - np.eye(len(full), dtype=np.float32))
    return (left[:, :rank] * strength[:rank]).astype(np.float32), right[:rank].astype(np.float32)


def _gradients(maps: list[Floats], examples: Examples, labels: Floats, rows: NDArray[np.int64]) -> list[Floats]:
    given = examples.vectors[rows]
    queries, query_lengths = _mapped(given, maps[0])
    targets, target_lengths = _mapped(labels, maps[1])
    errors = _SHARPNESS * (queries @ targets.T)
    errors -= errors.max(axis=1, keepdims=True)
    np.exp(errors, out=errors)
    errors /= errors.sum(axis=1, keepdims=True)
    for at, row in enumerate(rows):
        right = list(examples.labels[row])
        errors[at, right] -= 1 / len(right)
    errors *= (_SHARPNESS * examples.weights[rows] / len(rows))[:, None]
    return [
        given.T @ _through_length(errors @ targets, queries, query_lengths),
        labels.T @ _through_length(errors.T @ queries, targets, target_lengths),
    ]


def _mapped(vectors: Floats, by: Floats) -> tuple[Floats, Floats]:
    product = vectors @ by
    return unit_length(product), np.linalg.norm(product, axis=1, keepdims=True) + 1e-9


def _through_length(gradient: Floats, unit: Floats, lengths: Floats) -> Floats:
    """The gradient before rows were scaled to length 1."""
    return np.asarray((gradient - unit * (gradient * unit).sum(axis=1, keepdims=True)) / lengths, dtype=np.float32)
