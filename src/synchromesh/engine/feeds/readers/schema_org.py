"""schema.org `Course` and `CourseInstance` as JSON-LD: a file, or the scripts of a web page (https://schema.org/Course).

A document may be one course, a list, a `@graph` or an `ItemList`; nodes may refer to each other by `@id`. Runs are the
instances with a date, a place or an id of their own. Whatever is stated and cannot be read is a problem, and the course
is read without it; only a course without a title is left out.

What `write` cannot hold: spaces around texts and within one-line texts, control characters, texts of more than 50,000
characters, and years outside of 1950 to 2200. Words for the workload that name one amount ("3 days") are read with its
minutes, and words that are an ISO 8601 duration as minutes only.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import one_of_each, web_address
from synchromesh.engine.feeds.readers._html_scripts import is_page
from synchromesh.engine.feeds.readers._json_head import HEAD, json_head
from synchromesh.engine.feeds.readers._schema_documents import named_pages, read_file, read_page
from synchromesh.engine.feeds.readers._schema_writing import course_node, feed_node, organisation_node
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, ReadSettings

__all__ = ["MOST_PAGES", "TITLE", "accepts", "course_node", "follow", "organisation_node", "read", "write"]

TITLE = "schema.org courses in JSON-LD, as a file or in a web page"

MOST_PAGES = 5_000
_VOCABULARY = re.compile(r"https?://(?:www\.)?schema\.org(?:/.*)?")
_TYPE = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)\w+")
_CONTEXT_PLACE = re.compile(r"(?:.*\.)?@context(?:\.\[\])?(?:\.@vocab)?")
_TYPE_PLACE = re.compile(r"(?:.*\.)?@type(?:\.\[\])?")


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether this is a web page, or JSON-LD whose names are those of schema.org."""
    del name
    if _starts_as_page(file):
        return True
    places = json_head(file)
    contexts = {text for place in filter(_CONTEXT_PLACE.fullmatch, places) for text in places[place]}
    types = {text for place in filter(_TYPE_PLACE.fullmatch, places) for text in places[place]}
    if any(map(_VOCABULARY.fullmatch, contexts)) or any(map(_TYPE.fullmatch, types)):
        return True
    has_context = any(place.split(".")[-1] == "@context" for place in places)
    return not has_context and not types.isdisjoint({"Course", "CourseInstance"})


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Read the document; raises InvalidInput when it is no sound JSON, or a page without any JSON-LD."""
    base = web_address(name)
    chosen = read_page if _starts_as_page(file) else read_file
    yield from chosen(file, base=base, settings=settings)


def write(courses: Iterable[CourseRecord], file: BinaryIO, *, terms: FileTerms | None = None) -> None:
    """Write one JSON-LD document with a `@graph` of the courses, one by one, after what the file says of itself."""
    file.write(b'{\n "@context": "https://schema.org",\n "@graph": [')
    head = () if terms is None else (feed_node(terms),)
    for number, node in enumerate(itertools.chain(head, map(course_node, courses))):
        text = json.dumps(node, ensure_ascii=False, indent=1, allow_nan=False)
        file.write((",\n" if number else "\n").encode() + text.encode())
    file.write(b"\n]}\n")


def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The pages of the same host that a list of the document names instead of courses; of a broken document none."""
    try:
        found = named_pages(file, is_page=_starts_as_page(file))
    except InvalidInput:
        return ()
    pages = one_of_each(web_address(page, base=address) for page in found)
    host = urlsplit(address).hostname
    return tuple(page for page in pages if page != address and urlsplit(page).hostname == host)[:MOST_PAGES]


def _starts_as_page(file: BinaryIO) -> bool:
    """Whether the file is a web page; it stands at its start afterwards."""
    start = file.read(HEAD)
    file.seek(0)
    return is_page(start.decode("utf-8-sig", errors="replace"))
