"""Train decision trees over the candidates that come first, and turn them into the arrays that the engine reads.

Gradient boosting of scikit-learn over yes or no for each candidate; each tree sees half of the features at each split,
so that trees differ. Source: Friedman 2001, Greedy function approximation (Annals of Statistics 29).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from synchromesh.engine.matching.trees import Trees

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """How trees are trained: how many, how deep, and at how many candidates of a text they look."""

    trees: int
    rate: float
    looked_at: int
    depth: int = 5
    leaves: int = 16
    least: int = 40  # candidates of a leaf
    shrink: float = 1.0
    seed: int = 0


def train_trees(forest: Forest, tables: Sequence[Floats], gains: Sequence[Floats], weights: Sequence[float]) -> Trees:
    """Trees over the features (not scaled) of the first candidates of each text; a text counts by its weight."""
    model = HistGradientBoostingClassifier(  # type: ignore[no-untyped-call]
        max_iter=forest.trees,
        learning_rate=forest.rate,
        max_leaf_nodes=forest.leaves,
        max_depth=forest.depth,
        min_samples_leaf=forest.least,
        l2_regularization=forest.shrink,
        max_features=0.5,
        early_stopping=False,
        random_state=forest.seed,
    )
    model.fit(
        np.vstack(tables).astype(np.float32),
        np.concatenate([own > 0 for own in gains]),
        sample_weight=np.repeat(np.asarray(weights), [len(table) for table in tables]),
    )
    return convert_trees(model, forest.depth)


def convert_trees(model: Any, depth: int) -> Trees:
    """The trees of a fitted model, which scikit-learn keeps as rows of nodes, as complete ones."""
    rows = [several[0].nodes for several in model._predictors]  # it states them nowhere else
    inner = 2**depth - 1
    features = np.zeros((len(rows), inner), dtype=np.int32)
    thresholds = np.full((len(rows), inner), np.inf, dtype=np.float32)
    leaves = np.zeros((len(rows), inner + 1), dtype=np.float32)
    for at, nodes in enumerate(rows):
        waiting = [(0, 0)]
        while waiting:
            number, place = waiting.pop()
            node = nodes[number]
            if node["is_leaf"]:
                while place < inner:
                    place = 2 * place + 1
                leaves[at, place - inner] = node["value"]
                continue
            features[at, place], thresholds[at, place] = node["feature_idx"], node["num_threshold"]
            waiting += [(int(node["left"]), 2 * place + 1), (int(node["right"]), 2 * place + 2)]
    return Trees(features=features, thresholds=thresholds, leaves=leaves, base=float(model._baseline_prediction[0, 0]))


def as_arrays(trees: Trees, looked_at: int) -> dict[str, NDArray[np.generic]]:
    """What `engine.matching.trees.read_trees` reads. Leaves take two bytes each, which changes no figure."""
    return {
        "trees.features": trees.features.astype(np.uint8),
        "trees.thresholds": trees.thresholds,
        "trees.leaves": trees.leaves.astype(np.float16),
        "trees.base": np.array(trees.base),
        "trees.looked_at": np.array(looked_at),
    }
