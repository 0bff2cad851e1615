"""Classical statistics of the questions of a test, and how reliable the test is.

Sources: Lord and Novick 1968, Statistical Theories of Mental Test Scores, chapter 15 (difficulty, discrimination);
Cronbach 1951, Coefficient alpha and the internal structure of tests (Psychometrika 16); Henrysson 1963, Correction of
item-total correlations in item analysis (Psychometrika 28).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import correlation, fmean, median, variance
from typing import TypeAlias

LEAST_SITTINGS = 10
"""Below so many sittings, correlations and reliability say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResponse:
    """What one person got for one question. `picked` are the keys that were chosen, each once, of kinds with choices.

    `most` is 0 for a question without points, such as a scale.
    """

    points: Decimal
    most: Decimal
    is_answered: bool = True
    seconds: int | None = None
    picked: tuple[str, ...] = ()


Sitting: TypeAlias = Mapping[str, ItemResponse]
"""One finished attempt: the key of each question that was drawn, to what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """How a question worked, over the `n` sittings in which it was put.

    `difficulty` is the mean share of its points: 1 when everybody got all, so a high one means easy. `discrimination`
    is the correlation of its points with the share that the same people got of all other questions; near 0 or below, it
    does not tell those who know from those who do not. `picked` is the share of the sittings in which each key was
    chosen. None: not known, or too few sittings.
    """

    key: str
    n: int
    difficulty: float | None
    discrimination: float | None
    median_seconds: float | None
    picked: Mapping[str, float]
    unanswered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TestStatistics:
    """How a test worked. `mean_share` is the mean share of all points; `alpha` is Cronbach's alpha.

    `alpha` is None where the sittings are too few, or do not hold the same questions, or all came out the same.
    """

    __test__ = False  # its name begins like that of a test case

    n: int
    mean_share: float | None
    alpha: float | None
    items: tuple[ItemStatistics, ...]


def statistics_of_test(sittings: Sequence[Sitting], *, least: int = LEAST_SITTINGS) -> TestStatistics:
    """The statistics of a test from its finished attempts, one for each person.

    `least` is the number of sittings below which correlations and reliability are left out. Questions come in the order
    in which the sittings name them first.
    """
    keys = list(dict.fromkeys(key for sitting in sittings for key in sitting))
    shares = [_share(list(sitting.values())) for sitting in sittings]
    known = [share for share in shares if share is not None]
    return TestStatistics(
        n=len(sittings),
        mean_share=fmean(known) if known else None,
        alpha=cronbach_alpha(sittings, least=least),
        items=tuple(_item(key, sittings, least=least) for key in keys),
    )


def cronbach_alpha(sittings: Sequence[Sitting], *, least: int = LEAST_SITTINGS) -> float | None:
    """Cronbach's alpha of the points: how far the questions measure one thing; at most 1, and it can be below 0.

    Questions without points are left out. None for fewer than `least` sittings or two questions, where the sittings
    hold different questions, and where all totals are the same.
    """
    scored = [{key: response.points for key, response in sitting.items() if response.most} for sitting in sittings]
    if len(scored) < max(2, least) or len(scored[0]) < 2 or any(one.keys() != scored[0].keys() for one in scored):
        return None
    of_total = variance([float(sum(one.values())) for one in scored])
    if of_total <= _negligible(sittings[0]):
        return None
    of_items = sum(variance([float(one[key]) for one in scored]) for key in scored[0])
    count = len(scored[0])
    return count / (count - 1) * (1 - of_items / of_total)


def _negligible(sitting: Sitting) -> float:
    """A variance of points that only rounding can have caused."""
    return 1e-12 * float(sum(response.most for response in sitting.values())) ** 2


def _item(key: str, sittings: Sequence[Sitting], *, least: int) -> ItemStatistics:
    with_item = [sitting for sitting in sittings if key in sitting]
    responses = [sitting[key] for sitting in with_item]
    shares = [float(response.points / response.most) for response in responses if response.most]
    seconds = [response.seconds for response in responses if response.seconds]
    n = len(responses)
    picked = Counter(choice for response in responses for choice in response.picked)
    return ItemStatistics(
        key=key,
        n=n,
        difficulty=fmean(shares) if shares else None,
        discrimination=_discrimination(key, with_item, least=least),
        median_seconds=float(median(seconds)) if seconds else None,
        picked={choice: count / n for choice, count in sorted(picked.items())},
        unanswered=sum(not response.is_answered for response in responses) / n,
    )


def _discrimination(key: str, sittings: Sequence[Sitting], *, least: int) -> float | None:
    """The correlation of the item with the rest: the item itself would lift it. None where either never varies."""
    pairs = []
    for sitting in sittings:
        own = _share([sitting[key]])
        rest = _share([response for other, response in sitting.items() if other != key])
        if own is not None and rest is not None:
            pairs.append((round(own, 9), round(rest, 9)))  # equal shares must be equal numbers
    owns, rests = {own for own, _ in pairs}, {rest for _, rest in pairs}
    if len(pairs) < max(2, least) or len(owns) < 2 or len(rests) < 2:
        return None
    found = correlation([own for own, _ in pairs], [rest for _, rest in pairs])
    return max(-1.0, min(1.0, found))


def _share(responses: Sequence[ItemResponse]) -> float | None:
    """The share of the points that were got; None where there are none."""
    most = sum((response.most for response in responses), Decimal(0))
    return float(sum((response.points for response in responses), Decimal(0)) / most) if most else None
