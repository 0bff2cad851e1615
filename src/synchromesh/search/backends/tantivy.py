"""The embedded index: tantivy (https://github.com/quickwit-oss/tantivy), files in a folder, no server.

Several processes may search while one writes. Measured at a million courses: half a millisecond for a query, a few
for one with counts and near spellings.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from synchromesh.search.analysis import STEMS, WORDS
from synchromesh.search.backends import _folders
from synchromesh.search.contract import Answer, Document, Hit, IndexUnusableError, Wanted, sorted_counts
from synchromesh.search.hits import hit_of
from synchromesh.search.ranking import STEM_FIELDS, WORD_FIELDS, Clause, Match, clauses, field_texts

VERSION = 1
"""Raise it with every change of the fields, the analysis or the stored form: an index of another version is rebuilt."""

_WRITER_BYTES = 50_000_000
_EXTRA_HITS = 50
_SAME_SCORE = 0.001
# Far above the number of values of any filter, so that every count is exact.
_VALUES = 10_000

_indexes: dict[Path, TantivyIndex] = {}


def open_index(folder: Path) -> TantivyIndex:
    """The index below `folder`; one object per process, because opening the files takes longer than searching."""
    return _indexes.setdefault(folder, TantivyIndex(folder))


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in WORD_FIELDS:
        builder.add_text_field(field, tokenizer_name="words", index_option="freq")
    for field in STEM_FIELDS:
        builder.add_text_field(field, tokenizer_name="stems", index_option="freq")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("facet", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


_SCHEMA = _make_schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An open index and the state of its list of segments, which every commit replaces."""

    name: str
    state: tuple[int, int, int]
    index: tantivy.Index


class TantivyIndex:
    """See `backends.Index`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened: _Opened | None = None
        self._opening = threading.Lock()

    def replace_all(self, documents: Iterable[Document]) -> None:
        folder = _folders.make_folder(self._root, version=VERSION)
        try:
            with _translated_errors():
                index = _with_analysers(tantivy.Index(_SCHEMA, path=str(folder)))
            _write(index, documents)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _folders.make_current(folder)

    def put(self, documents: Iterable[Document]) -> None:
        _write(self._open(), documents, replacing=True)

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        _write(self._open(), (), removed=[_key(kind, uid) for uid in uids])

    def search(self, wanted: Wanted) -> Answer:
        with _translated_errors():
            searcher = self._open().searcher()
            of_all_kinds = _query(wanted)
            query = _in_kinds(of_all_kinds, wanted.kinds)
            total, hits = _best(searcher, query, wanted)
            filters = _counts(searcher, query)
            filters["kind"] = _counts(searcher, of_all_kinds)["kind"] if wanted.kinds else filters["kind"]
        return Answer(total=total, exact=not wanted.tolerant, hits=hits, filters=filters)

    def _open(self) -> tantivy.Index:
        """The current index, opened again only when it was replaced or written to."""
        with self._opening, _translated_errors():
            name = _folders.current_name(self._root, version=VERSION)
            status = (self._root / name / "meta.json").stat()
            state = (status.st_ino, status.st_mtime_ns, status.st_size)
            if self._opened is None or (self._opened.name, self._opened.state) != (name, state):
                index = tantivy.Index.open(str(self._root / name))
                index.config_reader("Manual")
                self._opened = _Opened(name=name, state=state, index=_with_analysers(index))
            return self._opened.index


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Turn what tantivy and the file system raise about broken files into IndexUnusableError."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnusableError(str(error)) from error
    except BaseException as error:
        # A panic of the library on damaged bytes; its class cannot be imported and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnusableError(f"The index is damaged: {error}") from error


def _with_analysers(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("words", WORDS)
    index.register_tokenizer("stems", STEMS)
    return index


def _key(kind: str, uid: str) -> str:
    return f"{kind}/{uid}"


def _write(
    index: tantivy.Index, documents: Iterable[Document], *, replacing: bool = False, removed: Iterable[str] = ()
) -> None:
    with _writer(index) as writer:
        for key in removed:
            writer.delete_documents_by_term("key", key)
        # What goes wrong while the records are read is not the index's fault, so only the rest is translated.
        for document in documents:
            with _translated_errors():
                if replacing:
                    writer.delete_documents_by_term("key", _key(document.kind, document.uid))
                writer.add_document(_row(document))


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Write and commit, or leave the index as it was; the writer's threads have ended in either case."""
    with _translated_errors():
        # One thread: the same documents give the same segments, hence the same scores.
        writer = index.writer(_WRITER_BYTES, 1)
    try:
        yield writer
    except BaseException:
        with suppress(ValueError):
            writer.rollback()
        writer.wait_merging_threads()
        raise
    with _translated_errors():
        writer.commit()
        writer.wait_merging_threads()


def _row(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    for field, texts in field_texts(document).items():
        for text in texts:
            row.add_text(field, text)
    row.add_text("key", _key(document.kind, document.uid))
    row.add_text("kind", document.kind)
    for name, value in sorted(document.facets):
        row.add_text("facet", f"{name}={value}")
    shown = [document.kind, document.uid, document.slug, dict(document.titles)]
    row.add_bytes("shown", json.dumps(shown).encode("ascii"))
    return row


def _query(wanted: Wanted) -> Query:
    """Every word must match in one of its ways. The query is built from values: no text is parsed as a query."""
    return Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query([(Occur.Should, _clause_query(clause)) for clause in ways]))
            for ways in clauses(wanted)
        ]
    )


def _clause_query(clause: Clause) -> Query:
    if clause.match is Match.TERM:
        return Query.boost_query(Query.term_query(_SCHEMA, clause.field, clause.text, "freq"), clause.weight)
    # A prefix is asked for as an automaton of distance 0; as a regular expression long words would be refused.
    found = Query.fuzzy_term_query(
        _SCHEMA, clause.field, clause.text, clause.distance, prefix=clause.match is Match.PREFIX
    )
    return Query.const_score_query(found, clause.weight)


def _in_kinds(query: Query, kinds: tuple[str, ...]) -> Query:
    if not kinds:
        return query
    chosen = Query.const_score_query(Query.term_set_query(_SCHEMA, "kind", list(kinds)), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, chosen)])


def _best(searcher: tantivy.Searcher, query: Query, wanted: Wanted) -> tuple[int, tuple[Hit, ...]]:
    """The number of matches and the hits asked for.

    tantivy orders by score only. So more hits are taken until the last one scores lower than the last one wanted; then
    all that could tie are there and are ordered by kind and slug.
    """
    end = max(wanted.offset + wanted.limit, 1)
    most = max(searcher.num_docs, 1)
    size = min(end + _EXTRA_HITS, most)
    result = searcher.search(query, size)
    while size < most and len(result.hits) == size and result.hits[-1][0] > result.hits[end - 1][0] - _SAME_SCORE:
        size = min(size * 4, most)
        result = searcher.search(query, size)
    rows = [(-round(score, 4), json.loads(searcher.doc(address)["shown"][0])) for score, address in result.hits]
    rows.sort(key=lambda row: (row[0], row[1][0], row[1][2]))
    shown = [row for _score, row in rows[wanted.offset : wanted.offset + wanted.limit]]
    hits = (hit_of(kind=kind, uid=uid, slug=slug, titles=titles, wanted=wanted) for kind, uid, slug, titles in shown)
    return result.count, tuple(hits)  # type: ignore[attr-defined]  # missing in tantivy's own stubs


def _counts(searcher: tantivy.Searcher, query: Query) -> dict[str, dict[str, int]]:
    """How many matches have each value of each filter, over all matches."""
    asked = {field: {"terms": {"field": field, "size": _VALUES}} for field in ("kind", "facet")}
    answer: dict[str, Any] = searcher.aggregate(query, asked)
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict, language={})
    counts["kind"] = {bucket["key"]: bucket["doc_count"] for bucket in answer["kind"]["buckets"]}
    for bucket in answer["facet"]["buckets"]:
        name, _, value = bucket["key"].partition("=")
        counts[name][value] = bucket["doc_count"]
    return {name: sorted_counts(values) for name, values in sorted(counts.items())}
