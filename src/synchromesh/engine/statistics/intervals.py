"""Confidence intervals of shares and of differences between two measurements of the same people.

All are two-sided and follow from their numbers alone: nothing is drawn by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from synchromesh.engine.errors import InvalidInput

_MANY_DEGREES = 10_000
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate from `n` observations, with the bounds between which the true value is taken to lie."""

    estimate: float
    low: float
    high: float
    n: int
    confidence: float


def share_interval(count: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Wilson's interval of the share `count` of `n`; None where nothing was counted.

    It stays between 0 and 1 and holds for small numbers and for shares near 0 and 1. Raises InvalidInput for counts
    that cannot be. Source: Wilson 1927, Probable inference, the law of succession, and statistical inference (Journal
    of the American Statistical Association 22).
    """
    if not 0 <= count <= n:
        raise InvalidInput(f"{count} of {n} is no share.", field="count")
    z = normal_quantile(confidence)
    if n == 0:
        return None
    share = count / n
    middle = (count + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(n * share * (1 - share) + z * z / 4)
    # At the ends the bound is the share itself, but for rounding.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == n else min(1.0, middle + half)
    return Interval(estimate=share, low=low, high=high, n=n, confidence=confidence)


def paired_difference_interval(pairs: Sequence[tuple[float, float]], *, confidence: float = 0.95) -> Interval | None:
    """Student's interval of the mean of second less first of each pair, such as after less before.

    None for fewer than two pairs. It takes the differences to be roughly normal, or many; where all differences are
    the same it has no width. Source: Student 1908, The probable error of a mean (Biometrika 6).
    """
    student_confidence = _checked(confidence)
    if len(pairs) < 2:
        return None
    differences = [second - first for first, second in pairs]
    mean = fmean(differences)
    half = student_quantile(student_confidence, len(pairs) - 1) * stdev(differences) / math.sqrt(len(pairs))
    return Interval(estimate=mean, low=mean - half, high=mean + half, n=len(pairs), confidence=confidence)


def normal_quantile(confidence: float) -> float:
    """How many standard deviations either side of the mean hold the share `confidence` of a normal distribution."""
    return NormalDist().inv_cdf((1 + _checked(confidence)) / 2)


def student_quantile(confidence: float, degrees: int) -> float:
    """The t between whose negative and itself Student's distribution holds the share `confidence`.

    Exact sums for whole degrees of freedom, solved by halving; beyond 10,000 degrees, an expansion around the normal
    distribution. Source: Abramowitz and Stegun 1964, Handbook of Mathematical Functions, 26.7.3 to 26.7.5.
    """
    if degrees < 1:
        raise InvalidInput("Student's distribution needs at least one degree of freedom.", field="degrees")
    if degrees > _MANY_DEGREES:
        return _expanded(normal_quantile(confidence), degrees)
    low, high = 0.0, math.pi / 2
    wanted = _checked(confidence)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _held(middle, degrees) < wanted:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees) * math.tan((low + high) / 2)


def _held(angle: float, degrees: int) -> float:
    """The share of Student's distribution between -t and t, where t is sqrt(degrees) tan(angle)."""
    sine, squared = math.sin(angle), math.cos(angle) ** 2
    is_odd = degrees % 2
    term = math.cos(angle) if is_odd else 1.0
    total = 0.0 if degrees == 1 else term
    for step in range(2 + is_odd, degrees - 1, 2):
        term *= squared * (step - 1) / step
        total += term
    return 2 / math.pi * (angle + sine * total) if is_odd else sine * total


def _expanded(z: float, degrees: int) -> float:
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / degrees + second / degrees**2


def _checked(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise InvalidInput("A confidence lies between 0 and 1, such as 0.95.", field="confidence")
    return confidence
