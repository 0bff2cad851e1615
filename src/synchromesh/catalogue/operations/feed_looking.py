"""Look at an address before it becomes a source: what a feed it is and what the first courses say. Nothing is kept."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.conf import settings

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.operations.feed_collecting import Bounds, collect_feed
from synchromesh.catalogue.permissions import may_import_courses
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds import readers
from synchromesh.engine.feeds.bundles import is_bundle
from synchromesh.engine.feeds.readers import find_reader, open_feed
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.plugins import discover
from synchromesh.engine.tables.reading import read_headings
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.polite_fetching import PoliteVisit

SECONDS = 20.0
DOCUMENTS = 5  # of a feed of many, enough to see what it is
LARGEST = 20 * 1024 * 1024  # bytes
_MOST_ENTRIES = 500
_SHOWN = 10
_TABLE = "csv_template"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLook:
    """What the beginning of a feed holds.

    `format` is the name of the reader, `format_title` what a person calls it. `courses` and `problems` are the first
    ten of each; the counts are those of the entries that were looked at. `is_part` says that there is more. `headings`
    are those of a table; a table whose headings nobody has matched yet may be no use as it is, as `refusal` then says.
    """

    format: str
    format_title: str
    documents: int
    course_count: int
    problem_count: int
    courses: tuple[CourseRecord, ...]
    problems: tuple[Problem, ...]
    is_part: bool
    headings: tuple[str, ...] = ()
    refusal: str = ""


def look_at_feed(
    *, by: Actor, url: str, reading: ReadSettings | None = None, visit: PoliteVisit | None = None
) -> FeedLook:
    """Fetch the beginning of the feed at `url`, at most five documents in 20 seconds, and read it.

    Alliance staff and the operator may. Raises NotAllowed, InvalidInput for an address that cannot be fetched by rule
    or a feed that is no use, and ExternalFailure where the other side fails.
    """
    require(may_import_courses(by), "Only alliance staff can look at feeds.")
    chosen = visit or PoliteVisit(seconds=SECONDS, allowed_networks=settings.FETCH_NETWORKS)
    with tempfile.TemporaryFile() as made:
        file = cast(BinaryIO, made)
        bounds = Bounds(documents=DOCUMENTS, size=LARGEST, is_sample=True)
        collected = collect_feed(url, file, visit=chosen, bounds=bounds)
        file.seek(0)
        headings = table_headings(file, name=collected.address)
        format_, entries, refusal = _entries(file, collected.address, reading, is_table=bool(headings))
    courses = [entry for entry in entries[:_MOST_ENTRIES] if isinstance(entry, CourseRecord)]
    problems = [entry for entry in entries[:_MOST_ENTRIES] if isinstance(entry, Problem)]
    return FeedLook(
        format=format_,
        format_title=_title(format_),
        documents=collected.documents,
        course_count=len(courses),
        problem_count=len(problems),
        courses=tuple(courses[:_SHOWN]),
        problems=tuple(problems[:_SHOWN]),
        is_part=len(entries) > _MOST_ENTRIES or collected.documents >= DOCUMENTS,
        headings=headings,
        refusal=refusal,
    )


def _title(name: str) -> str:
    module = discover(readers).get(name)
    return str(module.TITLE) if module else ""


def table_headings(file: BinaryIO, *, name: str) -> tuple[str, ...]:
    """The headings of a table as the file spells them; none of a feed that is no table. It stands at its start then."""
    try:
        if is_bundle(file) or find_reader(file, name=name)[0] != _TABLE:
            return ()
        return read_headings(file, name=name)
    except InvalidInput:
        return ()
    finally:
        file.seek(0)


def _entries(
    file: BinaryIO, name: str, reading: ReadSettings | None, *, is_table: bool
) -> tuple[str, list[CourseRecord | Problem], str]:
    """The format, the first entries, and why a table is no use; a feed of another kind that is none raises."""
    try:
        feed = open_feed(file, name=name, settings=reading)
        return feed.format, list(itertools.islice(feed.entries, _MOST_ENTRIES + 1)), ""
    except InvalidInput as error:
        if not is_table:
            raise
        return _TABLE, [], error.message
