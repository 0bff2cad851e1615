"""What decides about a pair of two languages in doubt: itself, what stands around it, and what its texts say."""

from __future__ import annotations

from collections.abc import Sequence

from synchromesh.engine.deduplication.likeness import ACROSS
from synchromesh.engine.deduplication.reading import READ
from synchromesh.engine.deduplication.surroundings import AROUND

DOUBT = -4.0
"""Log odds of a pair by itself from which on it is looked at more closely; below, one in fifty is one course."""
_STATED = (
    "mark_added", "marks_differ", "level_differs", "level_added", "marks_shared", "level_shared", "provider",
    "provider_differs", "provider_unknown", "page_twin", "dates_shared", "dates_differ", "minutes_same",
    "minutes_differ", "title_shared", "shape_differs", "length_differs", "text_length_differs", "standing", "margin",
    "gap", "rank",
)  # fmt: skip
_PLACES = tuple(ACROSS.index(name) for name in _STATED)
_WEIGHED = ("odds", "lead")  # of `AROUND`
_AROUND_PLACES = tuple(AROUND.index(name) for name in _WEIGHED)
DECIDING = (*AROUND, *READ, *_STATED, *(f"{READ[0]} * {name}" for name in (*_WEIGHED, *_STATED)))
"""A near text says more where nothing is known of who offers the course than where both name the same provider."""


def deciding_features(around: Sequence[float], read: Sequence[float], across: Sequence[float]) -> tuple[float, ...]:
    """The features `DECIDING` of a pair, from `AROUND`, `READ` and `ACROSS`."""
    stated = [across[place] for place in _PLACES]
    factors = [*(around[place] for place in _AROUND_PLACES), *stated]
    return (*around, *read, *stated, *(read[0] * factor for factor in factors))
