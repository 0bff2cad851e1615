"""Measures of ranked lists, of sets, and of stated probabilities.

Every measure of a ranking takes one list of distinct concepts, best first, and the concepts that are right. A measure
of a benchmark is the mean over its texts; an interval is a percentile bootstrap over texts with a fixed seed.

Sources: R-precision at k as in Decorte et al. 2022 (RecSys in HR); nDCG: Järvelin and Kekäläinen 2002 (TOIS 20);
calibration error: Guo et al. 2017 (ICML), with bins of equal mass as in Nixon et al. 2019 (CVPR workshops);
bootstrap: Efron and Tibshirani 1993.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RESAMPLES = 2000
SEED = 20261122
_LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCounts:
    """Of one text: how many concepts were rightly named, wrongly named, and left out."""

    right: int
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigures:
    """Micro precision, recall and F1 over the texts of a benchmark, 0 to 1; the interval is that of F1."""

    precision: float
    recall: float
    f1: Estimate


def reciprocal_rank(ranked: Sequence[str], right: Collection[str]) -> float:
    """One over the place of the first right concept; 0 where none was ranked.

    >>> reciprocal_rank(["a", "b", "c"], {"b", "c"})
    0.5
    """
    return next((1 / place for place, uri in enumerate(ranked, start=1) if uri in right), 0.0)


def r_precision(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """Right concepts among the first `k`, over how many there could be: min(k, all right ones).

    >>> r_precision(["a", "b", "c", "d", "e", "f"], {"a", "f"}, 5)
    0.5
    """
    return sum(uri in right for uri in ranked[:k]) / min(k, len(right))


def recall(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """The share of the right concepts that are among the first `k`.

    >>> recall(["a", "b"], {"a", "x"}, 10)
    0.5
    """
    return sum(uri in right for uri in ranked[:k]) / len(right)


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], k: int) -> float:
    """Gain discounted by log2 of place + 1 over the first `k`, as a share of what the best order would get.

    >>> ndcg(["a", "b"], {"a": 4, "b": 1}, 10)
    1.0
    """
    best = sorted(gains.values(), reverse=True)[:k]
    got = sum(gains.get(uri, 0.0) / np.log2(place + 1) for place, uri in enumerate(ranked[:k], start=1))
    return float(got / sum(gain / np.log2(place + 1) for place, gain in enumerate(best, start=1)))


def count_set(named: Collection[str], right: Collection[str]) -> SetCounts:
    """Compare what was named for one text with what is right.

    >>> count_set({"a", "b"}, {"b", "c", "d"})
    SetCounts(right=1, wrong=1, missed=2)
    """
    hits = len(set(named) & set(right))
    return SetCounts(right=hits, wrong=len(set(named)) - hits, missed=len(set(right)) - hits)


def set_figures(counts: Sequence[SetCounts]) -> SetFigures:
    """Micro figures: counts are added up over texts first, so texts without a right concept punish wrong names."""
    table = np.array([[one.right, one.wrong, one.missed] for one in counts], dtype=np.float64).reshape(-1, 3)
    right, wrong, missed = table.sum(axis=0)
    return SetFigures(
        precision=float(right / (right + wrong)) if right + wrong else 0.0,
        recall=float(right / (right + missed)) if right + missed else 0.0,
        f1=bootstrap(table, _f1),
    )


def mean_estimate(values: Sequence[float]) -> Estimate:
    """The mean over texts."""
    return bootstrap(np.array(values, dtype=np.float64)[:, None], lambda sums, number: sums[:, 0] / number)


def bootstrap(rows: Floats, measure: Callable[[Floats, int], Floats]) -> Estimate:
    """Value and percentile interval of a measure that needs only the sums of columns over texts.

    `rows` is (texts, columns); `measure` takes sums of shape (resamples, columns) and the number of texts.
    """
    draws = np.random.default_rng(SEED)
    number = len(rows)
    if not number:
        return Estimate(value=0.0, low=0.0, high=0.0)
    weights = draws.multinomial(number, np.full(number, 1 / number), size=RESAMPLES).astype(np.float64)
    tail = (1 - _LEVEL) / 2
    low, high = np.quantile(measure(weights @ rows, number), [tail, 1 - tail])
    return Estimate(value=float(measure(rows.sum(axis=0)[None, :], number)[0]), low=float(low), high=float(high))


def calibration_error(probabilities: Sequence[float], right: Sequence[bool], *, bins: int, equal_mass: bool) -> float:
    """The expected calibration error: how far stated probability and share of right ones lie apart, on average.

    Bins are of equal width over 0 to 1, or hold equally many answers each. 0 without answers.

    >>> round(calibration_error([0.9] * 10, [True] * 7 + [False] * 3, bins=15, equal_mass=False), 6)
    0.2
    """
    stated = np.array(probabilities, dtype=np.float64)
    true = np.array(right, dtype=np.float64)
    if not len(stated):
        return 0.0
    if equal_mass:
        groups = [rows for rows in np.array_split(np.argsort(stated, kind="stable"), bins) if len(rows)]
    else:
        bin_of = np.minimum((stated * bins).astype(np.int64), bins - 1)
        groups = [np.flatnonzero(bin_of == number) for number in np.unique(bin_of)]
    return float(sum(len(rows) * abs(stated[rows].mean() - true[rows].mean()) for rows in groups) / len(stated))


def _f1(sums: Floats, _number: int) -> Floats:
    right, wrong, missed = sums.T
    scores: Floats = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    return scores
