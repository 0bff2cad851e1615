"""The shipped weights: every feature has one, and none says the opposite of what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synchromesh.engine.deduplication import weighing
from synchromesh.engine.deduplication.deciding import DECIDING
from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN, Likeness
from synchromesh.engine.deduplication.products import ACROSS_WITH_PRODUCTS
from synchromesh.engine.deduplication.weighing import IDENTICAL, Model, Weighing, read_weighing, shipped_weighing

STORED = json.loads((Path(weighing.__file__).parent / "weights.json").read_text(encoding="utf-8"))
SPEAKS_AGAINST = ("marks_differ", "mark_added", "level_differs", "level_added", "provider_differs", "minutes_differ")
OPPOSITES = {"provider_differs": "provider", "minutes_differ": "minutes_same"}


def test_each_feature_has_one_weight() -> None:
    assert tuple(STORED["within"]["weights"]) == WITHIN
    assert tuple(STORED["across"]["weights"]) == ACROSS_WITH_PRODUCTS


@pytest.mark.parametrize("feature", SPEAKS_AGAINST)
def test_a_difference_of_number_level_provider_or_length_speaks_against_a_pair(feature: str) -> None:
    assert STORED["within"]["weights"][feature] < -1


@pytest.mark.parametrize("feature", SPEAKS_AGAINST)
@pytest.mark.parametrize("near", [0.3, 0.6])
def test_such_a_difference_speaks_against_a_pair_of_two_languages_however_near(feature: str, near: float) -> None:
    alike = {"provider": 1.0, "site": 1.0, "dates_shared": 1.0, "minutes_same": 0.3, "standing": near, "margin": near}
    differing = alike | {feature: 1.0} | {OPPOSITES.get(feature, feature): float(feature not in OPPOSITES)}
    assert odds_across(differing) < odds_across(alike) - 1


def odds_across(stated: dict[str, float]) -> float:
    features = [stated.get(name, 0.0) for name in ACROSS]
    odds = shipped_weighing().odds(0, 1, Likeness(within=None, across=tuple(features), same=False)).across
    assert odds is not None
    return odds


def test_a_missing_weight_is_an_error() -> None:
    short = {**STORED, "within": {"bias": 0, "weights": {}}}
    with pytest.raises(KeyError):
        read_weighing(short)


def test_the_thresholds_lie_between_0_and_1() -> None:
    assert 0.5 <= shipped_weighing().threshold < 1
    assert 0.3 <= shipped_weighing().threshold_across < 1


def test_what_fits_as_well_speaks_against_a_pair_and_a_copy_that_fits_speaks_for_it() -> None:
    weights = STORED["deciding"]["weights"]
    assert tuple(weights) == DECIDING
    assert weights["odds"] > 0
    assert weights["rival"] < 0
    assert weights["support"] > 0


def test_the_likelier_answer_of_both_models_counts_and_each_has_its_threshold() -> None:
    own, far = Model(bias=0, weights=(1.0,)), Model(bias=0, weights=(-100.0,) * len(ACROSS_WITH_PRODUCTS))
    unlike, nothing = (1.0,) * len(ACROSS), (0.0,) * len(ACROSS)
    models = Weighing(within=own, across=far, deciding=own, threshold=0.5, threshold_across=0.9)
    both = models.odds(0, 1, Likeness(within=(0.0,), across=unlike, same=False))
    assert (both.within, both.across) == (0.0, -30.0)
    assert models.score(both, (-1.0,)) == 0.5
    assert models.score(both, (3.0,)) == 0.9526
    two = models.odds(0, 1, Likeness(within=None, across=nothing, same=False))
    assert models.score(two, (2.0,)) is None
    assert models.score(two, (2.0,), threshold=0) == 0.8808
    same = models.odds(0, 1, Likeness(within=(-99.0,), across=None, same=True))
    assert models.score(same, None) == IDENTICAL
