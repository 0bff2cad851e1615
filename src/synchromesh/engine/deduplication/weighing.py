"""From likeness to probability: two small logistic models, one for pairs in one language and one across languages.

`weights.json` holds their weights by feature and says what they were fitted on. A pair that differs in language gets
the higher of both answers, since a course's language is sometimes stated wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from synchromesh.engine.deduplication.likeness import ACROSS, WITHIN, Likeness

IDENTICAL = 0.999
"""The score of two courses that state the same in every field, however little they state."""
_FILE = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A logistic model: the weight of each feature, in order, and what it says of a pair that has none."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """The probability that a pair with these features is one course."""
        total = self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Both models and the score from which a pair is worth a person's time."""

    within: Model
    across: Model
    threshold: float

    def score(self, likeness: Likeness) -> float:
        """The score of a pair, from 0 to 1, in steps of a ten-thousandth."""
        if likeness.same:
            return IDENTICAL
        within = 0.0 if likeness.within is None else self.within.probability(likeness.within)
        across = 0.0 if likeness.across is None else self.across.probability(likeness.across)
        return round(max(within, across), 4)


@cache
def shipped_weighing() -> Weighing:
    """The models that come with the product."""
    return read_weighing(json.loads(_FILE.read_text(encoding="utf-8")))


def read_weighing(stored: Mapping[str, Any]) -> Weighing:
    """Read models as they are stored. Raises KeyError where a feature has no weight."""
    return Weighing(
        within=_model(stored["within"], WITHIN), across=_model(stored["across"], ACROSS),
        threshold=float(stored["threshold"]),
    )  # fmt: skip


def _model(stored: Mapping[str, Any], features: Sequence[str]) -> Model:
    return Model(bias=float(stored["bias"]), weights=tuple(float(stored["weights"][name]) for name in features))
