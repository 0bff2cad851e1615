"""How good the answers of the search are; run as `python -m benchmarks.search.quality`.

Loads the starter and the example content into a site of its own and asks the judged queries (JUDGED.md). Prints
    nDCG@10 for courses and for all kinds of record, limit .85, by language, by sort of query, and for the two halves of
        the set: with words and meaning (the product), with words alone, and for FTS5 of SQLite over the same texts.
        Records that came after the judgement are passed over; "nothing passed over" counts them as wrong
    typos   the share of misspelled queries with the right course among the first three, limit .95
    quiet   the share of queries that nothing answers for which nothing is found by meaning
    ms      processor time of finding the meaning of a query, limit 10
`--all` lists each query as well.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.own_site import set_up_site
from benchmarks.search.judged import KINDS, PLACES, JudgedQuery, ndcg, read_judged, read_later
from benchmarks.search.typos import TypoQuery, make_typos

if TYPE_CHECKING:
    from synchromesh.search.contract import Document

NDCG, TYPOS, MEANING_MS = 0.85, 0.95, 10.0
_FIRST = 3
_SOME = 40  # more than places and records that are passed over
_KINDS: Mapping[str, tuple[str, ...]] = {"courses": ("course",), "all kinds": KINDS}
Search = Callable[[str, str, Sequence[str]], list[str]]
"""A query, the language of the reader and the kinds wanted; gives records as "kind:slug", best first."""


def main(given: Sequence[str] = ()) -> None:
    """Load, ask and print."""
    # One thread for each product of matrices: several wait for each other where other programs run too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="synchromesh-quality-") as folder:
        _fill_site(Path(folder))
        queries, typos = read_judged(), _make_typos()
        peer = _Peer(_list_documents())
        systems: dict[str, Search] = {"product": _search, "words alone": _search_words, "FTS5": peer.search}
        for name, search in systems.items():
            _print_ndcg(name, search, queries, each="--all" in given and name == "product")
            right = mean(typo.right in search(typo.words, typo.language, ("course",))[:_FIRST] for typo in typos)
            print(f"{name}: typos={right:.3f} (limit {TYPOS}, {len(typos)} queries)")
        _print_meaning(queries)


def _fill_site(folder: Path) -> None:
    set_up_site(folder)
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.search.operations import rebuild_index
    from synchromesh.site.starter import load_examples, load_starter

    load_starter(by=OPERATOR)
    load_examples(by=OPERATOR)
    rebuild_index(by=OPERATOR)
    _wait_for_meanings()


def _wait_for_meanings() -> None:
    """The first question has what takes long prepared in a thread."""
    from synchromesh.search.meaning import meanings_of

    meanings_of("battery", language="en")
    for thread in threading.enumerate():
        if thread.name == "prepare query meanings":
            thread.join()


def _list_documents() -> list[Document]:
    from synchromesh.search import registry

    return [document for kind in registry.kinds() for document in registry.list_documents(kind)]


def _make_typos() -> list[TypoQuery]:
    from synchromesh.catalogue.models import Course

    courses = Course.objects.exclude(published_at=None)
    return make_typos(
        (course.slug, language, title) for course in courses for language, title in course.titles.items() if title
    )


def _search(words: str, language: str, kinds: Sequence[str]) -> list[str]:
    from synchromesh.search.meaning import meanings_of
    from synchromesh.search.queries import search

    meant = meanings_of(words, language=language)
    answer = search(words, language=language, kinds=kinds, limit=_SOME, meant=meant, counted=())
    return [f"{hit.kind}:{hit.slug}" for hit in answer.hits]


def _search_words(words: str, language: str, kinds: Sequence[str]) -> list[str]:
    from synchromesh.search.queries import search

    answer = search(words, language=language, kinds=kinds, limit=_SOME, counted=())
    return [f"{hit.kind}:{hit.slug}" for hit in answer.hits]


class _Peer:
    """SQLite's own full text search over the same texts, with the boosts that the product gives its fields.

    All words must occur, the last may be only begun; where that finds nothing any word will do, which is to its good.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE records USING fts5(name UNINDEXED, kind UNINDEXED, title, label, text, "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
            [
                (
                    f"{document.kind}:{document.slug}",
                    document.kind,
                    "\n".join(document.titles.values()),
                    "\n".join(label for labels in document.labels.values() for label in labels),
                    "\n".join(document.texts.values()),
                )
                for document in documents
            ],
        )

    def search(self, words: str, language: str, kinds: Sequence[str]) -> list[str]:
        """The same question to SQLite."""
        terms = [f'"{word}"' for word in words.replace('"', " ").split()]
        if not terms:
            return []
        return self._ask(f"{' '.join(terms)}*", kinds) or self._ask(f"{' OR '.join(terms)}*", kinds)

    def _ask(self, match: str, kinds: Sequence[str]) -> list[str]:
        rows = self._database.execute(
            "SELECT name, kind FROM records WHERE records MATCH ? ORDER BY bm25(records, 0, 0, 5, 4, 1)", (match,)
        )
        return [name for name, kind in rows if not kinds or kind in kinds][:_SOME]


def _print_ndcg(name: str, search: Search, queries: Iterable[JudgedQuery], *, each: bool) -> None:
    later = read_later()
    for title, kinds in _KINDS.items():
        groups: defaultdict[str, list[float]] = defaultdict(list)
        for query in queries:
            grades = query.grades_of(kinds)
            if not grades:
                continue
            everything = search(query.words, query.language, kinds)
            found = [record for record in everything if record not in later][:PLACES]
            value = ndcg(found, grades)
            groups["nothing passed over"].append(ndcg(everything, grades))
            half = "tuning half" if query.is_for_tuning else "measuring half"
            for group in ("all", half, query.language, query.sort):
                groups[group].append(value)
            if each:
                print(f"  {value:.2f} {query.language} {query.words}: " + ", ".join(_graded(found, grades)))
        line = " ".join(f"{group}={mean(values):.3f}" for group, values in groups.items())
        print(f"{name}: nDCG@{PLACES} {title} (limit {NDCG}, {len(groups['all'])} queries) {line}")


def _graded(found: Sequence[str], grades: Mapping[str, int]) -> list[str]:
    return [f"{record} {grades.get(record, 0)}" for record in found]


def _print_meaning(queries: Sequence[JudgedQuery]) -> None:
    from synchromesh.search.meaning import meanings_of

    start = time.process_time()
    meant = {query.id: meanings_of(query.words, language=query.language) for query in queries}
    taken = 1000 * (time.process_time() - start) / len(queries)
    unanswered = [query for query in queries if not query.grades]
    quiet = mean(not meant[query.id] for query in unanswered)
    print(f"quiet={quiet:.2f} ({len(unanswered)} queries) ms={taken:.1f} (limit {MEANING_MS})")


if __name__ == "__main__":
    main(sys.argv[1:])
