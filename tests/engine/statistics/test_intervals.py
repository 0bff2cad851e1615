"""Intervals against published figures, and what holds for all of them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.statistics.intervals import (
    normal_quantile,
    paired_difference_interval,
    share_interval,
    student_quantile,
)

CONFIDENCES = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
# Whole numbers: their differences carry no rounding, however far apart.
PAIRS = st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe 1998, Two-sided confidence intervals for the single proportion (Statistics in Medicine 17), table I,
    # method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_those_that_newcombe_published(count: int, n: int, low: float, high: float) -> None:
    found = share_interval(count, n)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert (found.estimate, found.n, found.confidence) == (count / n, n, 0.95)


@given(COUNTS, CONFIDENCES)
def test_a_share_lies_in_its_interval_and_both_ends_solve_the_score_equation(
    counts: tuple[int, int], confidence: float
) -> None:
    count, n = counts
    found = share_interval(count, n, confidence=confidence)
    assert found is not None
    assert 0 <= found.low <= count / n <= found.high <= 1
    z = normal_quantile(confidence)
    for bound in (found.low, found.high):
        if 0 < bound < 1:
            assert abs(count / n - bound) == pytest.approx(z * math.sqrt(bound * (1 - bound) / n), abs=1e-9)


@given(COUNTS)
def test_the_interval_of_the_others_is_the_mirror_image(counts: tuple[int, int]) -> None:
    count, n = counts
    one, other = share_interval(count, n), share_interval(n - count, n)
    assert one is not None
    assert other is not None
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


def test_nothing_counted_gives_no_interval() -> None:
    assert share_interval(0, 0) is None


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_counts_that_cannot_be_are_refused(count: int, n: int) -> None:
    with pytest.raises(InvalidInput):
        share_interval(count, n)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, math.nan])
def test_a_confidence_lies_between_nothing_and_one(confidence: float) -> None:
    for refused in (
        lambda: share_interval(1, 2, confidence=confidence),
        lambda: paired_difference_interval([(1, 2), (1, 3)], confidence=confidence),
        lambda: student_quantile(confidence, 3),
    ):
        with pytest.raises(InvalidInput):
            refused()


@pytest.mark.parametrize(
    ("degrees", "t90", "t95", "t99"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, critical values of Student's t distribution.
    [(1, 6.314, 12.706, 63.657), (2, 2.920, 4.303, 9.925), (3, 2.353, 3.182, 5.841), (4, 2.132, 2.776, 4.604),
     (5, 2.015, 2.571, 4.032), (9, 1.833, 2.262, 3.250), (10, 1.812, 2.228, 3.169), (29, 1.699, 2.045, 2.756),
     (30, 1.697, 2.042, 2.750), (60, 1.671, 2.000, 2.660), (100, 1.660, 1.984, 2.626)],
)  # fmt: skip
def test_students_quantiles_are_those_of_the_tables(degrees: int, t90: float, t95: float, t99: float) -> None:
    found = [round(student_quantile(confidence, degrees), 3) for confidence in (0.9, 0.95, 0.99)]
    assert found == [t90, t95, t99]


@given(st.floats(0.001, 0.999))
def test_quantiles_of_one_and_two_degrees_follow_their_closed_forms(confidence: float) -> None:
    upper = (1 + confidence) / 2
    assert student_quantile(confidence, 1) == pytest.approx(math.tan(math.pi * (upper - 0.5)), rel=1e-9)
    closed = (2 * upper - 1) / math.sqrt(2 * upper * (1 - upper))
    assert student_quantile(confidence, 2) == pytest.approx(closed, rel=1e-9)


@given(CONFIDENCES)
@settings(max_examples=6)
def test_quantiles_fall_towards_the_normal_one_without_a_step(confidence: float) -> None:
    found = [student_quantile(confidence, degrees) for degrees in (1, 2, 5, 20, 100, 10_000, 10_001, 10**6)]
    assert all(before > after for before, after in pairwise(found))
    assert found[-1] == pytest.approx(normal_quantile(confidence), rel=1e-5)
    steps = [student_quantile(confidence, degrees) for degrees in (9_999, 10_000, 10_001, 10_002)]
    assert steps[1] - steps[2] == pytest.approx(steps[0] - steps[1], rel=0.01)


def test_a_distribution_without_degrees_of_freedom_is_refused() -> None:
    with pytest.raises(InvalidInput):
        student_quantile(0.95, 0)


def test_the_interval_of_students_own_example_is_right() -> None:
    """Additional hours of sleep with two drugs, Student 1908; the interval is the one that R prints for its data set
    `sleep`: 0.7001142 to 2.4598858.
    """
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = paired_difference_interval(list(zip(first, second, strict=True)))
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((1.58, 0.7001142, 2.4598858), abs=5e-8)
    assert found.n == 10


@given(PAIRS, st.integers(-500, 500))
def test_a_shift_of_all_second_values_shifts_the_interval(pairs: list[tuple[int, int]], shift: int) -> None:
    plain = paired_difference_interval(pairs)
    moved = paired_difference_interval([(first, second + shift) for first, second in pairs])
    assert plain is not None
    assert moved is not None
    assert plain.low <= plain.estimate <= plain.high
    assert (moved.low, moved.high) == pytest.approx((plain.low + shift, plain.high + shift), abs=1e-6)


@given(PAIRS)
def test_turning_the_pairs_round_turns_the_interval_round(pairs: list[tuple[int, int]]) -> None:
    plain = paired_difference_interval(pairs)
    turned = paired_difference_interval([(second, first) for first, second in pairs])
    assert plain is not None
    assert turned is not None
    assert (turned.low, turned.high) == pytest.approx((-plain.high, -plain.low), abs=1e-9)


@given(PAIRS)
def test_more_confidence_makes_no_interval_narrower(pairs: list[tuple[int, int]]) -> None:
    found = [paired_difference_interval(pairs, confidence=confidence) for confidence in (0.5, 0.9, 0.99)]
    widths = [one.high - one.low for one in found if one is not None]
    assert len(widths) == 3
    assert widths == sorted(widths)


@pytest.mark.parametrize("pairs", [[], [(1.0, 2.0)]])
def test_fewer_than_two_pairs_give_no_interval(pairs: list[tuple[float, float]]) -> None:
    assert paired_difference_interval(pairs) is None


def test_equal_differences_give_an_interval_without_width() -> None:
    found = paired_difference_interval([(1, 3), (4, 6), (0, 2)])
    assert found is not None
    assert (found.low, found.estimate, found.high) == (2, 2, 2)
