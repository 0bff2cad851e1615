"""What stands around a pair of two languages: rivals speak against it, copies for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.deduplication.surroundings import HIGHEST, LOWEST, PairOdds, look_around

LANGUAGES = ["de", "de", "en", "en", "fr"]


def across(first: int, second: int, odds: float) -> PairOdds:
    return PairOdds(first, second, None, odds)


def around(*pairs: PairOdds) -> list[object]:
    return [*look_around(pairs, LANGUAGES)]


def test_a_pair_alone_has_no_rival_and_holds_itself_up() -> None:
    assert around(across(0, 2, 1.5)) == [(1.5, LOWEST, LOWEST, 1.5 - LOWEST, 1.5)]


def test_the_best_other_twin_of_either_side_in_the_same_language_is_a_rival() -> None:
    found = around(across(0, 2, 3), across(0, 3, 2), across(1, 2, -1), across(0, 4, 7))
    assert found[0] == (3, 2, -1, 1, 3)
    assert found[1] == (2, 3, LOWEST, 0, 2)
    assert found[3] == (7, LOWEST, LOWEST, 7 - LOWEST, 7)  # French is another language


def test_a_copy_is_no_rival_but_supports() -> None:
    copies = PairOdds(2, 3, 4.0, None)
    found = around(across(0, 2, 3), across(0, 3, 2), copies)
    assert found == [(3, LOWEST, LOWEST, 3 - LOWEST, 2), (2, LOWEST, LOWEST, 2 - LOWEST, 3), None]
    strangers = PairOdds(2, 3, -4.0, None)
    assert around(across(0, 2, 3), across(0, 3, 2), strangers)[0] == (3, 2, LOWEST, 1, 3)


def test_a_pair_that_is_sure_by_itself_does_not_drown_what_speaks_against_the_copies_of_its_courses() -> None:
    found = around(across(0, 2, 30), across(0, 3, -3), PairOdds(2, 3, 0.1, None))
    assert found[0] == (HIGHEST, LOWEST, LOWEST, HIGHEST - LOWEST, -3)
    assert found[1] == (-3, LOWEST, LOWEST, -3 - LOWEST, HIGHEST)


odds = st.floats(-30, 30)


@given(st.dictionaries(st.sampled_from([(0, 2), (0, 3), (1, 2), (1, 3), (0, 4), (2, 4)]), odds), odds, odds)
def test_the_order_of_pairs_changes_nothing(
    stated: dict[tuple[int, int], float], german: float, english: float
) -> None:
    pairs = [across(*rows, value) for rows, value in stated.items()]
    pairs += [PairOdds(0, 1, german, None), PairOdds(2, 3, english, None)]
    there = dict(zip(pairs, look_around(pairs, LANGUAGES), strict=True))
    turned = pairs[::-1]
    assert there == dict(zip(turned, look_around(turned, LANGUAGES), strict=True))
