"""What a choice among the values of filters means, for one document and for the names that are counted."""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.search.contract import Document, Wanted

KIND, LANGUAGE = "kind", "language"
"""Filters that every document has."""


def choices_of(wanted: Wanted) -> dict[str, frozenset[str]]:
    """The values chosen, by filter; kinds are a choice like any other, and a filter without a value is none."""
    chosen = {name: frozenset(values) for name, values in wanted.chosen.items() if values}
    if wanted.kinds:
        chosen[KIND] = chosen.get(KIND, frozenset(wanted.kinds)) & frozenset(wanted.kinds)
    return chosen


def is_counted(name: str, wanted: Wanted) -> bool:
    """Whether the values of a filter are counted."""
    return wanted.counted is None or name in wanted.counted


def always_counted(wanted: Wanted) -> tuple[str, ...]:
    """The filters that stand in the answer even where nothing matches."""
    return (KIND, LANGUAGE, *wanted.bands) if wanted.counted is None else wanted.counted


def is_within(numbers: Mapping[str, int], wanted: Wanted) -> bool:
    """Whether the numbers of a document lie in all ranges that must hold."""
    return all(limits.has(numbers.get(name)) for name, limits in wanted.within.items())


def values_of(document: Document, wanted: Wanted) -> dict[str, set[str]]:
    """All values of a document by filter, bands included."""
    values: dict[str, set[str]] = {KIND: {document.kind}}
    for name, value in document.facets:
        values.setdefault(name, set()).add(value)
    for name, bands in wanted.bands.items():
        values[name] = set(bands.values_of(document.numbers.get(bands.number)))
    return values
