"""The shipped weights: every feature has one, and none says the opposite of what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synchromesh.engine.deduplication import weighing
from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN, Likeness
from synchromesh.engine.deduplication.weighing import IDENTICAL, Model, Weighing, read_weighing, shipped_weighing

STORED = json.loads((Path(weighing.__file__).parent / "weights.json").read_text(encoding="utf-8"))
SPEAKS_AGAINST = ("marks_differ", "mark_added", "level_differs", "level_added", "provider_differs", "minutes_differ")


def test_each_feature_has_one_weight() -> None:
    assert tuple(STORED["within"]["weights"]) == WITHIN
    assert tuple(STORED["across"]["weights"]) == ACROSS


@pytest.mark.parametrize("model", ["within", "across"])
@pytest.mark.parametrize("feature", SPEAKS_AGAINST)
def test_a_difference_of_number_level_provider_or_length_speaks_against_a_pair(model: str, feature: str) -> None:
    assert STORED[model]["weights"][feature] < -1


def test_a_missing_weight_is_an_error() -> None:
    short = {**STORED, "within": {"bias": 0, "weights": {}}}
    with pytest.raises(KeyError):
        read_weighing(short)


def test_the_threshold_lies_between_0_and_1() -> None:
    assert 0.5 <= shipped_weighing().threshold < 1


def test_the_likelier_answer_of_both_models_counts() -> None:
    models = Weighing(within=Model(bias=0, weights=(1.0,)), across=Model(bias=0, weights=(-100.0,)), threshold=0.5)
    assert models.score(Likeness(within=(0.0,), across=(1.0,), same=False)) == 0.5
    assert models.score(Likeness(within=None, across=(1.0,), same=False)) == 0.0
    assert models.score(Likeness(within=(-99.0,), across=None, same=True)) == IDENTICAL
