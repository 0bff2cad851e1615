"""Count over an open index of tantivy: the values of each filter with its own choice left aside, in few passes.

All filters without a choice share one pass over what fits; each filter with a choice takes one pass of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import tantivy
from tantivy import Query

from synchromesh.search.backends import _tantivy_queries as queries
from synchromesh.search.backends._tantivy_rows import Layout
from synchromesh.search.contract import Bands, Wanted, sorted_counts
from synchromesh.search.filtering import KIND, always_counted, is_counted

# Far above the number of values of any filter, so that every count is exact.
_VALUES = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many match, and how many of them have which values."""

    total: int
    filters: dict[str, dict[str, int]]
    without: dict[str, int]


@dataclass(slots=True, kw_only=True)
class Counting:
    """One count of what is wanted."""

    searcher: tantivy.Searcher
    layout: Layout
    wanted: Wanted
    _choices: dict[str, Query] = field(init=False)
    _within: list[Query] = field(init=False)

    def __post_init__(self) -> None:
        self._choices = queries.choice_queries(self.wanted, self.layout)
        self._within = queries.within_queries(self.wanted, self.layout)

    def conditions(self) -> list[Query]:
        """Everything that must hold beside the words."""
        return [*self._choices.values(), *self._within]

    def count(self, matching: Query) -> Counted:
        """Count what matches the words or their meaning."""
        counts: dict[str, dict[str, int]] = {name: {} for name in always_counted(self.wanted)}
        names = {*counts, *(self.layout.filters if self.wanted.counted is None else ())}
        total, of_all = self._values(queries.every([matching, *self.conditions()]), names - set(self._choices))
        counts |= of_all
        without = {}
        for name in self._choices:
            if name in self.wanted.chosen or is_counted(name, self.wanted):
                others = [query for other, query in self._choices.items() if other != name]
                own = {name} if is_counted(name, self.wanted) else set()
                n, of_own = self._values(queries.every([matching, *others, *self._within]), own)
                counts |= of_own
                if name in self.wanted.chosen:
                    without[name] = n
        kept = {name: sorted_counts(values) for name, values in sorted(counts.items())}
        always = always_counted(self.wanted)
        filters = {name: values for name, values in kept.items() if values or name in always}
        return Counted(total=total, filters=filters, without=without)

    def _values(self, query: Query, names: Iterable[str]) -> tuple[int, dict[str, dict[str, int]]]:
        """How many match, and for each filter how many have which value."""
        asked: dict[str, dict[str, Any]] = {KIND: _terms_of(KIND)}
        for name in names:
            if name in self.wanted.bands:
                asked |= self._bands_asked(name, self.wanted.bands[name])
            elif name in self.layout.filters:
                asked[name] = _terms_of(name)
        answer: dict[str, Any] = self.searcher.aggregate(query, asked)
        total = sum(bucket["doc_count"] for bucket in answer[KIND]["buckets"])
        found = {}
        for name in names:
            if name in self.wanted.bands:
                found[name] = _in_bands(self.wanted.bands[name], answer.get(name), total)
            elif name in asked:
                found[name] = {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
        return total, found

    def _bands_asked(self, name: str, bands: Bands) -> dict[str, dict[str, Any]]:
        """Ranges that do not overlap, from each limit of a band to the next: tantivy takes no others."""
        field = self.layout.number_field(bands.number)
        if field is None:
            return {}
        cuts = _cuts(bands)
        ranges = [{"from": float(one), "to": float(other)} for one, other in itertools.pairwise(cuts)]
        return {name: {"range": {"field": field, "ranges": ranges or [{"to": float(cuts[0])}]}}}


def _terms_of(name: str) -> dict[str, Any]:
    return {"terms": {"field": f"filter.{name}", "size": _VALUES, "segment_size": _VALUES}}


def _cuts(bands: Bands) -> list[int]:
    """Where bands begin and end, in order."""
    least = {band.least for band in bands.ranges.values() if band.least is not None}
    after = {band.most + 1 for band in bands.ranges.values() if band.most is not None}
    return sorted(least | after) or [0]


def _in_bands(bands: Bands, answer: dict[str, Any] | None, total: int) -> dict[str, int]:
    """The counts of the bands from those of the ranges between their limits."""
    buckets = answer["buckets"] if answer else []
    counts = {
        value: sum(bucket["doc_count"] for bucket in buckets if _lies_in(bucket, band.least, band.most))
        for value, band in bands.ranges.items()
    }
    if bands.unknown is not None:
        counts[bands.unknown] = total - sum(bucket["doc_count"] for bucket in buckets)
    return counts


def _lies_in(bucket: dict[str, Any], least: int | None, most: int | None) -> bool:
    """Whether a range between two limits lies in the band, no limit being None."""
    start, end = bucket.get("from"), bucket.get("to")
    starts = least is None or (start is not None and start >= least)
    ends = most is None or (end is not None and end <= most + 1)
    return starts and ends
