"""PostgreSQL's own text search: words as a `tsvector` under a GIN index, ranked by `ts_rank`, counted in SQL.

`scripts/with-postgres` starts the throw-away server that it asks: one with the settings of the tests, 128 MB of shared
buffers and no care for power cuts. One statement answers a question, and no second process of the server helps.
"""

# ruff: noqa: S608 - statements are put together from our own names

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from benchmarks.search.courses import CHOSEN, COUNTED, FILTERS, Question

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import words_of
from synchromesh.search.contract import Document

NAME = "PostgreSQL"
_ADDRESS = "SYNCHROMESH_DATABASE_URL"


def why_not() -> str:
    """Why PostgreSQL cannot be asked here, "" if it can."""
    if os.environ.get(_ADDRESS, "").startswith("postgres"):
        return ""
    return f"{_ADDRESS} names none; start with scripts/with-postgres"


class PostgreSql:
    """One table of courses with a column for each filter that is counted."""

    def __init__(self, folder: Path) -> None:
        self._connection = psycopg.connect(os.environ[_ADDRESS], autocommit=True)
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        self._process = self._connection.info.backend_pid

    def build(self, courses: Iterable[Document]) -> None:
        ask = self._connection.execute
        ask("DROP TABLE IF EXISTS course")
        ask("CREATE TABLE course (id int, words tsvector, language int2, mode int2, price int2, level int2)")
        with self._connection.cursor() as cursor, cursor.copy("COPY course FROM STDIN") as copy:
            for place, course in enumerate(courses):
                copy.write_row((place, _vector(course), *_values(course)))
        ask("CREATE INDEX ON course USING gin (words)")
        ask("VACUUM ANALYZE course")

    def ask(self, question: Question) -> int:
        words = " & ".join(f"'{word}'" for word in question.words)
        chosen = [FILTERS[name].index(question.chosen[name]) for name in CHOSEN]
        rows = self._connection.execute(_STATEMENT, [words, *_aside(chosen)], prepare=True).fetchall()
        return sum(number for what, _value, number in rows if what == _UNCHOSEN)

    def size(self) -> int:
        """Bytes of the table and its index."""
        row = self._connection.execute("SELECT pg_total_relation_size('course')").fetchone()
        return int(row[0]) if row else 0

    def elsewhere(self) -> float:
        """Seconds of processor time that the server has spent on this connection."""
        return int(Path(f"/proc/{self._process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


(_UNCHOSEN,) = (name for name in COUNTED if name not in CHOSEN)


def _make_statement() -> str:
    """Counts of each filter with its own choice left aside, then the ten best."""
    counts = [
        f"SELECT '{name}' AS what, {name}::int AS value, count(*)::int FROM found WHERE {_others(name)} GROUP BY {name}"
        for name in COUNTED
    ]
    best = f"(SELECT 'hit', id, 0 FROM found WHERE {_others('')} ORDER BY rank DESC, id LIMIT 10)"
    return f"""WITH question AS (SELECT %s::tsquery AS words), found AS MATERIALIZED (
        SELECT id, {", ".join(COUNTED)}, ts_rank('{{0,0,0.2,1}}', course.words, question.words) AS rank
        FROM course, question WHERE course.words @@ question.words) {" UNION ALL ".join([*counts, best])}"""


def _others(name: str) -> str:
    return " AND ".join(f"{other} = %s" for other in CHOSEN if other != name)


def _aside(chosen: list[int]) -> list[int]:
    """The values for the statement, in the order in which they stand there."""
    values = dict(zip(CHOSEN, chosen, strict=True))
    return [values[other] for name in (*COUNTED, "") for other in CHOSEN if other != name]


_STATEMENT = _make_statement()


def _vector(course: Document) -> str:
    """Words with their places, those of titles marked A and all others B."""
    marked = [
        (word, mark)
        for texts, mark in ((course.titles, "A"), (course.texts, "B"))
        for text in texts.values()
        for word in words_of(fold(text))
    ]
    return " ".join(f"'{word}':{place}{mark}" for place, (word, mark) in enumerate(marked, start=1))


def _values(course: Document) -> list[int]:
    return [
        FILTERS[name].index(course.languages[0] if name == "language" else course.filters[name][0]) for name in COUNTED
    ]
