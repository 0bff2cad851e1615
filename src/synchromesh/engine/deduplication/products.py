"""Products of features of a pair across languages: what counts only where something else is so too.

Equal days at one provider say much, equal days at two providers nothing; a near meaning says more where nothing is
known of who offers the course.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from synchromesh.engine.deduplication.likeness import ACROSS

_MEANT = ("standing", "margin", "gap", "gap_here", "rank")
_STATED = (
    "provider", "provider_differs", "provider_unknown", "dates_shared", "minutes_same", "page_twin", "site",
    "text_length_differs", "shape_shared", "title_shared", "length_differs", "text_contained",
)  # fmt: skip
_APART = ("marks_differ", "mark_added", "level_differs", "level_added")
_FACTORS = (
    *product(_MEANT, (*_STATED, "margin")), *combinations(_STATED, 2),
    *product(_APART, ("provider", "dates_shared", "minutes_same", "standing", "margin")),
)  # fmt: skip
PLACES = tuple((ACROSS.index(one), ACROSS.index(other)) for one, other in _FACTORS)
"""Where the factors of each product stand among the features."""
ACROSS_WITH_PRODUCTS = (*ACROSS, *(f"{one} * {other}" for one, other in _FACTORS))


def with_products(features: Sequence[float]) -> list[float]:
    """The features `ACROSS` of a pair and behind them their products, in the order of `ACROSS_WITH_PRODUCTS`."""
    return [*features, *[features[one] * features[other] for one, other in PLACES]]
