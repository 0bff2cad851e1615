"""Sitemaps and indexes of sitemaps (https://www.sitemaps.org/protocol.html): they name pages, and hold no course.

`follow` gives the addresses to fetch: those of the same host, at most 5,000; of more, the ones that changed last.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import web_address
from synchromesh.engine.feeds.readers._xml_stream import find_root, stream_entries
from synchromesh.engine.feeds.readers._xml_texts import Parts, parts_of, raw_text
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

__all__ = ["MOST_PAGES", "TITLE", "accepts", "follow", "read"]

TITLE = "sitemap or index of sitemaps (XML), whose pages are fetched"

MOST_PAGES = 5_000
_ROOTS = ("urlset", "sitemapindex")
_ENTRIES = ("url", "sitemap")


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the first element is that of a sitemap."""
    del name
    root = find_root(file)
    return root is not None and root.name in _ROOTS


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """One problem, which says that the pages have to be fetched; raises InvalidInput for a broken file."""
    del settings
    counts = {"url": 0, "sitemap": 0}
    for entry in stream_entries(file, name=name, entries=_ENTRIES):
        counts[entry.name] += 1
    named = f"{counts['sitemap']:,} sitemaps" if counts["sitemap"] else f"{counts['url']:,} pages"
    message = f"This sitemap names {named} and holds no course. Add its address as a source, so that they are fetched."
    yield Problem(position="file", field="", message=message)


def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The pages or sitemaps of the same host that are named, in the order of the file; of a broken one none."""
    host = _host(address)
    try:
        found = heapq.nlargest(MOST_PAGES, _pages(file, address, host))
    except InvalidInput:
        return ()
    places = {page: -number for _, number, page in reversed(found)}
    return tuple(sorted(places, key=lambda page: places[page]))


def _pages(file: BinaryIO, address: str, host: str) -> Iterator[tuple[str, int, str]]:
    """Day of the last change, negative place in the file, address."""
    for number, entry in enumerate(stream_entries(file, name=address, entries=_ENTRIES)):
        parts = parts_of(entry.element)
        page = web_address(_first(parts, "loc"), base=address)
        if page and _host(page) == host and page != address:
            yield _first(parts, "lastmod")[:10], -number, page


def _first(parts: Parts, name: str) -> str:
    return next((raw_text(element) for element in parts.get(name, ())), "")


def _host(address: str) -> str:
    """The host without a leading "www.", which many sites leave out in some places."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
