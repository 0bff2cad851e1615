"""Formats of course feeds: one module each, found by discovery.

The contract of a reader module:

- `TITLE: str`: what a person calls the format;
- `accepts(data: bytes, name: str) -> bool`: whether the bytes are of this format, judged by content, `name` only as a
  hint; must be quick, must not raise, and must leave the bytes of other formats alone;
- `read(data: bytes, *, name: str) -> Feed`: entries with problems are left out and reported with their position, the
  others load; an event, a page or anything else that is not a course is a problem; raises InvalidInput only when the
  feed as a whole is no use;
- `write(courses: Iterable[CourseRecord]) -> bytes`, where the format is also written: `read` gives back the same
  courses, apart from positions.
"""

from __future__ import annotations

import sys

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import CourseRecord, Feed, RunRecord, SkillLinkRecord
from synchromesh.engine.plugins import discover

__all__ = ["CourseRecord", "Feed", "RunRecord", "SkillLinkRecord", "read_feed"]


def read_feed(data: bytes, *, name: str) -> Feed:
    """Read a feed with the first reader that accepts it, in order of name; `name` is the file name or address.

    Raises InvalidInput when no reader does, naming those that are read, or when the feed as a whole is no use.
    """
    readers = discover(sys.modules[__name__]).values()
    for module in readers:
        if module.accepts(data, name):
            feed: Feed = module.read(data, name=name)
            return feed
    raise InvalidInput(
        f"{name} is of no format that is read here. These are read: {'; '.join(module.TITLE for module in readers)}."
    )
