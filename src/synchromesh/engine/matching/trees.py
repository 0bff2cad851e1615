"""Sums of small decision trees over features, as plain arrays: nothing in them can run.

Trees of gradient boosting (Friedman 2001, Greedy function approximation) see thresholds and what holds only together,
which a linear ranker cannot. All trees have the same depth, so that all go down one step together for many rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_ROWS_AT_ONCE = 256  # whose places in all trees the processor's cache holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Complete binary trees, each a row; node `n` has the children 2n + 1 (at most the threshold) and 2n + 2.

    A branch that ends early goes on with infinite thresholds to the leftmost leaf below it.
    """

    features: NDArray[np.int32]  # (trees, inner nodes): columns of the table of features
    thresholds: Floats  # (trees, inner nodes)
    leaves: Floats  # (trees, leaves)
    base: float

    def outputs(self, table: Floats) -> Floats:
        """The sum over all trees for each row of a table of features."""
        found = np.full(len(table), self.base, dtype=np.float32)
        for start in range(0, len(table), _ROWS_AT_ONCE):
            found[start : start + _ROWS_AT_ONCE] += self._sums(table[start : start + _ROWS_AT_ONCE])
        return found

    def _sums(self, table: Floats) -> Floats:
        trees, inner = self.features.shape
        first = np.arange(trees, dtype=np.int32) * inner
        row = (np.arange(len(table), dtype=np.int32) * table.shape[1])[:, None]
        values = np.ascontiguousarray(table).ravel()
        features, thresholds = self.features.ravel(), self.thresholds.ravel()
        node = np.zeros((len(table), trees), dtype=np.int32)
        for _depth in range(inner.bit_length()):
            at = node + first
            goes_right = values.take(features.take(at) + row) > thresholds.take(at)
            node += node
            node += goes_right
            node += 1
        node += np.arange(trees, dtype=np.int32) * (inner + 1) - inner
        sums: Floats = self.leaves.ravel().take(node).sum(axis=1)
        return sums


def read_trees(stored: Mapping[str, NDArray[np.generic]]) -> Trees | None:
    """The trees of a file of weights; None where it has none."""
    if "trees.leaves" not in stored:
        return None
    return Trees(
        features=np.asarray(stored["trees.features"], dtype=np.int32),
        thresholds=np.asarray(stored["trees.thresholds"], dtype=np.float32),
        leaves=np.asarray(stored["trees.leaves"], dtype=np.float32),
        base=float(stored["trees.base"]),
    )
