"""Answer from an open index of tantivy: hits in order, totals and counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Query

from synchromesh.search.backends import _tantivy_queries as queries
from synchromesh.search.backends._tantivy_counts import Counting
from synchromesh.search.backends._tantivy_queries import WordsQuery
from synchromesh.search.backends._tantivy_rows import SCHEMA, Layout, key_of
from synchromesh.search.contract import Answer, Hit, Order, Range, Wanted
from synchromesh.search.hits import hit_of

_SOME_MORE, _MANY_MORE = 50, 1000
_SAME_SCORE = 0.00005


def answer(searcher: tantivy.Searcher, layout: Layout, wanted: Wanted) -> Answer:
    """Answer what is wanted; raises ValueError or panics where the files are damaged."""
    words = queries.words_query(wanted, layout, searcher)
    # Only what lacks the words can be a hit by its meaning; without words nothing lacks them.
    meant = queries.meaning_query(wanted, layout) if wanted.words and wanted.meant else None
    counting = Counting(searcher=searcher, layout=layout, wanted=wanted)
    counted = counting.count(words.deciding if meant is None else queries.either([words.deciding, meant]))
    conditions = counting.conditions()
    page = _Page(searcher=searcher, layout=layout, wanted=wanted, conditions=conditions)
    by_words = counted.total if meant is None else page.number(words.deciding)
    return Answer(
        total=counted.total,
        exact=not wanted.tolerant,
        hits=page.hits(words, meant, by_words=by_words, total=counted.total),
        filters=counted.filters,
        without=counted.without,
        by_words=by_words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A hit before it is shown."""

    kind: str
    uid: str
    slug: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The hits from `wanted.offset` on, at most `wanted.limit`."""

    searcher: tantivy.Searcher
    layout: Layout
    wanted: Wanted
    conditions: Sequence[Query]

    def number(self, query: Query) -> int:
        """How many documents match and fit the conditions."""
        found = self.searcher.aggregate(self._fitting(query), {"all": {"terms": {"field": "filter.kind"}}})
        return sum(bucket["doc_count"] for bucket in found["all"]["buckets"])

    def hits(self, words: WordsQuery, meant: Query | None, *, by_words: int, total: int) -> tuple[Hit, ...]:
        """The hits by words, then those by meaning; in another order both together."""
        start, end = min(self.wanted.offset, total), min(self.wanted.offset + self.wanted.limit, total)
        if start == end:
            return ()
        if self.wanted.order:
            both = words.deciding if meant is None else queries.either([words.deciding, meant])
            return self._ordered(both, words.deciding, meant, self.wanted.order, start, end)
        best = words.scored if meant is None else queries.with_meaning(words.scored, meant)
        rows = (
            self._best(best, start, min(end, by_words))
            if self.wanted.words
            else self._by_place(words.deciding, start, end)
        )
        shown = [self._hit(row) for row in rows]
        if meant is not None and end > by_words:
            rest = queries.without(meant, words.deciding)
            shown += self._by_meaning(self._best(rest, max(start - by_words, 0), end - by_words))
        return tuple(shown)

    def _fitting(self, query: Query, *more: Query) -> Query:
        return queries.every([query, *self.conditions, *more])

    def _best(self, query: Query, start: int, end: int) -> list[_Row]:
        """The best from `start` to before `end`, ties by kind and slug.

        tantivy orders by score only. So more are taken until the last one scores lower than the last one shown; then
        all that tie with it are there. Where very many tie, they stay as they lie in the index.
        """
        if start >= end:
            return []
        fitting = self._fitting(query)
        for more in (_SOME_MORE, _MANY_MORE):
            found = self.searcher.search(fitting, end + more, count=False).hits
            if len(found) < end + more or found[-1][0] < found[end - 1][0] - _SAME_SCORE:
                break
        groups: list[list[tantivy.DocAddress]] = []
        last = None
        for score, address in found:
            if last is None or round(score, 4) != last:
                groups.append([])
                last = round(score, 4)
            groups[-1].append(address)
        return self._rows_of(groups, start, end)

    def _rows_of(self, groups: Sequence[list[tantivy.DocAddress]], start: int, end: int) -> list[_Row]:
        """The rows of the places wanted; only groups that reach into the page are read."""
        shown: list[_Row] = []
        place = 0
        for group in groups:
            if place < end and place + len(group) > start:
                rows = [self._row(address) for address in group]
                if len(rows) <= _MANY_MORE:
                    rows.sort(key=lambda row: (row.kind, row.slug))
                shown += rows[max(start - place, 0) : end - place]
            place += len(group)
        return shown

    def _by_place(self, query: Query, start: int, end: int, *more: Query) -> list[_Row]:
        """By kind and slug."""
        found = self.searcher.search(
            self._fitting(query, *more),
            end - start,
            count=False,
            offset=start,
            order_by_field="place",
            order=tantivy.Order.Asc,
        )
        return [self._row(address) for _place, address in found.hits]

    def _by_number(self, query: Query, order: Order, start: int, end: int) -> list[_Row]:
        """By a number, what has none last. Of those with the last number shown, all are asked for by kind and slug."""
        field = self.layout.number_field(order.number)
        if field is None:
            return self._by_place(query, start, end)
        way = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        found = self.searcher.search(self._fitting(query), end, count=False, order_by_field=field, order=way).hits
        values = [value for value, _address in found]
        shown: list[_Row] = []
        for value in dict.fromkeys(values[start:end]):
            first, count = values.index(value), values.count(value)
            limits = Range(least=value, most=value)
            same = (
                queries.without(Query.all_query(), Query.exists_query(field))
                if value is None
                else queries.range_query(order.number, limits, self.layout)
            )
            shown += self._by_place(query, max(start - first, 0), min(end - first, count), same)
        return shown

    def _ordered(
        self, both: Query, words: Query, meant: Query | None, order: Order, start: int, end: int
    ) -> tuple[Hit, ...]:
        rows = self._by_number(both, order, start, end)
        if meant is None:
            return tuple(self._hit(row) for row in rows)
        keys = [key_of(row.kind, row.uid) for row in rows]
        these = Query.const_score_query(Query.term_set_query(SCHEMA, "key", keys), 0.0)
        found = self.searcher.search(queries.every([words, these]), len(keys), count=False).hits
        having = {(row.kind, row.uid) for row in (self._row(address) for _score, address in found)}
        by_meaning = {(hit.kind, hit.uid): hit for hit in self._by_meaning(rows)}
        return tuple(self._hit(row) if (row.kind, row.uid) in having else by_meaning[row.kind, row.uid] for row in rows)

    def _row(self, address: tantivy.DocAddress) -> _Row:
        kind, uid, slug, titles = json.loads(self.searcher.doc(address)["shown"][0])
        return _Row(kind=kind, uid=uid, slug=slug, titles=titles)

    def _hit(self, row: _Row, because: tuple[str, str] | None = None) -> Hit:
        return hit_of(kind=row.kind, uid=row.uid, slug=row.slug, titles=row.titles, wanted=self.wanted, because=because)

    def _by_meaning(self, rows: Sequence[_Row]) -> list[Hit]:
        """Each with the pair that weighs most; pairs are tried by weight, then by name."""
        left = {key_of(row.kind, row.uid) for row in rows}
        because: dict[tuple[str, str], tuple[str, str]] = {}
        for pair in sorted(self.wanted.meant, key=lambda pair: (-self.wanted.meant[pair], pair)):
            if not left:
                break
            if pair[0] not in self.layout.filters:
                continue
            for row in self._having(pair, left):
                because[row.kind, row.uid] = pair
                left.discard(key_of(row.kind, row.uid))
        return [self._hit(row, because.get((row.kind, row.uid))) for row in rows]

    def _having(self, pair: tuple[str, str], keys: set[str]) -> list[_Row]:
        having = Query.term_query(SCHEMA, f"filter.{pair[0]}", pair[1], "basic")
        these = Query.term_set_query(SCHEMA, "key", sorted(keys))
        found: Any = self.searcher.search(queries.every([these, having]), len(keys), count=False)
        return [self._row(address) for _score, address in found.hits]
