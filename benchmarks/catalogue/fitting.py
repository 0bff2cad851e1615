"""Fit the weights of the near-duplicate finder; run as `python -m benchmarks.catalogue fit-duplicates`.

Courses are invented from the half of the concepts that is never measured, with seeds of their own. Every pair that the
finder would compare is an example, so that a score is a probability among such pairs. Small catalogues are among them,
where a stranger is easily the nearest. Vectors of each encoder, of both side by side, and none at all are used, so that
one set of weights serves all.

What stands around a pair is weighed with odds of models that were fitted without its catalogue: odds of a model for its
own examples would look surer than they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.catalogue.invented import Catalogue, invent_catalogue
from benchmarks.catalogue.measures import find_esco
from benchmarks.catalogue.topics import read_topics
from benchmarks.catalogue.vectors import WAYS, encode_courses
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from synchromesh.engine.deduplication import weighing
from synchromesh.engine.deduplication.finding import compared_pairs
from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN
from synchromesh.engine.deduplication.products import ACROSS_WITH_PRODUCTS, PLACES
from synchromesh.engine.deduplication.surroundings import AROUND, PairOdds, look_around

SEEDS = (7, 8)
HALF = 0
COUNT = 10_000
SMALL_SEEDS = tuple(range(100, 112))
SMALL_COUNT = 300
PRECISION_WITHIN, PRECISION = 0.99, 0.983
_FILE = Path(weighing.__file__).parent / "weights.json"
_NOTE = (
    "Weights of the near-duplicate finder, by feature (see likeness.py and surroundings.py). Fitted by `python -m "
    "benchmarks.catalogue fit-duplicates` with logistic regression on pairs of courses in invented catalogues: two of "
    "10,000 and twelve of 300 courses, named after the ESCO concepts that the benchmark does not use. The thresholds "
    "are the lowest steps at which 99% of the pairs found in one language, and with each encoder 98.3% of all found "
    "pairs, were one course."
)
Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The compared pairs of a catalogue: rows, features by model (zeros where it does not apply), and the truth.

    `fold` is 0 or 1; all pairs of a catalogue are in one. `way` names the encoders.
    """

    fold: int
    way: str
    languages: Sequence[str]
    rows: NDArray[np.int64]
    within: Matrix
    has_within: Mask
    across: Matrix
    has_across: Mask
    true: Mask

    def odds(self, within: weighing.Model, across: weighing.Model) -> list[PairOdds]:
        """What two models say of the pairs."""
        columns = (
            _odds(within, self.within, self.has_within),
            _odds(across, _with_products(self.across), self.has_across),
        )
        return [PairOdds(*pair) for pair in zip(*self.rows.T.tolist(), *columns, strict=True)]


def main(_: Sequence[str] = ()) -> None:
    """Fit all models and write them beside the code."""
    folder = find_esco()
    if folder is None:
        return
    topics = read_topics(folder, half=HALF)
    sizes = [(seed, COUNT) for seed in SEEDS] + [(seed, SMALL_COUNT) for seed in SMALL_SEEDS]
    catalogues = [(seed, invent_catalogue(topics, count=count, seed=seed)) for seed, count in sizes]
    ways = (*WAYS, None)
    sets = [list_examples(catalogue, way, fold=seed % 2) for seed, catalogue in catalogues for way in ways]
    stored = fit(sets)
    _FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    count = sum(len(part.rows) for part in sets)
    print(f"thresholds={stored['threshold']}, {stored['threshold_across']} examples={count} -> {_FILE}")


def list_examples(catalogue: Catalogue, way: Sequence[str] | None, *, fold: int) -> Examples:
    """The pairs that the finder compares in a catalogue."""
    vectors = encode_courses(way, catalogue.courses)[0] if way else None
    row_of = {key: row for row, key in enumerate(sorted(course.key for course in catalogue.courses))}
    language_of = {course.key: course.language for course in catalogue.courses}
    found = list(compared_pairs(catalogue.courses, vectors))
    within = [likeness.within for _, _, likeness in found]
    across = [likeness.across for _, _, likeness in found]
    return Examples(
        fold=fold, way="+".join(way or ()), languages=[language_of[key] for key in row_of],
        rows=np.array([(row_of[one], row_of[other]) for one, other, _ in found], dtype=np.int64),
        within=_matrix(within, WITHIN), has_within=np.array([one is not None for one in within]),
        across=_matrix(across, ACROSS), has_across=np.array([one is not None for one in across]),
        true=np.array([(one, other) in catalogue.twins for one, other, _ in found]),
    )  # fmt: skip


def fit(sets: Sequence[Examples]) -> dict[str, Any]:
    """All models and both thresholds, as they are stored."""
    within, across = _fit_pairs(sets)
    held_out = {fold: _fit_pairs([part for part in sets if part.fold != fold]) for fold in (0, 1)}
    odds = [part.odds(*(_model(model) for model in held_out[part.fold])) for part in sets]
    around = [look_around(pairs, part.languages) for pairs, part in zip(odds, sets, strict=True)]
    features = np.array([one for part in around for one in part if one is not None])
    known = np.array([one is not None for part in around for one in part])
    true = np.concatenate([part.true for part in sets])
    stored: dict[str, Any] = {"note": _NOTE, "within": within, "across": across}
    stored["around"] = _fit(features, true[known], AROUND)
    scores = np.zeros((2, len(true)))
    scores[0] = [_probability(pair.within) for pairs in odds for pair in pairs]
    scores[1, known] = [_model(stored["around"]).probability(one) for one in features.tolist()]
    stored["threshold"] = _threshold(scores[0], true, PRECISION_WITHIN)
    scores[1, scores[0] >= stored["threshold"]] = 1.0
    way_of = np.repeat([part.way for part in sets], [len(part.rows) for part in sets])
    mine = [(scores[1, way_of == way], true[way_of == way]) for way in sorted(set(way_of.tolist()))]
    stored["threshold_across"] = max(_threshold(*one, PRECISION) for one in mine)
    return stored


def _fit_pairs(sets: Sequence[Examples]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The models of pairs in one language and in two."""
    alike = [part.has_within & ~part.has_across for part in sets]
    pairs = list(zip(sets, alike, strict=True))
    within = np.concatenate([part.within[here] for part, here in pairs])
    across = _with_products(np.concatenate([part.across[part.has_across] for part in sets]))
    return (
        _fit(within, np.concatenate([part.true[here] for part, here in pairs]), WITHIN),
        _fit_scaled(across, np.concatenate([part.true[part.has_across] for part in sets]), ACROSS_WITH_PRODUCTS),
    )


def _matrix(rows: Sequence[tuple[float, ...] | None], names: Sequence[str]) -> Matrix:
    return np.array([row or (0.0,) * len(names) for row in rows]).reshape(len(rows), len(names))


def _fit(features: Matrix, true: Mask, names: Sequence[str]) -> Mapping[str, Any]:
    model = LogisticRegression(C=10, max_iter=5000).fit(features, true)  # type: ignore[no-untyped-call]
    weights = {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def _fit_scaled(features: Matrix, true: Mask, names: Sequence[str]) -> Mapping[str, Any]:
    """The same for many features that hang together: each counts by how far it spreads, large weights cost."""
    spread = np.maximum(features.std(axis=0), 1e-6)
    model = LogisticRegression(C=0.3, max_iter=2000).fit(features / spread, true)  # type: ignore[no-untyped-call]
    weights = dict(zip(names, np.round(model.coef_[0] / spread, 3).tolist(), strict=True))
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def _with_products(features: Matrix) -> Matrix:
    first, second = np.array(PLACES).T
    return np.hstack((features, features[:, first] * features[:, second]))


def _model(stored: Mapping[str, Any]) -> weighing.Model:
    return weighing.Model(bias=stored["bias"], weights=tuple(stored["weights"].values()))


def _odds(model: weighing.Model, features: Matrix, known: Mask) -> list[float | None]:
    values = np.clip(features @ np.array(model.weights) + model.bias, -30, 30).tolist()
    return [value if there else None for value, there in zip(values, known.tolist(), strict=True)]


def _probability(odds: float | None) -> float:
    return 0.0 if odds is None else float(1 / (1 + np.exp(-odds)))


def _threshold(scores: Matrix, true: Mask, precision: float) -> float:
    """The lowest step at which so many of the found pairs are one course."""
    for step in range(30, 100):
        found = scores >= step / 100
        if true[found].mean() >= precision:
            return step / 100
    raise AssertionError("No threshold reaches the precision.")
