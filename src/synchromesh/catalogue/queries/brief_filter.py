"""Choose among what is wanted: filters with counts, and the order of the list. Works on what the reader may see.

Filters come after small numbers were held back, never before: else the difference of two answers would tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from synchromesh.catalogue.queries.briefs import WantedTraining
from synchromesh.plumbing.translated_text import in_language

_VALUES: Mapping[str, Callable[[WantedTraining], Iterable[str]]] = {
    "field": lambda row: [topic.slug for topic in row.skill.topics.all()] if row.skill else [],
    "skill": lambda row: [row.skill.slug] if row.skill else [],
    "level": lambda row: [str(row.level)] if row.level else [],
    "language": lambda row: [row.language] if row.language else [],
    "region": lambda row: [row.region.code] if row.region else [],
    "origin": lambda row: row.origins,
}
GROUPS = tuple(_VALUES)
ORDERS = ("times", "title", "latest")
"""Most wanted first; by name; last wished first, as far as the reader may know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFilter:
    """Values inside a group are alternatives, groups add up. A region stands for its parts too (DE for DE1)."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "times"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """The rows that fit, and how many rows each value of a group would give with its own choice left out."""

    rows: list[WantedTraining]
    counts: dict[str, list[tuple[str, int]]]


def read_wanted_filter(values: Mapping[str, Sequence[str]]) -> WantedFilter:
    """The filter that an address asks for; what is unknown is passed over."""
    chosen = {group: tuple(dict.fromkeys(filter(None, values.get(group, ()))))[:20] for group in GROUPS}
    order = next(iter(values.get("order", ())), "")
    return WantedFilter(
        chosen={group: found for group, found in chosen.items() if found}, order=order if order in ORDERS else "times"
    )


def choose_wanted(rows: Sequence[WantedTraining], wanted: WantedFilter, *, language: str = "en") -> WantedPage:
    """The rows that fit the filter, in its order; `language` is that of the names by which they are ordered."""
    left = {group: [row for row in rows if _fits(row, wanted, but=group)] for group in GROUPS}
    shown = [row for row in rows if _fits(row, wanted)]
    if wanted.order == "title":
        shown.sort(key=lambda row: title_of(row, language).casefold())
    elif wanted.order == "latest":
        shown.sort(key=lambda row: row.last_on.toordinal() if row.last_on else 0, reverse=True)
    return WantedPage(rows=shown, counts={group: _count(found, group) for group, found in left.items()})


def title_of(row: WantedTraining, language: str) -> str:
    """The name of the skill in a language, else the words."""
    return in_language(row.skill.titles, language).text if row.skill else row.words


def _fits(row: WantedTraining, wanted: WantedFilter, but: str = "") -> bool:
    return all(
        any(_is(group, value, asked) for value in _VALUES[group](row) for asked in values)
        for group, values in wanted.chosen.items()
        if group != but
    )


def _is(group: str, value: str, asked: str) -> bool:
    return value.startswith(asked) if group == "region" else value == asked


def _count(rows: Iterable[WantedTraining], group: str) -> list[tuple[str, int]]:
    counter = Counter(value for row in rows for value in set(_VALUES[group](row)))
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
