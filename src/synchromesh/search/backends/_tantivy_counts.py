"""Count over an open index of tantivy: the values of each filter with its own choice left aside, in few passes.

A pass goes over everything that has the words. Choices of one value do not narrow it: they are levels of the counts
themselves (`Tree`), so that one pass serves them all. A choice of several values cannot be such a level, since a
document that has two of them would count twice; it narrows the pass, and its own values take a pass of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import tantivy
from tantivy import Query

from synchromesh.search.backends import _tantivy_queries as queries
from synchromesh.search.backends._tantivy_rows import Layout
from synchromesh.search.backends._tantivy_trees import Held, Tallied, Tree, held_band, held_value
from synchromesh.search.contract import Wanted, sorted_counts
from synchromesh.search.filtering import always_counted, choices_of, is_counted


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
        levels = self._levels()
        narrowing = {name: query for name, query in self._choices.items() if name not in levels}
        names = {*always_counted(self.wanted), *(self.layout.filters if self.wanted.counted is None else ())}
        found = self._tallied([matching, *narrowing.values()], levels, names - set(self._choices))
        counts = {name: found.values.get(name, {}) for name in always_counted(self.wanted)} | found.values
        without = dict(found.without)
        for name in narrowing:
            if self._is_asked(name):
                others = [query for other, query in self._choices.items() if other != name]
                own = self._tallied([matching, *others], {}, {name} & names)
                counts |= own.values
                without[name] = own.total
        kept = {name: sorted_counts(values) for name, values in sorted(counts.items())}
        always = always_counted(self.wanted)
        return Counted(
            total=found.total,
            filters={name: values for name, values in kept.items() if values or name in always},
            without={name: n for name, n in without.items() if name in self.wanted.chosen},
        )

    def _tallied(self, conditions: list[Query], levels: dict[str, Held], names: set[str]) -> Tallied:
        tree = Tree(wanted=self.wanted, layout=self.layout, held=levels, others=sorted(names))
        return tree.read(self.searcher.aggregate(queries.every([*conditions, *self._within]), tree.asked()))

    def _levels(self) -> dict[str, Held]:
        """The choices that are levels: those of one value, if somebody wants to know what they leave out."""
        found: dict[str, Held] = {}
        for name, values in choices_of(self.wanted).items():
            if len(values) != 1 or not self._is_asked(name):
                continue
            (value,) = values
            bands = self.wanted.bands.get(name)
            if held := held_band(bands, value, self.layout) if bands else held_value(name, value, self.layout):
                found[name] = held
        return found

    def _is_asked(self, name: str) -> bool:
        return name in self.wanted.chosen or is_counted(name, self.wanted)
