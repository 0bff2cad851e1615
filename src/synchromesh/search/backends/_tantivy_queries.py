"""What is wanted as queries of tantivy. They are built from values: no text is ever parsed as a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import tantivy
from tantivy import FieldType, Occur, Query

from synchromesh.search.backends._tantivy_rows import SCHEMA, Layout
from synchromesh.search.contract import Bands, Range, Wanted
from synchromesh.search.filtering import choices_of
from synchromesh.search.ranking import COMMON, FURTHER_MEANINGS, MEANT_AS_WELL, TEXT, Clause, Match, clauses

_LEAST, _MOST = -(2**63), 2**63 - 1
_MANY_TERMS = frozenset((Match.PREFIX, Match.NEAR))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsQuery:
    """Every word must match in one of its ways; without words everything matches.

    `deciding` has only the ways that decide and no score worth the name: it is for counts.
    """

    scored: Query
    deciding: Query


def words_query(wanted: Wanted, layout: Layout, searcher: tantivy.Searcher) -> WordsQuery:
    """The words of the query."""
    if not wanted.words:
        return WordsQuery(scored=Query.all_query(), deciding=Query.all_query())
    frequency = cache(searcher.doc_freq)

    def is_common(terms: Sequence[str]) -> bool:
        return sum(frequency(TEXT, term) for term in terms) >= COMMON

    scored, deciding = [], []
    for ways in clauses(wanted, layout.languages, is_common):
        found = [(clause.decides, _clause_query(clause)) for clause in ways if _is_there(clause, frequency)]
        scored.append(_either_of([query for _decides, query in found]))
        deciding.append(_either_of([query for decides, query in found if decides]))
    return WordsQuery(scored=every(scored), deciding=every(deciding))


def meaning_query(wanted: Wanted, layout: Layout) -> Query:
    """What has one of the values that stand for the meaning, scored as in `ranking.meaning_score`."""
    ways = [
        Query.const_score_query(Query.term_query(SCHEMA, f"filter.{name}", value, "basic"), weight)
        for (name, value), weight in wanted.meant.items()
        if name in layout.filters
    ]
    return Query.disjunction_max_query(ways, FURTHER_MEANINGS) if ways else Query.empty_query()


def with_meaning(words: Query, meant: Query) -> Query:
    """What has the words; what is meant as well earns more."""
    return Query.boolean_query([(Occur.Must, words), (Occur.Should, Query.boost_query(meant, MEANT_AS_WELL))])


def choice_queries(wanted: Wanted, layout: Layout) -> dict[str, Query]:
    """For each filter with a choice the query for it, without a score."""
    return {
        name: _unscored(_band_query(wanted.bands[name], values, layout))
        if name in wanted.bands
        else _unscored(_values_query(name, sorted(values), layout))
        for name, values in choices_of(wanted).items()
    }


def within_queries(wanted: Wanted, layout: Layout) -> list[Query]:
    """The queries for the ranges that must hold, without a score."""
    return [_unscored(range_query(name, limits, layout)) for name, limits in wanted.within.items()]


def range_query(number: str, limits: Range, layout: Layout) -> Query:
    """What has a number in the range."""
    field = layout.number_field(number)
    if field is None:
        return Query.empty_query()
    least = _LEAST if limits.least is None else max(limits.least, _LEAST)
    most = _MOST if limits.most is None else min(limits.most, _MOST)
    if least > most:
        return Query.empty_query()
    return Query.range_query(SCHEMA, field, FieldType.Integer, least, most)


def every(queries: Iterable[Query]) -> Query:
    """What all of the queries match."""
    wanted = list(queries)
    return wanted[0] if len(wanted) == 1 else Query.boolean_query([(Occur.Must, query) for query in wanted])


def either(queries: Iterable[Query]) -> Query:
    """What one of the queries matches."""
    wanted = list(queries)
    return wanted[0] if len(wanted) == 1 else Query.boolean_query([(Occur.Should, query) for query in wanted])


def without(query: Query, other: Query) -> Query:
    """What the one matches and the other does not."""
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, other)])


def _either_of(queries: list[Query]) -> Query:
    return either(queries) if queries else Query.empty_query()


def _is_there(clause: Clause, frequency: Callable[[str, str], int]) -> bool:
    """Whether some document may have it; a question to the index saved is time saved."""
    if clause.match in _MANY_TERMS:
        return True
    return not (clause.within and not frequency(TEXT, clause.within)) and frequency(clause.field, clause.text) > 0


def _clause_query(clause: Clause) -> Query:
    if clause.match in _MANY_TERMS:
        # A prefix is asked for as an automaton of distance 0; as a regular expression long words would be refused.
        found = Query.fuzzy_term_query(
            SCHEMA, clause.field, clause.text, clause.distance, prefix=clause.match is Match.PREFIX
        )
        return Query.const_score_query(found, clause.weight)
    term = Query.term_query(SCHEMA, clause.field, clause.text, "freq")
    scored = Query.boost_query if clause.match is Match.TERM else Query.const_score_query
    return scored(term, clause.weight)


def _values_query(name: str, values: list[str], layout: Layout) -> Query:
    if name not in layout.filters or not values:
        return Query.empty_query()
    # Terms by themselves can leap over documents; a set of terms would first mark all documents that have one.
    return either(Query.term_query(SCHEMA, f"filter.{name}", value, "basic") for value in values)


def _band_query(bands: Bands, values: Iterable[str], layout: Layout) -> Query:
    chosen = [range_query(bands.number, bands.ranges[value], layout) for value in values if value in bands.ranges]
    if bands.unknown is not None and bands.unknown in values:
        field = layout.number_field(bands.number)
        everything = Query.all_query()
        chosen.append(without(everything, Query.exists_query(field)) if field else everything)
    return either(chosen) if chosen else Query.empty_query()


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
