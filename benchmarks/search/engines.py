"""What is compared: the product's own index and its peers, each with the same courses, questions and counts.

Every engine finds the courses that have all words, keeps those that fit three choices, counts four filters (each with
its own choice left aside) and gives the ten best. The product also looks for stems, beginnings and parts of compounds,
which the others do not. `Floor` gives no order at all: it is the least that any engine has to do.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from benchmarks.search import postgresql
from benchmarks.search.courses import CHOSEN, COUNTED, FILTERS, Question

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import words_of
from synchromesh.search.backends.tantivy import TantivyIndex
from synchromesh.search.contract import Document, Wanted

Ids = npt.NDArray[np.int32]


class Engine(Protocol):
    """One engine with its files in a folder."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, courses: Iterable[Document]) -> None:
        """Make the files."""

    def ask(self, question: Question) -> int:
        """Answer a question; returns how many fit."""
        ...

    def size(self) -> int:
        """Bytes of what `build` made."""
        ...

    def elsewhere(self) -> float:
        """Seconds of processor time that it has spent in other processes."""
        ...


class _Here:
    """An engine that is part of this process, with its files in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def elsewhere(self) -> float:
        return 0.0


class Product(_Here):
    """The embedded backend, as the site uses it."""

    counted: tuple[str, ...] = COUNTED

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._index = TantivyIndex(folder)

    def build(self, courses: Iterable[Document]) -> None:
        self._index.replace_all(courses)

    def ask(self, question: Question) -> int:
        chosen = {name: (value,) for name, value in question.chosen.items()}
        wanted = Wanted(
            words=question.words,
            language=question.language,
            kinds=("course",),
            limit=10,
            chosen=chosen,
            counted=self.counted,
        )
        return self._index.search(wanted).total


class ProductAllFilters(Product):
    """The same with every filter counted."""

    counted = tuple(FILTERS)


class _Columns:
    """The values of the four filters as small numbers, one array for each."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "columns.npy"
        self.columns: dict[str, npt.NDArray[np.uint8]] = {}

    def write(self, values: dict[str, list[int]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        np.save(self._file, np.array([values[name] for name in COUNTED], np.uint8))

    def read(self) -> None:
        self.columns = dict(zip(COUNTED, np.load(self._file), strict=True))

    def count(self, ids: Ids, question: Question) -> Ids:
        """Count each filter over what fits the other choices; returns what fits all of them."""
        fits = {name: self.columns[name][ids] == FILTERS[name].index(question.chosen[name]) for name in CHOSEN}
        for name in COUNTED:
            others = [fit for other, fit in fits.items() if other != name]
            np.bincount(self.columns[name][ids[np.logical_and.reduce(others)]], minlength=len(FILTERS[name]))
        return ids[np.logical_and.reduce(list(fits.values()))]


class Floor(_Here):
    """Lists of course numbers for each word in memory, met with each other by numpy; no order."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._columns = _Columns(folder)
        self._postings: dict[str, Ids] = {}

    def build(self, courses: Iterable[Document]) -> None:
        postings: defaultdict[str, list[int]] = defaultdict(list)
        values: dict[str, list[int]] = {name: [] for name in COUNTED}
        for place, course in enumerate(courses):
            for word in set(_words(course)):
                postings[word].append(place)
            _append_values(values, course)
        self._columns.write(values)
        ends = np.cumsum([len(places) for places in postings.values()])
        np.save(self._folder / "places.npy", np.concatenate([np.array(p, np.int32) for p in postings.values()]))
        (self._folder / "words.json").write_text(json.dumps([list(postings), ends.tolist()]), encoding="utf-8")

    def ask(self, question: Question) -> int:
        if not self._postings:
            self._read()
        lists = [self._postings.get(word, np.empty(0, np.int32)) for word in question.words]
        lists.sort(key=len)
        found = lists[0]
        for other in lists[1:]:
            found = found[np.isin(found, other, assume_unique=True, kind="sort")] if len(found) else found
        return len(self._columns.count(found, question))

    def _read(self) -> None:
        self._columns.read()
        places = np.load(self._folder / "places.npy")
        words, ends = json.loads((self._folder / "words.json").read_text(encoding="utf-8"))
        starts = [0, *ends[:-1]]
        self._postings = {word: places[a:b] for word, a, b in zip(words, starts, ends, strict=True)}


class SqliteFts5(_Here):
    """SQLite's own text search with BM25; its counts come from the same columns as those of the floor."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._columns = _Columns(folder)
        self._database: sqlite3.Connection | None = None

    def build(self, courses: Iterable[Document]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        values: dict[str, list[int]] = {name: [] for name in COUNTED}
        with sqlite3.connect(self._folder / "courses.sqlite3") as database:
            database.execute("CREATE VIRTUAL TABLE course USING fts5(title, text, content='', detail=column)")
            for place, course in enumerate(courses):
                title, text = (
                    " ".join(words_of(fold(of[course.languages[0]]))) for of in (course.titles, course.texts)
                )
                database.execute("INSERT INTO course (rowid, title, text) VALUES (?, ?, ?)", (place, title, text))
                _append_values(values, course)
        self._columns.write(values)

    def ask(self, question: Question) -> int:
        if self._database is None:
            self._columns.read()
            self._database = sqlite3.connect(self._folder / "courses.sqlite3")
        words = " AND ".join(f'"{word}"' for word in question.words)
        sql = "SELECT rowid FROM course WHERE course MATCH ? ORDER BY bm25(course, 5.0, 1.0)"
        found = np.fromiter((row[0] for row in self._database.execute(sql, (words,))), np.int32)
        return len(self._columns.count(found, question))


def _words(course: Document) -> list[str]:
    return [word for texts in (course.titles, course.texts) for text in texts.values() for word in words_of(fold(text))]


def _append_values(values: dict[str, list[int]], course: Document) -> None:
    for name in COUNTED:
        value = course.languages[0] if name == "language" else course.filters[name][0]
        values[name].append(FILTERS[name].index(value))


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "product": Product,
    "product, all filters": ProductAllFilters,
    "numpy floor": Floor,
    "SQLite FTS5": SqliteFts5,
    postgresql.NAME: postgresql.PostgreSql,
}
"""Engines that ask the files of another."""
