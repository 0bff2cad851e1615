"""Fit the weights of the near-duplicate finder; run as `python -m benchmarks.catalogue fit-duplicates`.

Courses are invented from the half of the concepts that is never measured, with seeds of their own. Every pair that the
finder would compare is an example, so that a score is a probability among such pairs. Small catalogues are among them,
where a stranger is easily the nearest. Vectors of each encoder, of both side by side, and none at all are used, so that
one set of weights serves all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.catalogue.invented import Catalogue, Pair, invent_catalogue
from benchmarks.catalogue.measures import find_esco
from benchmarks.catalogue.topics import read_topics
from benchmarks.catalogue.vectors import WAYS, encode_courses
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from synchromesh.engine.deduplication import weighing
from synchromesh.engine.deduplication.finding import compared_pairs
from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN, Likeness

SEEDS = (7, 8)
HALF = 0
COUNT = 10_000
SMALL_SEEDS = tuple(range(100, 112))
SMALL_COUNT = 300
PRECISION = 0.983
_FILE = Path(weighing.__file__).parent / "weights.json"
_NOTE = (
    "Weights of the near-duplicate finder, by feature (see likeness.py). Fitted by `python -m benchmarks.catalogue "
    "fit-duplicates` with logistic regression on pairs of courses in invented catalogues: two of 10,000 and twelve of "
    "300 courses, named after the ESCO concepts that the benchmark does not use. The threshold is the lowest step at "
    "which 98.3% of the pairs found there were one course."
)
Example = tuple[Pair, Likeness, bool]


def main(_: Sequence[str] = ()) -> None:
    """Fit both models and write them beside the code."""
    folder = find_esco()
    if folder is None:
        return
    topics = read_topics(folder, half=HALF)
    catalogues = [invent_catalogue(topics, count=COUNT, seed=seed) for seed in SEEDS]
    catalogues += [invent_catalogue(topics, count=SMALL_COUNT, seed=seed) for seed in SMALL_SEEDS]
    ways = (*WAYS, None)
    examples = [example for catalogue in catalogues for way in ways for example in _examples(catalogue, way)]
    stored: dict[str, Any] = {
        "note": _NOTE,
        "within": _fit([(one.within, true) for _, one, true in examples if one.within and not one.across], WITHIN),
        "across": _fit([(one.across, true) for _, one, true in examples if one.across], ACROSS),
    }
    stored["threshold"] = _threshold(weighing.read_weighing({**stored, "threshold": 0.5}), examples)
    _FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"threshold={stored['threshold']} examples={len(examples)} -> {_FILE}")


def _examples(catalogue: Catalogue, way: Sequence[str] | None) -> list[Example]:
    vectors = encode_courses(way, catalogue.courses)[0] if way else None
    return [
        ((first, second), likeness, (first, second) in catalogue.twins)
        for first, second, likeness in compared_pairs(catalogue.courses, vectors)
    ]


def _fit(examples: Sequence[tuple[Sequence[float] | None, bool]], names: Sequence[str]) -> Mapping[str, Any]:
    features: NDArray[np.float64] = np.array([values for values, _ in examples])
    true = np.array([true for _, true in examples])
    model = LogisticRegression(C=10, max_iter=5000).fit(features, true)  # type: ignore[no-untyped-call]
    weights = {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def _threshold(models: weighing.Weighing, examples: Sequence[Example]) -> float:
    scores = np.array([models.score(likeness) for _, likeness, _ in examples])
    true = np.array([true for _, _, true in examples])
    for step in range(50, 100):
        found = scores >= step / 100
        if true[found].mean() >= PRECISION:
            return step / 100
    raise AssertionError("No threshold reaches the precision.")
