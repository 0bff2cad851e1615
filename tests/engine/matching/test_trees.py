"""Trees as arrays say what trees of branches say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.ranker import UNLIKELY, Ranker, first_of_each
from synchromesh.engine.matching.trees import Trees, read_trees


def _some_trees(generator: np.random.Generator, *, trees: int, depth: int, columns: int) -> Trees:
    inner = 2**depth - 1
    return Trees(
        features=generator.integers(columns, size=(trees, inner)).astype(np.int32),
        thresholds=generator.choice([-0.5, 0.0, 0.5, np.inf], size=(trees, inner)).astype(np.float32),
        leaves=generator.normal(size=(trees, inner + 1)).astype(np.float32),
        base=0.25,
    )


def _walk(trees: Trees, row: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    """The same sum, one branch after the other."""
    total = trees.base
    inner = trees.features.shape[1]
    for features, thresholds, leaves in zip(trees.features, trees.thresholds, trees.leaves, strict=True):
        node = 0
        while node < inner:
            node = 2 * node + (2 if row[features[node]] > thresholds[node] else 1)
        total += float(leaves[node - inner])
    return total


@given(seed=st.integers(0, 1000), trees=st.integers(1, 5), depth=st.integers(1, 4), rows=st.integers(0, 600))
def test_all_rows_go_down_all_trees_as_one_by_one(seed: int, trees: int, depth: int, rows: int) -> None:
    generator = np.random.default_rng(seed)
    some = _some_trees(generator, trees=trees, depth=depth, columns=3)
    table = generator.choice([-1.0, -0.5, 0.0, 0.2, 0.5, 2.0], size=(rows, 3)).astype(np.float32)
    found = some.outputs(table)
    assert len(found) == rows
    assert np.allclose(found, [_walk(some, row) for row in table], atol=1e-5)


def test_a_file_without_trees_has_none() -> None:
    assert read_trees({"features": np.array(["cos"])}) is None


def test_the_first_of_each_text_are_found_whatever_stands_beside() -> None:
    outputs = np.array([1.0, 3.0, 2.0, 9.0, 8.0, 7.0, 0.0])
    assert sorted(first_of_each(outputs, np.array([0, 3, 6, 7]), 2).tolist()) == [1, 2, 3, 4, 6]


@given(seed=st.integers(0, 1000), sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_trees_look_at_the_first_candidates_of_each_text_alone(seed: int, sizes: list[int]) -> None:
    generator = np.random.default_rng(seed)
    ranker = Ranker(
        features=("a", "b"),
        mean=np.zeros(2, dtype=np.float32),
        spread=np.ones(2, dtype=np.float32),
        networks=(((np.array([[1.0], [0.0]], dtype=np.float32), np.zeros(1, dtype=np.float32)),),),
        calibration=(np.array([-9.0, 9.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)),
        thresholds={},
        outright=(0.0, 0.0),
        trees=_some_trees(generator, trees=3, depth=2, columns=2),
        looked_at=2,
    )
    assert ranker.trees is not None
    starts = np.cumsum([0, *sizes])
    features = {"a": generator.permutation(starts[-1]).astype(np.float32) / 5, "b": generator.normal(size=starts[-1])}
    found = ranker.outputs(features, starts)
    table = np.stack([features["a"], features["b"].astype(np.float32)], axis=1)
    for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        own = table[first:last]
        best = np.argsort(-own[:, 0])[:2]
        trees = np.full(len(own), UNLIKELY)
        trees[best] = ranker.trees.outputs(own[best])
        assert np.allclose(found[first:last], (np.minimum(own[:, 0], 6) + trees) / 2, atol=1e-5)
