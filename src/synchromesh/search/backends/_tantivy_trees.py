"""Counts with choices as their levels, as one request to tantivy, and what its answer says.

To count a filter with its own choice left aside all other choices must hold. With the choices a, b, c and d, first a
and b are held, and below them c and d are each counted while the other is held; then c and d are held, and below them a
and b are counted. So no document goes through more levels than there are choices, and half of them are shared.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from synchromesh.search.backends._tantivy_rows import Layout
from synchromesh.search.contract import Bands, Wanted
from synchromesh.search.filtering import KIND, is_counted

# Far above the number of values of any filter, so that every count is exact.
_VALUES = 60_000
# No filter has a colon in its name.
_HELD, _ALL = "held:", ":all"
_OTHERS = ":others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A choice as a level: what to ask for, and where the bucket starts that has what fits (None: at no number)."""

    asked: dict[str, Any]
    start: float | None = None
    end: float | None = None

    def bucket(self, answer: dict[str, Any]) -> dict[str, Any] | None:
        """What fits, of the buckets of an answer."""
        for bucket in answer["buckets"]:
            if bucket.get("from") == self.start and bucket.get("to") == self.end:
                return dict(bucket)
        return None


@dataclass(slots=True, kw_only=True)
class Tallied:
    """How many fit all choices, the counts of values by filter, and how many there are without each choice."""

    total: int = 0
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def held_value(name: str, value: str, layout: Layout) -> Held | None:
    """The choice of one value; None where no document has the filter."""
    if name not in layout.filters:
        return None
    return Held(asked={"terms": {"field": f"filter.{name}", "include": [value], "size": 1, "segment_size": 1}})


def held_band(bands: Bands, value: str, layout: Layout) -> Held | None:
    """The choice of one band; None where it is none of a known number with a limit, or takes in what has none."""
    number, limits = layout.number_field(bands.number), bands.ranges.get(value)
    if number is None or limits is None or value == bands.unknown:
        return None
    start = None if limits.least is None else float(limits.least)
    end = None if limits.most is None else float(limits.most + 1)
    if (start is None and end is None) or (start is not None and end is not None and start >= end):
        return None
    limited = {name: limit for name, limit in (("from", start), ("to", end)) if limit is not None}
    return Held(asked={"range": {"field": number, "ranges": [limited]}}, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What one pass counts: each of `held` with its own choice left aside, and `others` while all hold."""

    wanted: Wanted
    layout: Layout
    held: dict[str, Held]
    others: Sequence[str]

    def asked(self) -> dict[str, Any]:
        """The request."""
        return self._asked([*self.held, _OTHERS]) | {_ALL: _terms_of(KIND)}

    def read(self, answer: dict[str, Any]) -> Tallied:
        """What the answer to it says."""
        tallied = Tallied()
        total = sum(bucket["doc_count"] for bucket in answer[_ALL]["buckets"])
        self._read([*self.held, _OTHERS], answer, total, tallied)
        return tallied

    def _asked(self, names: list[str]) -> dict[str, Any]:
        if len(names) == 1:
            counted = self.others if names == [_OTHERS] else [name for name in names if is_counted(name, self.wanted)]
            return {name: asked for name in counted if (asked := self._values_asked(name))}
        left, right = _halves(names)
        return self._below(right, self._asked(left)) | self._below(left, self._asked(right))

    def _below(self, names: list[str], asked: dict[str, Any]) -> dict[str, Any]:
        """Ask it of what fits the choices of `names`, the last of which is the outermost level."""
        for name in names:
            if name != _OTHERS:
                asked = {_HELD + name: self.held[name].asked | {"aggs": asked}}
        return asked

    def _read(self, names: list[str], answer: dict[str, Any], total: int, tallied: Tallied) -> None:
        if len(names) == 1:
            self._read_values(names[0], answer, total, tallied)
            return
        left, right = _halves(names)
        for inside, holding in ((left, right), (right, left)):
            self._read(inside, *self._enter(holding, answer, total), tallied)

    def _enter(self, names: list[str], answer: dict[str, Any], total: int) -> tuple[dict[str, Any], int]:
        """Go down to what fits the choices of `names`; returns the answer there and how many fit."""
        for name in reversed(names):
            if name == _OTHERS:
                continue
            found = self.held[name].bucket(answer[_HELD + name]) if answer else None
            answer, total = (found, found["doc_count"]) if found else ({}, 0)
        return answer, total

    def _read_values(self, name: str, answer: dict[str, Any], total: int, tallied: Tallied) -> None:
        if name == _OTHERS:
            tallied.total = total
            counted: Sequence[str] = self.others
        else:
            tallied.without[name] = total
            counted = [name] if is_counted(name, self.wanted) else []
        for other in counted:
            bands, found = self.wanted.bands.get(other), answer.get(other)
            if bands is not None:
                tallied.values[other] = _in_bands(bands, found, total)
            elif found is not None:
                tallied.values[other] = {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}

    def _values_asked(self, name: str) -> dict[str, Any] | None:
        """The values of a filter, or for bands ranges that do not overlap, from each limit of a band to the next:
        tantivy takes no others."""
        bands = self.wanted.bands.get(name)
        if bands is None:
            return _terms_of(name) if name in self.layout.filters else None
        number = self.layout.number_field(bands.number)
        if number is None:
            return None
        cuts = _cuts(bands)
        ranges = [{"from": float(one), "to": float(other)} for one, other in itertools.pairwise(cuts)]
        return {"range": {"field": number, "ranges": ranges or [{"to": float(cuts[0])}]}}


def _halves(names: list[str]) -> tuple[list[str], list[str]]:
    return names[: len(names) // 2], names[len(names) // 2 :]


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
