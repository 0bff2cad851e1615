"""The embedded index: tantivy (https://github.com/quickwit-oss/tantivy), files in a folder, no server.

Several processes may search while one writes. A commit appears at once and as a whole; whoever is killed before it has
changed nothing.
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import tantivy

from synchromesh.search.backends import _folders, _tantivy_answers
from synchromesh.search.backends._tantivy_rows import SCHEMA, Layout, Rows, key_of, read_layout, write_layout
from synchromesh.search.compounds import Parts, collect_parts, drained, read_parts, write_parts
from synchromesh.search.contract import Answer, Document, IndexUnusableError, Wanted

VERSION = 3
"""Raise it with every change of the fields, the analysis or the stored form: an index of another version is rebuilt."""

# Much memory gives few large segments, but takes time to set up, so that few documents get the least there may be.
_BUILDING_BYTES, _CHANGING_BYTES = 600_000_000, 15_000_000
# The words are taken in by the library while Python makes the next rows; two of its threads are enough to keep up.
_BUILDING_THREADS = 2
# Of so many documents the words make the list of parts: they are kept in memory until they are written themselves.
_READ_FIRST = 10_000
_FEW, _AT_ONCE = 1000, 500
_PARTS, _LAYOUT = "parts.txt", "layout.json"

_indexes: dict[Path, TantivyIndex] = {}


def open_index(folder: Path) -> TantivyIndex:
    """The index below `folder`; one object per process, because opening the files takes longer than searching."""
    return _indexes.setdefault(folder, TantivyIndex(folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An open index and the state of its list of segments, which every commit replaces."""

    name: str
    state: tuple[int, int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    layout: Layout


class TantivyIndex:
    """See `backends.Index`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened: _Opened | None = None
        self._opening = threading.Lock()
        # The state of the file that names the folder in use, and the list of segments in that folder.
        self._segments = ((0, 0, 0), "")

    def replace_all(self, documents: Iterable[Document]) -> None:
        folder = _folders.make_folder(self._root, version=VERSION)
        try:
            rest = iter(documents)
            first = deque(itertools.islice(rest, _READ_FIRST))
            parts = collect_parts(first)
            with _translated_errors():
                index = tantivy.Index(SCHEMA, path=str(folder))
                write_parts(parts, folder / _PARTS)
                write_layout(Layout(), folder / _LAYOUT)
            memory, threads = (_BUILDING_BYTES, _BUILDING_THREADS) if len(first) > _FEW else (_CHANGING_BYTES, 1)
            with _writer(index, memory=memory, threads=threads) as writer:
                _add(writer, drained(first, rest), parts, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _folders.make_current(folder)

    def put(self, documents: Iterable[Document]) -> None:
        opened = self._open()
        folder = self._root / opened.name
        with _translated_errors():
            parts = read_parts(folder / _PARTS)
        with _writer(opened.index, memory=_CHANGING_BYTES) as writer:
            _add(writer, documents, parts, folder, replacing=True)

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        with _writer(self._open().index, memory=_CHANGING_BYTES) as writer, _translated_errors():
            for uid in uids:
                writer.delete_documents_by_term("key", key_of(kind, uid))

    def search(self, wanted: Wanted) -> Answer:
        with _translated_errors():
            opened = self._open()
            return _tantivy_answers.answer(opened.searcher, opened.layout, wanted)

    def stamp(self) -> Hashable | None:
        try:
            current = _state_of(_folders.pointer(self._root))
            known, segments = self._segments
            if known != current:
                segments = str(self._root / _folders.current_name(self._root, version=VERSION) / "meta.json")
                self._segments = current, segments
            return current, _state_of(segments)
        except (OSError, IndexUnusableError):
            return None

    def _open(self) -> _Opened:
        """The current index, opened again only when it was replaced or written to."""
        with self._opening, _translated_errors():
            name = _folders.current_name(self._root, version=VERSION)
            state = _state_of(str(self._root / name / "meta.json"))
            if self._opened is None or (self._opened.name, self._opened.state) != (name, state):
                index = tantivy.Index.open(str(self._root / name))
                index.config_reader("Manual")
                searcher = index.searcher()
                self._opened = _Opened(
                    name=name,
                    state=state,
                    index=index,
                    searcher=searcher,
                    layout=read_layout(self._root / name / _LAYOUT),
                )
            return self._opened


def _state_of(path: str) -> tuple[int, int, int]:
    """What changes when a file is replaced; both files that are looked at are replaced, never written to."""
    status = os.stat(path)  # a path object would take as long again, for each page
    return status.st_ino, status.st_mtime_ns, status.st_size


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


def _add(
    writer: tantivy.IndexWriter, documents: Iterable[Document], parts: Parts, folder: Path, *, replacing: bool = False
) -> None:
    with _translated_errors():
        layout = read_layout(folder / _LAYOUT)
    rows = Rows(parts, layout)
    left = iter(documents)
    # What goes wrong while the records are read is not the index's fault, so only the rest is translated.
    while some := list(itertools.islice(left, _AT_ONCE)):
        made = [rows.row_of(document) for document in some]
        with _translated_errors():
            for document, row in zip(some, made, strict=True):
                if replacing:
                    writer.delete_documents_by_term("key", key_of(document.kind, document.uid))
                writer.add_json(row)
    rows.close()
    with _translated_errors():
        write_layout(layout, folder / _LAYOUT)


@contextmanager
def _writer(index: tantivy.Index, *, memory: int, threads: int = 1) -> Iterator[tantivy.IndexWriter]:
    """Write and commit, or leave the index as it was; the writer's threads have ended in either case."""
    with _translated_errors():
        writer = index.writer(memory, threads)
    try:
        yield writer
        with _translated_errors():
            _commit(writer)
    except BaseException:
        with suppress(ValueError):
            writer.rollback()
        with suppress(ValueError):
            writer.wait_merging_threads()
        raise


def _commit(writer: tantivy.IndexWriter) -> None:
    writer.commit()
    writer.wait_merging_threads()
