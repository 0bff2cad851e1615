"""Wishes added up, and what of the counts may be shown to everybody. Pure: no question to the database.

A small number can point to a person: somebody in a small place who looks for a rare thing in a rare language. So a
count below a threshold is first joined with its like: without the region, then without the language. What is still
small is shown as "fewer than ..." without any detail, or left out, and words that somebody typed are left out until
more people have used them. No two published numbers differ by a small part that was held back, since each wish is in
one row only, and parts of a row are shown only if all of them are large.
Source of the method (threshold rule, coarsening and secondary suppression): A. Hundepool et al., "Statistical
Disclosure Control", Wiley 2012, chapters 4 and 5, https://doi.org/10.1002/9781118348239
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeAlias

_LETTERS_ONLY = 3
"""Shorter words say nothing to anybody."""


class Wish(NamedTuple):
    """What is wanted: a skill (by row) at a level (None: any), or else words. Language and region: empty is any.

    A tuple, since a year of a large site has tens of thousands of them, each a key several times.
    """

    skill: int | None = None
    level: int | None = None
    words: str = ""
    language: str = ""
    region: int | None = None


WishRow: TypeAlias = tuple[Wish, str, int, date]
"""What was wished for, the origin of the wish, how often, and when last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishCount:
    """How often something is wanted, in all and by origin, and when last.

    `times` is None where it is small and the reader may not know it; then nothing else is said either. `by_origin` is
    empty where a part of it is small.
    """

    wish: Wish
    times: int | None
    origins: tuple[str, ...] = ()
    by_origin: Mapping[str, int] = field(default_factory=dict)
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From how many wishes on a count is shown to everybody, from how many on typed words are.

    With `name_few` a skill with fewer wishes is named without a number; else it is left out.
    """

    count: int = 5
    words: int = 10
    name_few: bool = True


def add_up(rows: Iterable[WishRow]) -> list[WishCount]:
    """Add wishes up, each with its origin, how often and when last. Ordered by nothing."""
    parts: dict[Wish, dict[str, int]] = {}
    last: dict[Wish, date] = {}
    for wish, origin, times, on in rows:
        own = parts.setdefault(wish, {})
        own[origin] = own.get(origin, 0) + times
        last[wish] = max(on, last.get(wish, on))
    return [
        WishCount(
            wish=wish,
            times=sum(own.values()),
            origins=tuple(sorted(own)),
            by_origin=dict(sorted(own.items())),
            last_on=last[wish],
        )
        for wish, own in parts.items()
    ]


def leave_out_rare_words(rows: Sequence[WishRow], limits: Thresholds) -> list[WishRow]:
    """The rows without words that would be held back whatever is joined; it saves adding up most of them."""
    sums: dict[str, int] = {}
    for wish, _, times, _ in rows:
        if wish.skill is None:
            sums[wish.words] = sums.get(wish.words, 0) + times
    least = _least(Wish(), limits)
    told = {words for words, times in sums.items() if times >= least and may_be_quoted(words)}
    return [row for row in rows if row[0].skill is not None or row[0].words in told]


def hold_back_small(counts: Iterable[WishCount], limits: Thresholds) -> list[WishCount]:
    """What everybody may see of the counts: small ones joined, then named without a number or left out."""
    cells = list(counts)
    for emptied in ({"region": None}, {"language": "", "region": None}):
        cells = _join_small(cells, emptied, limits)
    shown = (_shown(cell, limits) for cell in cells)
    return [cell for cell in shown if cell is not None]


def _join_small(cells: list[WishCount], emptied: Mapping[str, Any], limits: Thresholds) -> list[WishCount]:
    """Join small cells that differ only in what is `emptied`, and the cell in which it is empty already."""
    small = [cell for cell in cells if (cell.times or 0) < _least(cell.wish, limits)]
    names = {cell.wish: cell.wish._replace(**emptied) for cell in small}
    # A large cell of the same name takes the small ones in, so that no wish is in two rows of one name.
    taken = set(names.values())
    joined = [cell for cell in cells if cell.wish in names or cell.wish in taken]
    merged = [
        (names.get(cell.wish, cell.wish), origin, times, cell.last_on or date.min)
        for cell in joined
        for origin, times in cell.by_origin.items()
    ]
    return [*(cell for cell in cells if cell.wish not in names and cell.wish not in taken), *add_up(merged)]


def _shown(cell: WishCount, limits: Thresholds) -> WishCount | None:
    times = cell.times or 0
    is_small = times < _least(cell.wish, limits)
    if cell.wish.skill is None and (is_small or not may_be_quoted(cell.wish.words)):
        return None
    if is_small:
        return WishCount(wish=cell.wish, times=None) if limits.name_few else None
    apart = all(part >= limits.count for part in cell.by_origin.values())
    return replace(cell, by_origin=cell.by_origin if apart else {})


def _least(wish: Wish, limits: Thresholds) -> int:
    return limits.count if wish.skill is not None else max(limits.count, limits.words)


def may_be_quoted(words: str) -> bool:
    """Whether typed words may be shown to everybody: no digit and no @, which stand in numbers and addresses."""
    return len(words) >= _LETTERS_ONLY and "@" not in words and not any(letter.isdigit() for letter in words)
