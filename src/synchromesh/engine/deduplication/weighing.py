"""From likeness to probability: small logistic models for pairs in one language, across languages, and for what decides
about a pair of two languages in doubt.

`weights.json` holds their weights by feature and says what they were fitted on. A pair that differs in language gets
the higher of both answers, since a course's language is sometimes stated wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

from synchromesh.engine.deduplication.deciding import DECIDING
from synchromesh.engine.deduplication.likeness import WITHIN, Likeness
from synchromesh.engine.deduplication.products import ACROSS_WITH_PRODUCTS, with_products
from synchromesh.engine.deduplication.surroundings import PairOdds

IDENTICAL = 0.999
"""The score of two courses that state the same in every field, however little they state."""
_CERTAIN = log(IDENTICAL / (1 - IDENTICAL))
_FILE = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A logistic model: the weight of each feature, in order, and what it says of a pair that has none."""

    bias: float
    weights: tuple[float, ...]

    def odds(self, features: Sequence[float]) -> float:
        """The log odds that a pair with these features is one course."""
        total = self.bias + sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return max(-30.0, min(30.0, total))

    def probability(self, features: Sequence[float]) -> float:
        """The same as a probability."""
        return _probability(self.odds(features))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """The models, and the scores from which a pair is worth a person's time, in one language and across languages.

    `across` sees a pair of two languages by itself, `deciding` what it says of the pair and of those around it, and
    what the texts say.
    """

    within: Model
    across: Model
    deciding: Model
    threshold: float
    threshold_across: float

    def odds(self, first: int, second: int, likeness: Likeness) -> PairOdds:
        """What both models say of two rows of a corpus."""
        within = None if likeness.within is None else self.within.odds(likeness.within)
        across = None if likeness.across is None else self.across.odds(with_products(likeness.across))
        return PairOdds(first, second, _CERTAIN if likeness.same else within, across)

    def score(
        self, pair: PairOdds, deciding: Sequence[float] | None, *, threshold: float | None = None
    ) -> float | None:
        """The score of a pair from 0 to 1, in steps of a ten-thousandth; None below the thresholds.

        `deciding` is None for a pair in one language and for one that is not in doubt. `threshold` takes the place of
        both thresholds.
        """
        within = 0.0 if pair.within is None else round(_probability(pair.within), 4)
        across = 0.0 if deciding is None else round(self.deciding.probability(deciding), 4)
        least = (self.threshold, self.threshold_across) if threshold is None else (threshold, threshold)
        return max(within, across) if within >= least[0] or across >= least[1] else None


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))


@cache
def shipped_weighing() -> Weighing:
    """The models that come with the product."""
    return read_weighing(json.loads(_FILE.read_text(encoding="utf-8")))


def read_weighing(stored: Mapping[str, Any]) -> Weighing:
    """Read models as they are stored. Raises KeyError where a feature has no weight."""
    return Weighing(
        within=_model(stored["within"], WITHIN), across=_model(stored["across"], ACROSS_WITH_PRODUCTS),
        deciding=_model(stored["deciding"], DECIDING), threshold=float(stored["threshold"]),
        threshold_across=float(stored["threshold_across"]),
    )  # fmt: skip


def _model(stored: Mapping[str, Any], features: Sequence[str]) -> Model:
    return Model(bias=float(stored["bias"]), weights=tuple(float(stored["weights"][name]) for name in features))
