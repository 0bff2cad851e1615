"""Answer from the tables of the index in PostgreSQL: one statement gives the hits, the totals and the counts."""

# ruff: noqa: S608 - the pieces put together are our own; every value of a reader is a parameter

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from synchromesh.search import filtering
from synchromesh.search.analysis import is_near, words_of
from synchromesh.search.contract import Answer, Bands, Hit, Range, Wanted, sorted_counts
from synchromesh.search.hits import hit_of, meaning_of
from synchromesh.search.ranking import COMMON, FIELDS, FURTHER_MEANINGS, MEANT_AS_WELL, TEXT, Clause, Match, clauses

_K1, _B = 1.2, 0.75  # the usual constants of BM25, the same as tantivy's
_PLACES = {name: place for place, name in enumerate(FIELDS)}


@dataclass(slots=True)
class _Statement:
    """Pieces of SQL and the values for their placeholders, in the order in which they stand."""

    pieces: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: Any) -> None:
        """Append a piece."""
        self.pieces.append(sql)
        self.values += values

    def rows(self) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with connection.cursor() as cursor:
            cursor.execute(" ".join(self.pieces), self.values)
            return list(cursor.fetchall())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Condition:
    """A choice as SQL over the columns of the table of documents."""

    sql: str
    values: tuple[Any, ...]


def answer(wanted: Wanted, *, languages: Iterable[str]) -> Answer:
    """Answer what is wanted; `languages` are those in which the documents are written."""
    conditions = {name: _condition(name, values, wanted) for name, values in filtering.choices_of(wanted).items()}
    statement = _Statement()
    statement.add("WITH")
    _add_words(statement, clauses(wanted, languages, _is_common))
    _add_base(statement, wanted, conditions)
    _add_counts(statement, wanted, list(conditions))
    return _read(statement.rows(), wanted, conditions)


def _is_common(terms: Sequence[str]) -> bool:
    """No more are read than it takes to tell."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_posting WHERE term = ANY(%s) AND field = %s LIMIT %s) AS found",
            [list(terms), _PLACES[TEXT], COMMON],
        )
        (number,) = cursor.fetchone()
        return bool(number >= COMMON)


def _add_words(statement: _Statement, words: list[list[Clause]]) -> None:
    """One table for each word: what each document earns by it; then the sum over the words."""
    for number, ways in enumerate(words):
        statement.add(f"word{number} AS (SELECT document, sum(value) AS score FROM (")
        _add_weighed(statement, [clause for clause in ways if clause.match is Match.TERM])
        for clause in ways:
            if clause.match is not Match.TERM:
                _add_constant(statement, clause)
        statement.add(") AS way GROUP BY document),")
    if words:
        joined = " ".join(f"JOIN word{number} USING (document)" for number in range(1, len(words)))
        score = " + ".join(f"word{number}.score" for number in range(len(words)))
        statement.add(f"matched AS (SELECT document, {score} AS score FROM word0 {joined}),")


def _add_weighed(statement: _Statement, ways: list[Clause]) -> None:
    """BM25 with the number of documents that have the term in that field."""
    statement.add(
        f"""SELECT document, weight * ln(1 + (documents - holders + 0.5) / (holders + 0.5)) * times * {_K1 + 1}
        / (times + {_K1} * ({1 - _B} + {_B} * length / (greatest(total, 1)::float8 / documents))) AS value FROM (
        SELECT p.document, p.times, p.length, w.weight, s.documents, s.lengths[p.field + 1] AS total,
        count(*) OVER (PARTITION BY w.number) AS holders
        FROM unnest(%s::int[], %s::smallint[], %s::text[], %s::float8[]) AS w(number, field, term, weight)
        JOIN search_posting p ON p.term = w.term COLLATE "C" AND p.field = w.field CROSS JOIN search_state s)
        AS found""",
        list(range(len(ways))),
        [_PLACES[clause.field] for clause in ways],
        [clause.text for clause in ways],
        [clause.weight for clause in ways],
    )


def _add_constant(statement: _Statement, clause: Clause) -> None:
    """A way that is worth its weight once, however many terms match."""
    statement.add("UNION ALL SELECT document, %s::float8 FROM search_posting WHERE field = %s", clause.weight)
    statement.values.append(_PLACES[clause.field])
    if clause.match is Match.PREFIX:
        statement.add("AND term >= %s AND term < %s GROUP BY document", clause.text, f"{clause.text}\U0010ffff")
    elif clause.match is Match.NEAR:
        statement.add("AND term = ANY(%s) GROUP BY document", _near_terms(clause.text, clause.distance))
    else:
        statement.add("AND term = %s GROUP BY document", clause.text)


def _near_terms(text: str, distance: int) -> list[str]:
    """Terms that are spelled nearly so.

    `distance` changes leave one of 2 * distance + 1 pieces of the word as it was (a swap may touch two), so that the
    database leaves out most others before they are compared.
    """
    (word,) = words_of(text.rpartition(":")[2]) or [text]
    size = max(1, len(word) // (2 * distance + 1))
    pieces = sorted({word[start : start + size] for start in range(0, len(word) - size + 1, size)})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term FROM search_term WHERE letters BETWEEN %s AND %s "
            "AND EXISTS (SELECT 1 FROM unnest(%s::text[]) AS piece WHERE strpos(term, piece) > 0)",
            [len(text) - distance, len(text) + distance, pieces],
        )
        return [term for (term,) in cursor.fetchall() if is_near(text, term, distance)]


def _add_base(statement: _Statement, wanted: Wanted, conditions: dict[str, _Condition]) -> None:
    """The documents that match before any choice, with their values and whether they fit each choice."""
    meant = sorted(wanted.meant) if wanted.words else []
    names = [f"{name}={value}" for name, value in meant]
    weights = [wanted.meant[pair] for pair in meant]
    fits = "".join(f", {condition.sql} AS fits{n}" for n, condition in enumerate(conditions.values()))
    score = "m.score" if wanted.words else "0::float8 AS score"
    statement.add(
        f"""base AS MATERIALIZED (SELECT d.id, d.kind, d.uid, d.slug, d.facets, d.numbers, {score},
        (SELECT {1 - FURTHER_MEANINGS} * max(weight) + {FURTHER_MEANINGS} * sum(weight)
        FROM unnest(%s::text[], %s::float8[]) AS t(facet, weight) WHERE facet = ANY(d.facets))
        AS meaning{fits} FROM search_document d""",
        names,
        weights,
        *(value for condition in conditions.values() for value in condition.values),
    )
    if wanted.words:
        statement.add(
            "LEFT JOIN matched m ON m.document = d.id WHERE (m.document IS NOT NULL OR d.facets && %s::text[])"
        )
        statement.values.append(names)
    else:
        statement.add("WHERE true")
    for name, limits in wanted.within.items():
        condition = _in_range("d.", name, limits)
        statement.add(f"AND {condition.sql}", *condition.values)
    statement.add("),")


def _condition(name: str, values: frozenset[str], wanted: Wanted) -> _Condition:
    """Whether a document has one of the values of a filter."""
    if name == filtering.KIND:
        return _Condition(sql="d.kind = ANY(%s)", values=(sorted(values),))
    if name in wanted.bands:
        found = [band for value, band in _bands(wanted.bands[name], "d.") if value in values]
        sql = " OR ".join(f"({band.sql})" for band in found) or "false"
        return _Condition(sql=f"({sql})", values=tuple(value for band in found for value in band.values))
    return _Condition(sql="d.facets && %s::text[]", values=([f"{name}={value}" for value in sorted(values)],))


def _in_range(prefix: str, name: str, limits: Range) -> _Condition:
    number = f"({prefix}numbers->>%s)::bigint"
    sql, values = [f"{number} IS NOT NULL"], [name]
    for sign, limit in ((">=", limits.least), ("<=", limits.most)):
        if limit is not None:
            sql.append(f"{number} {sign} %s")
            values += [name, limit]  # type: ignore[list-item]
    return _Condition(sql=f"({' AND '.join(sql)})", values=tuple(values))


def _bands(bands: Bands, prefix: str) -> Iterator[tuple[str, _Condition]]:
    for value, limits in bands.ranges.items():
        yield value, _in_range(prefix, bands.number, limits)
    if bands.unknown is not None:
        # The value may be that of a range too: then both count under it.
        yield bands.unknown, _Condition(sql=f"{prefix}numbers->>%s IS NULL", values=(bands.number,))


def _add_counts(statement: _Statement, wanted: Wanted, choices: list[str]) -> None:
    """Rows of (what, name, number or place, more): totals, counts of values, and the hits asked for."""

    def fitting(*but: str) -> str:
        return " AND ".join(f"fits{n}" for n, name in enumerate(choices) if name not in but) or "true"

    having = "score IS NOT NULL AND" if wanted.words else ""
    statement.add(
        f"page AS (SELECT id, row_number() OVER (ORDER BY {_order(wanted)}) AS place FROM base WHERE {fitting()} "
        f"ORDER BY place LIMIT %s OFFSET %s)",
        *([wanted.order.number] if wanted.order else []),
        *([wanted.order.number] if wanted.order else []),
        wanted.limit,
        wanted.offset,
    )
    statement.add(f"SELECT 'total', '', count(*), NULL::text FROM base WHERE {fitting()}")
    statement.add(f"UNION ALL SELECT 'words', '', count(*), NULL FROM base WHERE {having} {fitting()}")
    for name in choices:
        statement.add(f"UNION ALL SELECT 'without', %s, count(*), NULL FROM base WHERE {fitting(name)}", name)
    if filtering.is_counted(filtering.KIND, wanted):
        statement.add(
            f"UNION ALL SELECT 'value', 'kind=' || kind, count(*), NULL FROM base WHERE {fitting('kind')} GROUP BY kind"
        )
    _add_facets(statement, wanted, choices, fitting)
    for name, bands in wanted.bands.items():
        if filtering.is_counted(name, wanted):
            for value, condition in _bands(bands, ""):
                statement.add(f"UNION ALL SELECT 'value', %s, count(*), NULL FROM base WHERE {fitting(name)}")
                statement.add(f"AND {condition.sql}")
                statement.values += [f"{name}={value}", *condition.values]
    statement.add(
        """UNION ALL SELECT 'hit', d.kind, page.place, jsonb_build_array(d.uid, d.slug, d.titles, d.facets,
        base.score IS NULL)::text FROM page JOIN search_document d USING (id) JOIN base USING (id)"""
    )


def _add_facets(statement: _Statement, wanted: Wanted, choices: list[str], fitting: Any) -> None:
    """Values of filters without a choice all at once, those of each other filter with its own choice left out."""
    own = [name for name in choices if name != filtering.KIND and name not in wanted.bands]
    counted = None if wanted.counted is None else [name for name in wanted.counted if name not in own]
    of_others = f"WHERE {fitting()} AND split_part(facet, '=', 1) <> ALL(%s::text[])"
    values: list[Any] = [own]
    if counted is not None:
        of_others += " AND split_part(facet, '=', 1) = ANY(%s::text[])"
        values.append(counted)
    statement.add(
        "UNION ALL SELECT 'value', facet, count(*), NULL FROM base, unnest(facets) AS facet "
        f"{of_others} GROUP BY facet",
        *values,
    )
    for name in own:
        if filtering.is_counted(name, wanted):
            statement.add(
                f"UNION ALL SELECT 'value', facet, count(*), NULL FROM base, unnest(facets) AS facet "
                f"WHERE {fitting(name)} AND split_part(facet, '=', 1) = %s GROUP BY facet",
                name,
            )


def _order(wanted: Wanted) -> str:
    if wanted.order:
        way = "DESC" if wanted.order.descending else "ASC"
        return f"numbers->>%s IS NULL, (numbers->>%s)::bigint {way}, kind, slug"
    # Scores are rounded so that the order in which they were added up does not decide.
    return (
        "score IS NULL, "
        f"round(coalesce(score + {MEANT_AS_WELL} * coalesce(meaning, 0), meaning)::numeric, 4) DESC, kind, slug"
    )


def _read(rows: list[tuple[Any, ...]], wanted: Wanted, conditions: dict[str, _Condition]) -> Answer:
    counts: dict[str, dict[str, int]] = {name: {} for name in filtering.always_counted(wanted)}
    numbers = {"total": 0, "words": 0}
    without: dict[str, int] = {}
    hits: list[tuple[int, Hit]] = []
    for what, name, number, more in rows:
        if what == "value":
            of, _, value = name.partition("=")
            if number:
                found = counts.setdefault(of, {})
                found[value] = found.get(value, 0) + number
        elif what == "hit":
            hits.append((number, _hit(name, json.loads(more), wanted)))
        elif what == "without":
            without |= {name: number} if name in wanted.chosen else {}
        else:
            numbers[what] = number
    return Answer(
        total=numbers["total"],
        exact=not wanted.tolerant,
        hits=tuple(hit for _, hit in sorted(hits, key=lambda pair: pair[0])),
        filters={name: sorted_counts(values) for name, values in sorted(counts.items())},
        without=without,
        by_words=numbers["words"],
    )


def _hit(kind: str, stored: list[Any], wanted: Wanted) -> Hit:
    uid, slug, titles, facets, lacks_words = stored
    titles = json.loads(titles)  # kept as text, since PostgreSQL's JSON takes no NUL
    pairs = [(name, value) for name, _, value in (facet.partition("=") for facet in facets)]
    because = meaning_of(pairs, wanted) if lacks_words else None
    return hit_of(kind=kind, uid=uid, slug=slug, titles=titles, wanted=wanted, because=because)
