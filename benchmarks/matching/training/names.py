"""Set how job titles that are not English are ordered among occupations, and calibrate it.

Few parts, weighed by hand rather than trained: what was trained on such labels did worse in the other language. The
weights were chosen over labels of ESCO's occupations in Czech (which encoder `u` does not know) and Italian, each to be
found by the other labels of its occupation that do not look like it; national titles were not looked at. The same
labels make outputs probabilities, once without and once with the labels that look like them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.matching.data import read_pairs
from benchmarks.matching.measures import mean_estimate
from benchmarks.matching.sets import load_vocabulary, melo_file
from benchmarks.matching.training.networks import Floats, calibration_table
from benchmarks.matching.training.weights import write_weights
from numpy.typing import NDArray

from synchromesh.engine.matching.matcher import NAMED_BY, prepare_signals

LANGUAGES = ("cs", "it")
LABELS_OF_EACH = 250
ALIKE = 0.8  # cosine from which two labels of an occupation are forms of one
# How much one unit of a feature counts: likeness of words (0 to 1), and z-scores of encoders.
WEIGHTS = {"eu": {"cos": 10.0, "e.plain": 1.0, "u.plain": 0.2}, "u": {"cos": 10.0, "u.plain": 0.2}}
_SPREAD = {"cos": 0.2, "e.plain": 4.0, "u.plain": 4.0}  # so that the engine's clip cuts nothing off
_NEVER = -1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A label with the features of other labels and which of these name the same occupation."""

    features: dict[str, Floats]
    right: NDArray[np.bool_]

    def without_like(self) -> Asked:
        """The same question without the right labels that are forms of its own words."""
        kept = ~(self.right & (self.features["cos"] >= ALIKE))
        features = {name: values[kept] for name, values in self.features.items()}
        return Asked(features=features, right=self.right[kept])


def train_names(*, cache: Path) -> None:
    """Write the rankers of names, and print how they do over the labels that calibrate them."""
    for letters in NAMED_BY:
        weights = WEIGHTS[letters]
        asked = [one for language in LANGUAGES for one in read_asked(language, letters, cache)]
        hard = [one.without_like() for one in asked]
        ranks = [_reciprocal_rank(_outputs(one, weights), one.right) for one in hard if one.right.any()]
        asked += hard
        outputs = [_outputs(one, weights) for one in asked]
        right = np.concatenate([one.right for one in asked])
        table = calibration_table(np.concatenate(outputs), right)
        probabilities = np.interp(np.concatenate(outputs), *table)
        bounds = np.arange(0.05, 0.9, 0.01)
        named = probabilities[:, None] >= bounds
        f1 = 2 * (named & right[:, None]).sum(axis=0) / (named.sum(axis=0) + right.sum())
        suggest = round(float(bounds[f1.argmax()]), 2)
        print(f"names {letters}: MRR {mean_estimate(ranks).value:.3f}, threshold {suggest}")
        names = list(weights)
        write_weights(
            f"ranker-names-{letters}",
            {
                "features": np.array(names),
                "mean": np.zeros(len(names), dtype=np.float32),
                "spread": np.array([_SPREAD[name] for name in names], dtype=np.float32),
                "networks": np.array(1),
                "0.0.weight": np.array([[weights[name] * _SPREAD[name]] for name in names], dtype=np.float32),
                "0.0.bias": np.zeros(1, dtype=np.float32),
                "calibration.outputs": table[0],
                "calibration.probabilities": table[1],
                "threshold.suggest": np.array(suggest),
                "threshold.tag": np.array(max(0.8, suggest)),
                "outright.one": np.array(_NEVER),
                "outright.several": np.array(_NEVER),
            },
        )


def read_asked(language: str, letters: str, cache: Path) -> list[Asked]:
    """Labels of occupations drawn with a fixed seed; themselves are no candidates."""
    vocabulary = load_vocabulary(f"melo_{language}")
    occupations = dict(read_pairs(melo_file(language, "concept_mapping.tsv.gz")))
    own = np.array([occupations[concept.uri] for concept in vocabulary.concepts])
    drawn = random.Random(0).sample(range(len(own)), LABELS_OF_EACH)
    signals = prepare_signals(vocabulary, letters, cache=cache, threads=1)
    listings = signals.short([vocabulary.concepts[at].main_label() for at in drawn], letters)
    found = []
    for number, at in enumerate(drawn):
        candidates = listings.of(number)
        kept = candidates.concepts != at
        features = {name: np.asarray(values[kept]) for name, values in candidates.features.items()}
        found.append(Asked(features=features, right=(own[candidates.concepts] == own[at])[kept]))
    return found


def _outputs(one: Asked, weights: Mapping[str, float]) -> Floats:
    outputs = np.zeros(len(one.right))
    for name, weight in weights.items():
        outputs += weight * one.features[name]
    return outputs


def _reciprocal_rank(outputs: Floats, right: NDArray[np.bool_]) -> float:
    places = np.flatnonzero(right[np.argsort(-outputs, kind="stable")])
    return 1 / (int(places[0]) + 1) if len(places) else 0.0
