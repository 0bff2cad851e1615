"""The measures by which matching is held against published figures: worked by hand from their definitions."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from benchmarks.matching import measures
from benchmarks.matching.measures import (
    SetCounts,
    calibration_error,
    mean_estimate,
    ndcg,
    r_precision,
    reciprocal_rank,
    set_figures,
)
from benchmarks.matching.runs import recipe_hash, record_run, was_run
from benchmarks.matching.scoring import Figure
from hypothesis import given
from hypothesis import strategies as st

URIS = list("abcdefghij")


def test_the_examples_of_the_measures_hold() -> None:
    assert doctest.testmod(measures) == doctest.TestResults(failed=0, attempted=6)


def test_r_precision_divides_by_what_could_be_found_among_the_first() -> None:
    assert r_precision(URIS, {"a", "b", "c", "d", "e", "x", "y"}, 5) == 1.0
    assert r_precision(URIS, {"f"}, 5) == 0.0
    assert r_precision(URIS, {"e", "f"}, 5) == 0.5


def test_ndcg_weighs_gains_by_the_logarithm_of_their_place() -> None:
    # (1/log2(2) + 4/log2(3)) over (4/log2(2) + 1/log2(3))
    assert ndcg(["b", "a"], {"a": 4, "b": 1}, 10) == pytest.approx((1 + 4 / 1.5849625) / (4 + 1 / 1.5849625))
    assert ndcg(["x", "y"], {"a": 4, "b": 1}, 10) == 0.0


def test_what_stands_below_the_cut_earns_no_gain() -> None:
    assert ndcg(["x", "a"], {"a": 1}, 1) == 0.0


@given(st.permutations(URIS), st.dictionaries(st.sampled_from(URIS), st.integers(1, 4), min_size=1))
def test_no_order_beats_the_order_by_gain(ranked: list[str], gains: dict[str, float]) -> None:
    best = sorted(URIS, key=lambda uri: -gains.get(uri, 0))
    assert 0 <= ndcg(ranked, gains, 10) <= ndcg(best, gains, 10) == pytest.approx(1.0)
    assert reciprocal_rank(best, gains) == 1.0


def test_sets_are_counted_over_all_texts_before_dividing() -> None:
    found = set_figures([SetCounts(right=3, wrong=1, missed=0), SetCounts(right=0, wrong=2, missed=4)])
    assert (found.precision, found.recall) == (3 / 6, 3 / 7)
    assert found.f1.value == pytest.approx(6 / 13)


def test_a_wrong_name_for_a_text_without_skills_costs_precision() -> None:
    right = SetCounts(right=1, wrong=0, missed=0)
    assert set_figures([right, SetCounts(right=0, wrong=1, missed=0)]).precision == 0.5


def test_calibration_is_perfect_where_shares_equal_probabilities() -> None:
    stated, right = [0.25] * 4 + [0.75] * 4, [True, False, False, False, True, True, True, False]
    assert calibration_error(stated, right, bins=15, equal_mass=False) == pytest.approx(0)
    assert calibration_error(stated, right, bins=2, equal_mass=True) == pytest.approx(0)


def test_bins_of_equal_mass_see_what_bins_of_equal_width_average_away() -> None:
    stated, right = [0.01] * 5 + [0.05] * 5, [True] + [False] * 9
    assert calibration_error(stated, right, bins=10, equal_mass=False) == pytest.approx(0.07)
    assert calibration_error(stated, right, bins=2, equal_mass=True) == pytest.approx((0.19 + 0.05) / 2)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_an_interval_encloses_the_mean_and_is_the_same_every_time(values: list[float]) -> None:
    found = mean_estimate(values)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.value == pytest.approx(sum(values) / len(values))
    assert found == mean_estimate(values)


def test_the_interval_of_a_share_is_about_as_wide_as_the_normal_one() -> None:
    found = mean_estimate([0.0, 1.0] * 200)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.15)


def test_a_recipe_is_named_by_names_and_contents_of_its_files(tmp_path: Path) -> None:
    assert recipe_hash(tmp_path) == "none"
    (tmp_path / "ranker.json").write_text("1", encoding="utf-8")
    first = recipe_hash(tmp_path)
    (tmp_path / "ranker.json").write_text("2", encoding="utf-8")
    second = recipe_hash(tmp_path)
    (tmp_path / "ranker.json").rename(tmp_path / "other.json")
    assert len({first, second, recipe_hash(tmp_path)}) == 3


def test_a_run_is_added_to_the_record_and_found_again(tmp_path: Path) -> None:
    record = tmp_path / "RUNS.md"
    record.write_text("before\n", encoding="utf-8")
    record_run("abc", "tech_test", "quality", {"RP@5": Figure(value=0.6, low=0.55, high=0.651)}, record)
    kept, added = record.read_text(encoding="utf-8").splitlines()
    assert kept == "before"
    assert added.endswith("| abc | tech_test | quality | RP@5 | 60.0 | 55.0-65.1 |")
    assert was_run("abc", "tech_test", "quality", record)
    assert not was_run("abd", "tech_test", "quality", record)
    assert not was_run("abc", "tech_test", "fast", record)
