"""The highest values of an array, against sorting it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.strongest import strongest

# Few distinct values, so that many are equal.
VALUES = st.lists(st.sampled_from([-2.0, 0.0, 0.0, 0.0, 0.5, 1.0, 3.0]), max_size=200)


def _sorted(values: list[float], number: int) -> list[int]:
    return sorted(range(len(values)), key=lambda at: (-values[at], at))[:number]


@given(values=VALUES, number=st.integers(1, 30))
def test_the_strongest_are_the_first_of_the_sorted_ones(values: list[float], number: int) -> None:
    found = strongest(np.array(values, dtype=np.float32), number)
    assert sorted(found.tolist()) == sorted(_sorted(values, number))


@given(seed=st.integers(0, 1000), number=st.integers(1, 60))
def test_the_strongest_of_a_long_array_are_found(seed: int, number: int) -> None:
    values = np.random.default_rng(seed).normal(size=5000).astype(np.float32)
    assert sorted(strongest(values, number).tolist()) == sorted(np.argsort(-values, kind="stable")[:number].tolist())
