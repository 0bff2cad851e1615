"""The longest run in order, against a search through all of them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.scoring.runs import longest_run


@given(st.integers(0, 7).flatmap(lambda count: st.permutations(range(count))))
def test_a_run_rises_and_none_is_longer(places: list[int]) -> None:
    run = longest_run(places)
    values = [places[position] for position in run]
    assert list(run) == sorted(run)
    assert values == sorted(set(values))
    rising = (chosen for count in range(len(places) + 1) for chosen in combinations(places, count))
    assert len(run) == max(len(chosen) for chosen in rising if list(chosen) == sorted(chosen))
