"""Item statistics: a worked example, the same figures by way of matrices, and what always holds."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.psychometrics.item_statistics import (
    ItemResponse,
    Sitting,
    TestStatistics,
    cronbach_alpha,
    statistics_of_test,
)

POINTS = st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=3, max_size=25)


def _sittings(points: list[list[int]], most: int = 4) -> list[Sitting]:
    return [
        {f"q{place}": ItemResponse(points=Decimal(got), most=Decimal(most)) for place, got in enumerate(row)}
        for row in points
    ]


def _of(points: list[list[int]], *, least: int = 2) -> TestStatistics:
    return statistics_of_test(_sittings(points), least=least)


def test_a_small_example_worked_by_hand() -> None:
    """Three questions of one point, four people: totals 3, 2, 1, 0.

    Variances (n - 1): 1/4, 1/3, 1/4 of the questions and 5/3 of the totals, so alpha is 3/2 (1 - (5/6) / (5/3)) = 3/4.
    The second question has 1 1 0 0 and its rest 2 1 1 0: covariance 1/3, variances 1/3 and 2/3, so 1 / sqrt(2).
    """
    found = statistics_of_test(_sittings([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], most=1), least=2)
    assert found.alpha == pytest.approx(0.75)
    assert [item.difficulty for item in found.items] == [0.75, 0.5, 0.25]
    assert found.items[1].discrimination == pytest.approx(0.5**0.5)
    assert found.mean_share == 0.5
    assert found.n == 4


@given(POINTS)
def test_the_figures_are_those_of_the_covariance_matrix(points: list[list[int]]) -> None:
    found = _of(points)
    table = np.array(points, dtype=float)
    covariances = np.cov(table, rowvar=False)
    of_total = covariances.sum()
    if of_total > 1e-9:
        assert found.alpha == pytest.approx(4 / 3 * (1 - np.trace(covariances) / of_total), abs=1e-9)
    else:
        assert found.alpha is None
    for place, item in enumerate(found.items):
        rest = np.delete(table, place, axis=1).sum(axis=1)
        assert item.difficulty == pytest.approx(table[:, place].mean() / 4)
        if table[:, place].std() and rest.std():
            assert item.discrimination == pytest.approx(np.corrcoef(table[:, place], rest)[0, 1], abs=1e-6)
        else:
            assert item.discrimination is None


@given(POINTS)
def test_figures_stay_within_their_bounds(points: list[list[int]]) -> None:
    found = _of(points)
    assert found.alpha is None or found.alpha <= 1 + 1e-12
    for item in found.items:
        assert item.difficulty is not None
        assert 0 <= item.difficulty <= 1
        assert item.discrimination is None or -1 <= item.discrimination <= 1


@given(POINTS)
def test_the_order_of_the_people_does_not_matter(points: list[list[int]]) -> None:
    turned = _of(points[::-1])
    plain = _of(points)
    assert (turned.alpha is None) == (plain.alpha is None)
    if plain.alpha is not None:
        assert turned.alpha == pytest.approx(plain.alpha, abs=1e-9)


def test_questions_that_all_measure_the_same_have_an_alpha_of_one() -> None:
    found = _of([[got] * 4 for got in (0, 1, 2, 4, 4)])
    assert found.alpha == pytest.approx(1)
    assert [item.discrimination for item in found.items] == pytest.approx([1, 1, 1, 1])


def test_a_question_with_a_wrong_key_discriminates_the_wrong_way() -> None:
    found = _of([[got, got, got, 4 - got] for got in (0, 1, 2, 3, 4)])
    assert found.items[3].discrimination == pytest.approx(-1)


def test_too_few_sittings_give_no_correlation_but_a_difficulty() -> None:
    points = [[4, 0, 1, 2], [1, 2, 3, 4], [0, 0, 0, 4]] * 3
    few = statistics_of_test(_sittings(points))
    assert len(points) == 9
    assert few.alpha is None
    assert [item.discrimination for item in few.items] == [None] * 4
    assert few.items[0].difficulty == pytest.approx(5 / 12)
    enough = statistics_of_test(_sittings([*points, [1, 1, 2, 1]]))
    assert enough.alpha is not None
    assert enough.items[0].discrimination is not None


def test_questions_without_points_count_only_for_what_was_picked() -> None:
    steps = ["1", "2", "2", "5"]
    sittings = [
        dict(sitting) | {"mood": ItemResponse(points=Decimal(0), most=Decimal(0), picked=(step,))}
        for step, sitting in zip(steps, _sittings([[0, 1], [2, 2], [3, 1], [4, 4]]), strict=True)
    ]
    with_scale, without = statistics_of_test(sittings, least=2), _of([[0, 1], [2, 2], [3, 1], [4, 4]])
    assert with_scale.alpha == without.alpha
    assert with_scale.items[:2] == without.items
    mood = with_scale.items[2]
    assert (mood.difficulty, mood.discrimination) == (None, None)
    assert mood.picked == {"1": 0.25, "2": 0.5, "5": 0.25}


def test_drawn_questions_are_looked_at_where_they_were_put_and_give_no_alpha() -> None:
    sittings = _sittings([[4, 4], [0, 0], [2, 1]])
    drawn = [*sittings, {"q0": sittings[0]["q0"], "other": sittings[0]["q1"]}]
    found = statistics_of_test(drawn, least=2)
    assert [(item.key, item.n) for item in found.items] == [("q0", 4), ("q1", 3), ("other", 1)]
    assert found.alpha is None
    assert found.items[0].discrimination is not None


def test_times_and_gaps_are_counted() -> None:
    def response(seconds: int | None, *picked: str) -> ItemResponse:
        got = Decimal("a" in picked)
        return ItemResponse(points=got, most=Decimal(1), seconds=seconds, picked=picked, is_answered=bool(picked))

    sittings = [
        {"q": response(30, "a")},
        {"q": response(50, "a", "b")},
        {"q": response(None)},
        {"q": response(40, "b")},
    ]
    (item,) = statistics_of_test(sittings).items
    assert item.median_seconds == 40
    assert item.picked == {"a": 0.5, "b": 0.5}
    assert item.unanswered == 0.25
    assert item.discrimination is None  # there is no other question


def test_no_sittings_give_no_figures() -> None:
    assert statistics_of_test([]) == TestStatistics(n=0, mean_share=None, alpha=None, items=())
    assert cronbach_alpha([]) is None
