"""Formats of course feeds: one module each, found by discovery.

The contract of a reader module:

- `TITLE: str`: what a person calls the format;
- `accepts(file: BinaryIO, name: str) -> bool`: whether the bytes are of this format, judged by content, `name` (a file
  name or an address) only as a hint; looks at no more than it needs, must not raise, and must leave the bytes of other
  formats alone; the file stands at its start;
- `read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]`: entries with
  problems are left out and reported with their position, the others come as they are read, so that a feed of any size
  needs no more memory than its largest entry; an event, a page or anything else that is not a course is a problem;
  raises InvalidInput only when the feed as a whole is no use;
- `write(courses: Iterable[CourseRecord], file: BinaryIO, *, terms: FileTerms | None = None) -> None`, where the format
  is also written: `read` gives back the same courses, apart from positions and from what the format cannot hold (which
  its docstring names); `terms` stand in the file where the format has a place for them;
- `follow(file: BinaryIO, *, address: str) -> tuple[str, ...]`, where a feed is spread over several documents: the
  addresses of those that this one names, such as the next page of a list or the pages of a sitemap.

A bundle (`engine.feeds.bundles`) holds several documents of one feed; each is read by the reader that accepts it.
"""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.bundles import is_bundle, read_bundle
from synchromesh.engine.feeds.records import (
    CourseRecord,
    Feed,
    FileTerms,
    ReadSettings,
    RunRecord,
    SkillLinkRecord,
    WholeFeed,
)
from synchromesh.engine.plugins import discover

__all__ = [
    "CourseRecord",
    "Feed",
    "FileTerms",
    "ReadSettings",
    "RunRecord",
    "SkillLinkRecord",
    "WholeFeed",
    "find_reader",
    "follow_feed",
    "open_feed",
    "read_feed",
]


def find_reader(file: BinaryIO, *, name: str) -> tuple[str, ModuleType]:
    """The first reader, in order of name, that accepts the file, with its name; the file stands at its start again.

    Raises InvalidInput when no reader does, naming those that are read.
    """
    readers = discover(sys.modules[__name__])
    for title, module in readers.items():
        file.seek(0)
        accepted = module.accepts(file, name)
        file.seek(0)
        if accepted:
            return title, module
    known = "; ".join(module.TITLE for module in readers.values())
    raise InvalidInput(f"{name} is of no format that is read here. These are read: {known}.")


def open_feed(file: BinaryIO, *, name: str, settings: ReadSettings | None = None) -> Feed:
    """Open a feed, a seekable file, with the reader that accepts it; `name` is the file name or address.

    Raises InvalidInput when no reader does. Entries come while one iterates.
    """
    chosen = settings or ReadSettings()
    if not is_bundle(file):
        title, module = find_reader(file, name=name)
        return Feed(format=title, entries=module.read(file, name=name, settings=chosen))
    documents = _documents(file, chosen)
    first = next(documents, None)
    if first is None:
        raise InvalidInput(f"{name} holds no document.")
    title, entries = first
    rest = itertools.chain.from_iterable(others for _, others in documents)
    return Feed(format=title, entries=itertools.chain(entries, rest))


def _documents(file: BinaryIO, settings: ReadSettings) -> Iterator[tuple[str, Iterator[CourseRecord | Problem]]]:
    """The format and the entries of each document of a bundle; positions name the document."""
    for number, document in enumerate(read_bundle(file), 1):
        # What follows "?" may be a key of the provider's, which is nobody's business here.
        place = f"document {number} {document.address.partition('?')[0]}"
        content = io.BytesIO(document.data)
        try:
            title, module = find_reader(content, name=place)
        except InvalidInput as error:
            yield "", iter((Problem(position=place, field="", message=error.message),))
            continue
        yield title, _placed(module.read(content, name=document.address, settings=settings), place)


def _placed(entries: Iterator[CourseRecord | Problem], place: str) -> Iterator[CourseRecord | Problem]:
    """One broken document spoils only itself."""
    try:
        for entry in entries:
            yield replace(entry, position=f"{place} {entry.position}".strip())
    except InvalidInput as error:
        yield Problem(position=place, field=error.field or "", message=error.message)


def follow_feed(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The addresses of further documents of the feed that this document names; none where no reader accepts it."""
    try:
        _, module = find_reader(file, name=address)
    except InvalidInput:
        return ()
    found: tuple[str, ...] = module.follow(file, address=address) if hasattr(module, "follow") else ()
    return found


def read_feed(data: bytes, *, name: str, settings: ReadSettings | None = None) -> WholeFeed:
    """Read a feed to its end, for one that is known to be small. Raises InvalidInput as `open_feed` and its entries."""
    feed = open_feed(io.BytesIO(data), name=name, settings=settings)
    entries = list(feed.entries)
    return WholeFeed(
        format=feed.format,
        courses=tuple(entry for entry in entries if isinstance(entry, CourseRecord)),
        problems=tuple(entry for entry in entries if isinstance(entry, Problem)),
    )
