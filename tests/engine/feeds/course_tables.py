"""Read a course table with its reader alone."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers import csv_template
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, WholeFeed
from synchromesh.engine.tables.writing import Values, write_csv


def read_bytes(data: bytes, *, settings: ReadSettings | None = None) -> WholeFeed:
    """Return all courses and problems of a table."""
    entries = list(csv_template.read(io.BytesIO(data), name="courses.csv", settings=settings or ReadSettings()))
    return WholeFeed(
        format="csv_template",
        courses=tuple(entry for entry in entries if isinstance(entry, CourseRecord)),
        problems=tuple(entry for entry in entries if isinstance(entry, Problem)),
    )


def read_rows(columns: Sequence[str], *rows: Values, settings: ReadSettings | None = None) -> WholeFeed:
    """Return all courses and problems of a table with these headings and rows."""
    return read_bytes(write_csv(columns, rows), settings=settings)


def written(records: Iterable[CourseRecord]) -> bytes:
    """Return the courses as the template."""
    file = io.BytesIO()
    csv_template.write(records, file)
    return file.getvalue()
