"""The index in the site's own PostgreSQL: for several machines, which then need no shared folder.

Postings lie in a table, so that what matches and how it is ranked is the same as everywhere (see `ranking`), BM25
included, which PostgreSQL's own text search does not have. A write is one transaction: readers see the index as it was
until it is complete. Slower than the embedded backend from some hundred thousand documents on; `benchmarks/search`
prints by how much.
"""

# ruff: noqa: S608 - the pieces put together are our own; every value of a record is a parameter

from __future__ import annotations

import itertools
import json
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from synchromesh.plumbing.commit_stamps import commit_stamp
from synchromesh.search.backends._postgres_answers import answer
from synchromesh.search.compounds import Parts, collect_parts, drained
from synchromesh.search.contract import Answer, Document, IndexUnusableError, Wanted
from synchromesh.search.ranking import FIELDS, field_terms, written_languages

VERSION = 2
"""Raise it with every change of the analysis or the stored form: an index of another version is rebuilt."""

_AT_ONCE = 1000
# Of so many documents the words make the list of parts: they are kept in memory until it is made.
_READ_FIRST = 10_000
_LOCK = 0x5EA2C4  # of PostgreSQL's advisory locks: who writes the index of this database
_TABLES = ("search_document", "search_posting", "search_term")
_COLUMNS = {
    "search_document": "id, kind, uid, slug, titles, facets, numbers, lengths",
    "search_posting": "document, field, term, times, length",
}


def open_index(folder: Path) -> PostgresIndex:
    """The index of this database, whatever the folder. Raises ImproperlyConfigured on another database."""
    if connection.vendor != "postgresql":
        raise ImproperlyConfigured("SYNCHROMESH_SEARCH_BACKEND=postgres needs PostgreSQL (SYNCHROMESH_DATABASE_URL).")
    return _index


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What holds for the index as a whole."""

    languages: frozenset[str]
    parts: Parts


class PostgresIndex:
    """See `backends.Index`."""

    def replace_all(self, documents: Iterable[Document]) -> None:
        with _writing():
            rest = iter(documents)
            first = deque(itertools.islice(rest, _READ_FIRST))
            parts = collect_parts(first)
            with connection.cursor() as cursor:
                for table in _TABLES:
                    cursor.execute(f"CREATE TABLE {table}_new (LIKE {table} INCLUDING ALL)")
            languages = _insert(drained(first, rest), parts, suffix="_new", start=1)
            with connection.cursor() as cursor:
                for table in _TABLES:
                    cursor.execute(f"DROP TABLE {table}")
                    cursor.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
            _write_state(languages, parts)

    def put(self, documents: Iterable[Document]) -> None:
        with _writing():
            state = _read_state()
            added = list(documents)
            _delete([(document.kind, document.uid) for document in added])
            with connection.cursor() as cursor:
                cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM search_document")
                (start,) = cursor.fetchone()
            languages = _insert(added, state.parts, suffix="", start=start)
            _write_state(state.languages | languages, state.parts)

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        with _writing():
            state = _read_state()
            _delete([(kind, uid) for uid in uids])
            _write_state(state.languages, state.parts)

    def search(self, wanted: Wanted) -> Answer:
        (languages,) = _stored("languages")
        return answer(wanted, languages=languages)

    def stamp(self) -> Hashable | None:
        return commit_stamp()  # it lies in the database, so that it changes with a commit


_index = PostgresIndex()


@contextmanager
def _writing() -> Iterator[None]:
    """One transaction; another machine that writes waits for its end. What the database refuses makes it unusable."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            yield
    except DatabaseError as error:
        raise IndexUnusableError(str(error)) from error


def _read_state() -> _State:
    languages, parts = _stored("languages", "parts")
    known = {code: frozenset(words) for code, words in parts.items()}
    return _State(languages=frozenset(languages), parts=Parts(known=known))


def _stored(*columns: str) -> list[Any]:
    """Columns of the state, read from JSON. Raises IndexUnusableError where there is none of this version."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version, {', '.join(columns)} FROM search_state")
        row = cursor.fetchone()
    if row is None:
        raise IndexUnusableError("The index was not built yet.")
    if row[0] != VERSION:
        raise IndexUnusableError("The index was built by another version of the product.")
    return [_loaded(value) for value in row[1:]]


def _loaded(value: Any) -> Any:
    """Django has psycopg hand out JSON as text."""
    return json.loads(value) if isinstance(value, str) else value


def _write_state(languages: Iterable[str], parts: Parts) -> None:
    known = {code: sorted(words) for code, words in sorted(parts.known.items())}
    sums = ", ".join(f"coalesce(sum(lengths[{place}]), 0)" for place in range(1, len(FIELDS) + 1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO search_state (id, version, languages, parts, documents, lengths)
            SELECT 1, %s, %s::jsonb, %s::jsonb, count(*), ARRAY[{sums}] FROM search_document
            ON CONFLICT (id) DO UPDATE SET version = excluded.version,
            languages = excluded.languages, parts = excluded.parts, documents = excluded.documents,
            lengths = excluded.lengths""",
            [VERSION, json.dumps(sorted(languages)), json.dumps(known)],
        )


def _delete(keys: Sequence[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM search_document USING unnest(%s::text[], %s::text[]) AS gone(kind, uid)
            WHERE search_document.kind = gone.kind AND search_document.uid = gone.uid RETURNING id""",
            [[kind for kind, _ in keys], [uid for _, uid in keys]],
        )
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM search_posting WHERE document = ANY(%s)", [ids])


def _insert(documents: Iterable[Document], parts: Parts, *, suffix: str, start: int) -> set[str]:
    """Write documents with ids from `start` on; returns the languages of their texts.

    In portions, since the records may come from the same connection, which can do one thing at a time.
    """
    languages: set[str] = set()
    rest = enumerate(documents, start)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        rows, postings, terms = [], [], set[str]()
        for key, document in some:
            languages |= written_languages(document)
            found = [field_terms(document, parts)[name] for name in FIELDS]
            rows.append(_row(key, document, [len(of_field) for of_field in found]))
            for field, of_field in enumerate(found):
                counts = Counter(of_field)
                terms |= counts.keys()
                postings += [(key, field, term, times, len(of_field)) for term, times in counts.items()]
        _copy("search_document", suffix, rows)
        _copy("search_posting", suffix, postings)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_term{suffix} SELECT term, length(term) FROM unnest(%s::text[]) AS term "
                "ON CONFLICT DO NOTHING",
                [sorted(terms)],
            )
    return languages


def _row(key: int, document: Document, lengths: list[int]) -> tuple[Any, ...]:
    facets = sorted(f"{name}={value}" for name, value in document.facets)
    numbers, titles = json.dumps(dict(document.numbers)), json.dumps(dict(document.titles))
    return key, document.kind, document.uid, document.slug, titles, facets, numbers, lengths


def _copy(table: str, suffix: str, rows: Iterable[tuple[Any, ...]]) -> None:
    statement = f"COPY {table}{suffix} ({_COLUMNS[table]}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
