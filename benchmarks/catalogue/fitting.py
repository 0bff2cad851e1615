"""Fit the weights of the near-duplicate finder; run as `python -m benchmarks.catalogue fit-duplicates`.

Courses are invented from the half of the concepts that is never measured, with seeds of their own. Every pair that the
finder would compare is an example, so that a score is a probability among such pairs. Small catalogues are among them,
where a stranger is easily the nearest. Vectors of each encoder and none at all are used, so that one set of weights
serves all.

What decides about a pair of two languages is weighed on other catalogues than pairs by themselves, and with the odds
that the models of pairs give there: odds of a model for its own examples look surer than they are. The thresholds are
chosen there too, with a model that has not seen the catalogue. `--keep-pairs` fits this alone and keeps the models of
pairs, which takes a quarter of the time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.catalogue.invented import Catalogue, invent_catalogue
from benchmarks.catalogue.measures import find_esco
from benchmarks.catalogue.topics import Topic, read_topics
from benchmarks.catalogue.vectors import WAYS, encode_courses, reader
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from synchromesh.engine.deduplication import weighing
from synchromesh.engine.deduplication.deciding import DECIDING
from synchromesh.engine.deduplication.finding import compared_pairs, weighed_pairs
from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN
from synchromesh.engine.deduplication.products import ACROSS_WITH_PRODUCTS, PLACES

HALF = 0
COUNT, SMALL_COUNT = 10_000, 300
SEEDS, SMALL_SEEDS = (7, 8), tuple(range(100, 112))
DECIDING_SEEDS = (11, 12, 13)
PRECISION_WITHIN, PRECISION = 0.9912, 0.984
_FILE = Path(weighing.__file__).parent / "weights.json"
_NOTE = (
    "Weights of the near-duplicate finder, by feature (see likeness.py and deciding.py). Fitted by `python -m "
    "benchmarks.catalogue fit-duplicates` with logistic regression on pairs of courses in invented catalogues, named "
    "after the ESCO concepts that the benchmark does not use: `within` and `across` on two of 10,000 and twelve of "
    "300 courses, `deciding` on three others of 10,000. The thresholds are the lowest steps at which 99.12% of the "
    "pairs found in one language, and with each encoder 98.4% of all found pairs, were one course."
)
Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExamples:
    """The compared pairs of a catalogue: features by model (zeros where it does not apply), and the truth."""

    within: Matrix
    has_within: Mask
    across: Matrix
    has_across: Mask
    true: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtExamples:
    """What decides about the pairs in doubt of a catalogue, and of all compared pairs the score in one language."""

    seed: int
    way: str | None
    features: Matrix
    in_doubt: Mask
    within: Matrix
    true: Mask


def main(given: Sequence[str] = ()) -> None:
    """Fit the models and write them beside the code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue fit-duplicates")
    parser.add_argument("--keep-pairs", action="store_true", help="fit only what decides about pairs in doubt")
    keeps = parser.parse_args(given).keep_pairs
    folder = find_esco()
    if folder is None:
        return
    topics = read_topics(folder, half=HALF)
    stored = json.loads(_FILE.read_text(encoding="utf-8")) if keeps else fit_pairs(list(_pair_examples(topics)))
    pairs = {"note": _NOTE, "within": stored["within"], "across": stored["across"]}
    nothing = {"bias": 0.0, "weights": dict.fromkeys(DECIDING, 0.0)}
    models = weighing.read_weighing({**pairs, "deciding": nothing, "threshold": 1, "threshold_across": 1})
    sets = [
        list_doubts(invent_catalogue(topics, count=COUNT, seed=seed), way, models=models, seed=seed)
        for seed in DECIDING_SEEDS
        for way in (*WAYS, None)
    ]
    stored = pairs | fit_deciding(sets)
    _FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"thresholds={stored['threshold']}, {stored['threshold_across']} -> {_FILE}")


def _pair_examples(topics: Sequence[Topic]) -> Iterator[PairExamples]:
    for seed, count in [(seed, COUNT) for seed in SEEDS] + [(seed, SMALL_COUNT) for seed in SMALL_SEEDS]:
        catalogue = invent_catalogue(topics, count=count, seed=seed)
        yield from (list_examples(catalogue, way) for way in (*WAYS, None))


def list_examples(catalogue: Catalogue, way: str | None) -> PairExamples:
    """The pairs that the finder compares in a catalogue."""
    vectors = encode_courses(way, catalogue.courses)[0] if way else None
    found = list(compared_pairs(catalogue.courses, vectors))
    within = [likeness.within for _, _, likeness in found]
    across = [likeness.across for _, _, likeness in found]
    return PairExamples(
        within=_matrix(within, WITHIN), has_within=np.array([one is not None for one in within]),
        across=_matrix(across, ACROSS), has_across=np.array([one is not None for one in across]),
        true=np.array([(one, other) in catalogue.twins for one, other, _ in found]),
    )  # fmt: skip


def list_doubts(catalogue: Catalogue, way: str | None, *, models: weighing.Weighing, seed: int) -> DoubtExamples:
    """The pairs that the finder compares in a catalogue, as given models of pairs see them."""
    vectors = encode_courses(way, catalogue.courses)[0] if way else None
    found = list(weighed_pairs(catalogue.courses, vectors, reader(way) if way else None, models))
    deciding = [features for _, _, _, features in found if features is not None]
    return DoubtExamples(
        seed=seed, way=way, features=_matrix(deciding, DECIDING),
        in_doubt=np.array([features is not None for _, _, _, features in found]),
        within=np.array([_probability(pair.within) for _, _, pair, _ in found]),
        true=np.array([(one, other) in catalogue.twins for one, other, _, _ in found]),
    )  # fmt: skip


def fit_pairs(sets: Sequence[PairExamples]) -> dict[str, Any]:
    """The models of pairs in one language and in two."""
    pairs = [(part, part.has_within & ~part.has_across) for part in sets]
    within = np.concatenate([part.within[here] for part, here in pairs])
    first, second = np.array(PLACES).T
    across = np.concatenate([part.across[part.has_across] for part in sets])
    across = np.hstack((across, across[:, first] * across[:, second]))
    true = np.concatenate([part.true[part.has_across] for part in sets])
    return {
        "within": _fit(within, np.concatenate([part.true[here] for part, here in pairs]), WITHIN),
        "across": _fit_scaled(across, true, ACROSS_WITH_PRODUCTS),
    }


def fit_deciding(sets: Sequence[DoubtExamples]) -> dict[str, Any]:
    """What decides about pairs in doubt, and both thresholds."""
    seeds = sorted({part.seed for part in sets})
    held_out = {seed: _fit_doubts([part for part in sets if part.seed != seed]) for seed in seeds}
    within, true = np.concatenate([part.within for part in sets]), np.concatenate([part.true for part in sets])
    threshold = _threshold(within, true, PRECISION_WITHIN)
    scores = [_found_scores(part, held_out[part.seed], threshold) for part in sets]
    needed = []
    for way in WAYS:
        found = np.concatenate([one for one, part in zip(scores, sets, strict=True) if part.way == way])
        known = np.concatenate([part.true for part in sets if part.way == way])
        needed.append(_threshold(found, known, PRECISION))
    return {"deciding": _fit_doubts(sets), "threshold": threshold, "threshold_across": max(needed)}


def _found_scores(part: DoubtExamples, model: Mapping[str, Any], threshold: float) -> Matrix:
    """1 for what is found in one language, else what the model says of a pair in doubt, 0 for others."""
    decided = 1 / (1 + np.exp(-(part.features @ np.array(list(model["weights"].values())) + model["bias"])))
    scores = np.zeros(len(part.true))
    scores[part.in_doubt] = decided
    scores[part.within >= threshold] = 1.0
    return scores


def _fit_doubts(sets: Sequence[DoubtExamples]) -> Mapping[str, Any]:
    features = np.concatenate([part.features for part in sets])
    return _fit_scaled(features, np.concatenate([part.true[part.in_doubt] for part in sets]), DECIDING)


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


def _probability(odds: float | None) -> float:
    return 0.0 if odds is None else float(1 / (1 + np.exp(-odds)))


def _threshold(scores: Matrix, true: Mask, precision: float) -> float:
    """The lowest step at which so many of the found pairs are one course."""
    for step in range(30, 100):
        found = scores >= step / 100
        if true[found].mean() >= precision:
            return step / 100
    raise AssertionError("No threshold reaches the precision.")
