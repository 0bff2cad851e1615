"""How much of an order is right: the most things that stand in the right order among themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_run(places: Sequence[int]) -> tuple[int, ...]:
    """The positions of a longest rising subsequence of different numbers, in n log n steps.

    Source: Fredman 1975, On computing the length of longest increasing subsequences (Discrete Mathematics 11).
    """
    ends: list[int] = []  # the least number with which a run of each length can end
    holders: list[int] = []  # where that number stands
    before: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        holders[length : length + 1] = [position]
    run: list[int] = []
    position = holders[-1] if holders else -1
    while position >= 0:
        run.append(position)
        position = before[position]
    return tuple(reversed(run))
