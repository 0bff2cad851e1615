"""Put chosen courses in an order in which their entry levels are reached, and say what each one closes.

Taking a course whose useful parts are all ready is always safe: it gives all that it ever could and bars nothing. So
only the moments without such a course need a choice, and there the search tries one course after the other.

Entry levels apply per skill and never bar a whole course. Courses can need each other: A teaches x from 0 and y from 1,
B teaches y from 0 and x from 1. No order serves both, but together they close the gap. Such courses are followed side
by side: the part of a course that waits is closed as soon as its entry level is reached, and named at that course.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synchromesh.engine.planning.problem import Close, Need, Offer, Step, assumed_entry

_TRIES = 500  # for courses that need each other; enough for every order of five, beyond that they go side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a course does in one skill: from any level of at least `entry` up to `top`."""

    skill: str
    entry: int
    top: int


_Parts = Mapping[str, tuple[_Part, ...]]
_Levels = Mapping[str, int]


def arrange(needs: Sequence[Need], reach: Mapping[str, int], offers: Sequence[Offer]) -> tuple[Step, ...]:
    """Return the steps of the chosen `offers` in order; `reach` is the highest reachable level of each skill.

    Ties go by slug. Courses that close nothing come last.
    """
    have = {need.skill: need.have for need in needs if need.skill in reach}
    parts = {offer.slug: _parts(offer, reach) for offer in sorted(offers, key=lambda offer: offer.slug)}
    order = _Orders(parts, reach).find(list(parts), have)
    if order is not None:
        return _walk(order, parts, have)
    return _walk_side_by_side(parts, have)


def _parts(offer: Offer, reach: Mapping[str, int]) -> tuple[_Part, ...]:
    parts = (
        _Part(skill=teaching.skill, entry=assumed_entry(teaching), top=min(teaching.level, reach[teaching.skill]))
        for teaching in offer.teaches
        if teaching.skill in reach
    )
    return tuple(sorted((part for part in parts if part.entry < part.top), key=lambda part: (part.skill, part.entry)))


def _after(parts: Sequence[_Part], levels: _Levels) -> dict[str, int]:
    """Return the levels after a course; its parts in one skill build on each other."""
    reached = dict(levels)
    for part in parts:
        if part.entry <= reached[part.skill] < part.top:
            reached[part.skill] = part.top
    return reached


def _waits(parts: Sequence[_Part], levels: _Levels) -> bool:
    """Tell whether a part of the course would still be of use once its entry level is reached."""
    reached = _after(parts, levels)
    return any(part.top > reached[part.skill] for part in parts)


class _Orders:
    """Search for an order in which every course closes its share at its own step."""

    def __init__(self, parts: _Parts, reach: _Levels) -> None:
        self._parts = parts
        self._reach = reach
        self._tries_left = _TRIES

    def find(self, remaining: Sequence[str], levels: _Levels) -> list[str] | None:
        """Return an order of `remaining` that reaches everything from `levels`, or None if none was found."""
        taken: list[str] = []
        left = list(remaining)
        while ready := self._first_ready(left, levels):
            taken.append(ready)
            left.remove(ready)
            levels = _after(self._parts[ready], levels)
        if levels == self._reach:
            return taken + left
        for slug in left:
            after = _after(self._parts[slug], levels)
            if after == levels or self._tries_left <= 0:
                continue
            self._tries_left -= 1
            rest = self.find([other for other in left if other != slug], after)
            if rest is not None:
                return [*taken, slug, *rest]
        return None

    def _first_ready(self, slugs: Sequence[str], levels: _Levels) -> str | None:
        """Return the first course that closes something now and nothing later."""
        for slug in slugs:
            parts = self._parts[slug]
            if _after(parts, levels) != levels and not _waits(parts, levels):
                return slug
        return None


def _closes(before: _Levels, after: _Levels) -> list[Close]:
    return [
        Close(skill=skill, from_level=before[skill], to_level=after[skill])
        for skill in sorted(before)
        if after[skill] > before[skill]
    ]


def _walk(order: Sequence[str], parts: _Parts, levels: _Levels) -> tuple[Step, ...]:
    steps = []
    for slug in order:
        after = _after(parts[slug], levels)
        steps.append(Step(slug=slug, closes=tuple(_closes(levels, after))))
        levels = after
    return tuple(steps)


def _walk_side_by_side(parts: _Parts, levels: _Levels) -> tuple[Step, ...]:
    """Take ready courses first, else the first that closes something; let waiting parts close when they can."""
    left = list(parts)
    closes: dict[str, list[Close]] = {}
    while left:
        useful = [slug for slug in left if _after(parts[slug], levels) != levels]
        ready = [slug for slug in useful if not _waits(parts[slug], levels)]
        taken = (ready or useful or left)[0]
        left.remove(taken)
        closes[taken] = []
        levels = _settle(closes, parts, levels)
    return tuple(Step(slug=slug, closes=tuple(found)) for slug, found in closes.items())


def _settle(closes: Mapping[str, list[Close]], parts: _Parts, levels: _Levels) -> _Levels:
    """Let the courses taken so far close what they can, adding to `closes`; return the levels reached."""
    moved = True
    while moved:
        moved = False
        for slug in closes:
            after = _after(parts[slug], levels)
            if after != levels:
                closes[slug].extend(_closes(levels, after))
                levels, moved = after, True
    return levels
