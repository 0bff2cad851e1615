"""What is wanted as queries of tantivy. They are built from values: no text is ever parsed as a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tantivy
from tantivy import FieldType, Occur, Query

from synchromesh.search.backends._tantivy_rows import SCHEMA, Layout
from synchromesh.search.contract import Bands, Range, Wanted
from synchromesh.search.filtering import choices_of
from synchromesh.search.ranking import Clause, Match, clauses

_LEAST, _MOST = -(2**63), 2**63 - 1


def words_query(wanted: Wanted, layout: Layout, searcher: tantivy.Searcher) -> Query:
    """Every word must match in one of its ways; without words everything matches."""
    if not wanted.words:
        return Query.all_query()
    return every(_word_query(ways, searcher) for ways in clauses(wanted, layout.languages))


def meaning_query(wanted: Wanted, layout: Layout) -> Query:
    """What has one of the values that stand for the meaning, scored by the sum of their weights."""
    ways = [
        Query.const_score_query(Query.term_query(SCHEMA, f"filter.{name}", value, "basic"), weight)
        for (name, value), weight in wanted.meant.items()
        if name in layout.filters
    ]
    return either(ways) if ways else Query.empty_query()


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


def _word_query(ways: Iterable[Clause], searcher: tantivy.Searcher) -> Query:
    found = list(_clause_queries(ways, searcher))
    return either(found) if found else Query.empty_query()


def _clause_queries(ways: Iterable[Clause], searcher: tantivy.Searcher) -> Iterator[Query]:
    for clause in ways:
        if clause.match in (Match.PREFIX, Match.NEAR):
            # A prefix is asked for as an automaton of distance 0; as a regular expression long words would be refused.
            found = Query.fuzzy_term_query(
                SCHEMA, clause.field, clause.text, clause.distance, prefix=clause.match is Match.PREFIX
            )
            yield Query.const_score_query(found, clause.weight)
        elif searcher.doc_freq(clause.field, clause.text):
            term = Query.term_query(SCHEMA, clause.field, clause.text, "freq")
            scored = Query.boost_query if clause.match is Match.TERM else Query.const_score_query
            yield scored(term, clause.weight)


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
