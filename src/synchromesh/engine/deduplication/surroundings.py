"""What stands around a pair of two languages: other courses that fit as well, and copies that speak for it.

A pair alone shows how much alike two courses are. Whether they are one course shows in what else there is: a course has
one twin in a language, so a rival that fits as well is a reason to doubt, and where a copy of one course fits the other
too, both hold each other up (I. Bhattacharya, L. Getoor, "Collective entity resolution in relational data", ACM
Transactions on Knowledge Discovery from Data 1, 2007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

AROUND = ("odds", "rival", "lesser_rival", "lead", "support")
"""The log odds of a pair by itself; of the best rival of either side, the higher and the lower; how far the pair lies
above the higher one; the best log odds between one course and a copy of the other, its own where there is no copy."""
LOWEST, HIGHEST = -8.0, 8.0
"""Log odds of what was not compared and of everything below; and of everything above."""

_Places = Mapping[tuple[int, str], Sequence[tuple[float, int]]]


@dataclass(frozen=True, slots=True)
class PairOdds:
    """The log odds that two courses are one, by the model for one language and by the one for two.

    None where a model does not apply. `first` and `second` are rows of the corpus, the smaller first.
    """

    first: int
    second: int
    within: float | None
    across: float | None


def look_around(pairs: Sequence[PairOdds], languages: Sequence[str]) -> list[tuple[float, ...] | None]:
    """The features `AROUND` of each pair of two languages, None for other pairs; `languages` are those of the rows."""
    copies, places = _copies(pairs), _places(pairs, languages)
    own = {(pair.first, pair.second): min(HIGHEST, pair.across) for pair in pairs if pair.across is not None}
    found: list[tuple[float, ...] | None] = []
    for pair in pairs:
        if pair.across is None:
            found.append(None)
            continue
        sides = (pair.first, pair.second), (pair.second, pair.first)
        rivals = sorted(_rival(one, other, places, copies, languages) for one, other in sides)
        support = max([LOWEST, *_supports(sides, copies, own)])
        own_odds = min(HIGHEST, pair.across)
        lead = max(0.0, own_odds - rivals[1])
        found.append((own_odds, rivals[1], rivals[0], lead, support if support > LOWEST else own_odds))
    return found


def _copies(pairs: Sequence[PairOdds]) -> Mapping[int, set[int]]:
    """The courses of the same language that are rather the same course than not, by row."""
    found: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.across is None and pair.within is not None and pair.within > 0:
            found[pair.first].add(pair.second)
            found[pair.second].add(pair.first)
    return found


def _places(pairs: Sequence[PairOdds], languages: Sequence[str]) -> _Places:
    """What each course could be the twin of in each language, the likeliest first."""
    found: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for pair in pairs:
        if pair.across is not None and pair.across > LOWEST:
            found[pair.first, languages[pair.second]].append((min(HIGHEST, pair.across), pair.second))
            found[pair.second, languages[pair.first]].append((min(HIGHEST, pair.across), pair.first))
    for others in found.values():
        others.sort(reverse=True)
    return found


def _rival(one: int, other: int, places: _Places, copies: Mapping[int, set[int]], languages: Sequence[str]) -> float:
    """The log odds of the likeliest twin of `one` in the language of `other` that is neither `other` nor its copy."""
    allied = copies.get(other, set())
    candidates = places.get((one, languages[other]), ())
    return next((odds for odds, row in candidates if row != other and row not in allied), LOWEST)


def _supports(
    sides: tuple[tuple[int, int], ...], copies: Mapping[int, set[int]], own: Mapping[tuple[int, int], float]
) -> Iterator[float]:
    for one, other in sides:
        for copy in copies.get(one, ()):
            yield own.get((min(copy, other), max(copy, other)), LOWEST)
