"""Check a path without the planner, and say what could replace one of its steps.

Nothing here uses the planner's code: levels are followed course by course, so that a fault in the planner's reduction
to a covering problem cannot hide in its own check.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from synchromesh.engine.planning.problem import Close, Offer, Path, PathRequest, Teaching, Unreachable

MOST_ALTERNATIVES = 5


class _Claim(NamedTuple):
    """What a path says that a course closes."""

    offer: Offer
    close: Close


def check_path(request: PathRequest, path: Path) -> list[str]:
    """Return what is wrong with `path` as an answer to `request`, in full sentences; an empty list if nothing is.

    Checks that every step may be taken and closes what it says, that everything reachable is closed and the rest is
    named, and that the sums are right. Does not check that the path is the cheapest, only that its bound is not above
    its cost.
    """
    offers = {offer.slug: offer for offer in request.offers}
    slugs = [step.slug for step in path.steps]
    strangers = [f"'{slug}' is not among the offers." for slug in slugs if slug not in offers]
    if strangers:
        return strangers
    return [
        *_check_choice(request, slugs),
        *_check_climb(request, path, offers),
        *_check_unreachable(request, path),
        *_check_sums(request, path, [offers[slug] for slug in slugs]),
    ]


def alternatives(request: PathRequest, path: Path, slug: str) -> tuple[str, ...]:
    """Return up to five courses that could replace the step `slug` in place, best first.

    Such a course crosses every boundary that only this step crosses, so the other steps stay as they are. Courses of
    unknown price or workload come after known ones, then the cheaper, then by slug. A required step has none.
    """
    steps = {step.slug for step in path.steps}
    if slug not in steps or slug in request.required:
        return ()
    goals = _goals(request)
    crossed_by = {offer.slug: _crossed(offer, goals) for offer in request.offers if offer.slug not in request.excluded}
    by_others = {place for other in steps - {slug} for place in crossed_by[other]}
    lost = crossed_by[slug] - by_others
    fitting = [
        offer for offer in request.offers if offer.slug not in steps and lost <= crossed_by.get(offer.slug, frozenset())
    ]
    if not lost:
        return ()
    ordered = sorted(fitting, key=lambda offer: (_is_unknown(offer), _units(request, offer), offer.slug))
    return tuple(offer.slug for offer in ordered[:MOST_ALTERNATIVES])


def _entry(teaching: Teaching) -> int:
    return teaching.entry if teaching.entry is not None else teaching.level - 1


def _is_unknown(offer: Offer) -> bool:
    return None in (offer.price_cents, offer.minutes)


def _units(request: PathRequest, offer: Offer) -> int:
    """Return the known cost in 1/6000 EUR."""
    return (offer.price_cents or 0) * 60 + request.hour_value_cents * (offer.minutes or 0)


def _goals(request: PathRequest) -> dict[str, tuple[int, int]]:
    """Return how far each skill with a gap can be brought: skill to (level now, highest level that can be reached).

    Takes every course that is not excluded, again and again, until no level rises.
    """
    levels = {need.skill: need.have for need in request.needs}
    teachings = [t for offer in request.offers if offer.slug not in request.excluded for t in offer.teaches]
    before = None
    while before != levels:
        before = dict(levels)
        for teaching in teachings:
            if teaching.skill in levels and _entry(teaching) <= levels[teaching.skill]:
                levels[teaching.skill] = max(levels[teaching.skill], teaching.level)
    return {
        need.skill: (need.have, min(need.need, levels[need.skill])) for need in request.needs if need.have < need.need
    }


def _crossed(offer: Offer, goals: dict[str, tuple[int, int]]) -> frozenset[tuple[str, int]]:
    return frozenset(
        (teaching.skill, level)
        for teaching in offer.teaches
        if teaching.skill in goals
        for level in range(goals[teaching.skill][0] + 1, goals[teaching.skill][1] + 1)
        if _entry(teaching) < level <= teaching.level
    )


def _check_choice(request: PathRequest, slugs: Sequence[str]) -> Iterable[str]:
    known = {offer.slug for offer in request.offers}
    for slug in sorted(set(slugs)):
        if slugs.count(slug) > 1:
            yield f"'{slug}' is taken twice."
        if slug in request.excluded:
            yield f"'{slug}' is excluded."
    for slug in sorted((request.required & known) - request.excluded - set(slugs)):
        yield f"'{slug}' is required and missing."


def _check_unreachable(request: PathRequest, path: Path) -> Iterable[str]:
    needed = {need.skill: need.need for need in request.needs}
    expected = {
        Unreachable(skill=skill, level=level)
        for skill, (_, reachable) in _goals(request).items()
        for level in range(reachable + 1, needed[skill] + 1)
    }
    if set(path.unreachable) != expected or len(path.unreachable) != len(expected):
        yield f"The unreachable levels are {sorted((item.skill, item.level) for item in expected)}."


def _check_sums(request: PathRequest, path: Path, chosen: Sequence[Offer]) -> Iterable[str]:
    if path.minutes != sum(offer.minutes for offer in chosen if offer.minutes is not None):
        yield "The minutes are not the sum of the steps."
    if path.price_cents != sum(offer.price_cents for offer in chosen if offer.price_cents is not None):
        yield "The price is not the sum of the steps."
    if path.at_least != any(_is_unknown(offer) for offer in chosen):
        yield "'At least' must be said when, and only when, a price or workload is unknown."
    cost = sum(_units(request, offer) for offer in chosen) / 6000
    if not math.isclose(path.objective, cost, abs_tol=1e-6):
        yield f"The objective is {cost}, not {path.objective}."
    if path.bound > path.objective + 1e-6 or (path.proved and path.bound < path.objective - 1e-6):
        yield "The bound does not fit the objective."


def _check_climb(request: PathRequest, path: Path, offers: dict[str, Offer]) -> Iterable[str]:
    """Follow the levels step by step and compare with what each step says that it closes.

    A claim may wait for a later step only where the courses need each other, that is where no later course could go
    first with all that it gives.
    """
    goals = _goals(request)
    levels = {skill: have for skill, (have, _) in goals.items()}
    waiting: list[_Claim] = []
    for place, step in enumerate(path.steps):
        before = dict(levels)
        waiting += [_Claim(offers[step.slug], close) for close in step.closes]
        waiting = _climb(waiting, goals, levels)
        if not step.closes and step.slug not in request.required:
            yield f"'{step.slug}' closes nothing and is not required."
        if any(_lift(offers[step.slug], skill, level, goals) > level for skill, level in levels.items()):
            yield f"'{step.slug}' closes more than it says."
        late = any(claim.offer.slug == step.slug for claim in waiting)
        if late and any(_gives_all_now(offers[later.slug], before, goals) for later in path.steps[place + 1 :]):
            yield f"'{step.slug}' comes before a course that it builds on."
    for offer, close in waiting:
        yield f"'{offer.slug}' does not raise {close.skill} from {close.from_level} to {close.to_level}."
    for skill, (_, goal) in goals.items():
        if levels[skill] != goal:
            yield f"The path leaves {skill} at {levels[skill]}, but {goal} can be reached."


def _lift(offer: Offer, skill: str, level: int, goals: dict[str, tuple[int, int]]) -> int:
    """Return the level of `skill` after following `offer` from `level`, no higher than the goal."""
    for teaching in sorted(offer.teaches, key=_entry):
        if teaching.skill == skill and _entry(teaching) <= level:
            level = max(level, min(teaching.level, goals[skill][1]))
    return level


def _climb(waiting: list[_Claim], goals: dict[str, tuple[int, int]], levels: dict[str, int]) -> list[_Claim]:
    """Raise `levels` by every claim that holds, as long as one does; return the claims that are left."""
    moved = True
    while moved:
        moved = False
        for claim in list(waiting):
            skill, start, end = claim.close.skill, claim.close.from_level, claim.close.to_level
            if levels.get(skill) == start < end == _lift(claim.offer, skill, start, goals):
                levels[skill] = end
                waiting = [other for other in waiting if other is not claim]
                moved = True
    return waiting


def _gives_all_now(offer: Offer, levels: dict[str, int], goals: dict[str, tuple[int, int]]) -> bool:
    """Tell whether `offer` raises something from `levels` and would raise nothing more if taken later."""
    lifted = {skill: _lift(offer, skill, level, goals) for skill, level in levels.items()}
    tops = [
        (teaching.skill, min(teaching.level, goals[teaching.skill][1]))
        for teaching in offer.teaches
        if teaching.skill in goals and _entry(teaching) < goals[teaching.skill][1]
    ]
    return lifted != levels and all(top <= lifted[skill] for skill, top in tops)
