"""The definition of the best path, tried out on every subset of the offers; slow, plain, and not the planner's code."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from synchromesh.engine.planning.problem import Need, Offer, Path, PathRequest, Teaching

Key = tuple[int, int, int, list[str]]


def need(skill: str, have: int, needed: int) -> Need:
    return Need(skill=skill, have=have, need=needed)


def offer(slug: str, *teaches: tuple[str, int | None, int], price: int | None = 0, minutes: int | None = 0) -> Offer:
    """Make an offer; each of `teaches` is (skill, entry, level), `price` is in EUR."""
    return Offer(
        slug=slug,
        price_cents=None if price is None else price * 100,
        minutes=minutes,
        teaches=tuple(Teaching(skill=skill, entry=entry, level=level) for skill, entry, level in teaches),
    )


def ask(
    needs: Sequence[Need], offers: Sequence[Offer], *, required: Iterable[str] = (), excluded: Iterable[str] = ()
) -> PathRequest:
    return PathRequest(
        needs=tuple(needs), offers=tuple(offers), required=frozenset(required), excluded=frozenset(excluded)
    )


def slugs(path: Path) -> list[str]:
    return [step.slug for step in path.steps]


def key(request: PathRequest, chosen: Iterable[str]) -> Key:
    """Return the four criteria of a choice of courses, in their order."""
    taken = [one for one in request.offers if one.slug in set(chosen)]
    return (
        sum(one.price_cents is None or one.minutes is None for one in taken),
        sum(60 * (one.price_cents or 0) + (one.minutes or 0) * request.hour_value_cents for one in taken),
        len(taken),
        sorted(one.slug for one in taken),
    )


def best_key(request: PathRequest) -> Key:
    """Return the criteria of the best choice by looking at every choice that closes all that can be closed."""
    allowed = [one for one in request.offers if one.slug not in request.excluded]
    forced = {one.slug for one in allowed if one.slug in request.required}
    goal = levels_after(request, allowed)
    return min(
        key(request, [one.slug for one in choice])
        for size in range(len(allowed) + 1)
        for choice in itertools.combinations(allowed, size)
        if forced <= {one.slug for one in choice} and levels_after(request, choice) == goal
    )


def levels_after(request: PathRequest, courses: Iterable[Offer]) -> dict[str, int]:
    """Return the level reached in each skill of the gap, at most the level needed."""
    levels = {one.skill: one.have for one in request.needs}
    teachings = [teaching for course in courses for teaching in course.teaches if teaching.skill in levels]
    for _ in range(len(teachings)):
        for teaching in teachings:
            entry = teaching.level - 1 if teaching.entry is None else teaching.entry
            if entry <= levels[teaching.skill]:
                levels[teaching.skill] = max(levels[teaching.skill], teaching.level)
    return {one.skill: min(levels[one.skill], max(one.need, one.have)) for one in request.needs}


_SKILLS = st.sampled_from(("x", "y", "z"))
_TEACHINGS = st.builds(
    Teaching, skill=_SKILLS, entry=st.none() | st.integers(min_value=0, max_value=3), level=st.integers(0, 3)
)
_PRICES = st.sampled_from((0, 0, 100, 100, 200, 19_999, None))
_MINUTES = st.sampled_from((0, 0, 60, 60, 725, None))


@st.composite
def requests(draw: st.DrawFn, *, most_offers: int = 8) -> PathRequest:
    """Draw small requests with many ties, unknown values, required and excluded courses."""
    offers = [
        Offer(
            slug=f"c{number}",
            price_cents=draw(_PRICES),
            minutes=draw(_MINUTES),
            teaches=tuple(draw(st.lists(_TEACHINGS, max_size=3))),
        )
        for number in range(draw(st.integers(0, most_offers)))
    ]
    some = st.frozensets(st.sampled_from([*(one.slug for one in offers), "nobody-offers-this"]), max_size=2)
    return PathRequest(
        needs=tuple(
            Need(skill=skill, have=draw(st.integers(0, 2)), need=draw(st.integers(0, 3)))
            for skill in draw(st.sets(_SKILLS))
        ),
        offers=tuple(draw(st.permutations(offers))),
        hour_value_cents=draw(st.sampled_from((0, 60, 1999, 2000))),
        required=draw(some),
        excluded=draw(some),
    )
