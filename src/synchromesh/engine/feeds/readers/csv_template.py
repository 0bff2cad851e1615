"""Courses in a table, CSV or XLSX: our own template, one row per run, or a table that another system made.

Rows with the same id are one course and stand together; after the first, the course's columns may stay empty. Only a
title is needed. A row with a problem is left out whole and reported. Headings of another system are matched with the
template's columns (`column_matching`); a cell below such a heading that cannot be read is reported and left empty, and
the row still loads. Our own format, described in docs/how-to.

Written and read back, a course is the same, but for what reading adds: minutes where only words state the workload,
and the days of a run where only words state its dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.column_matching import choose_columns, propose_columns
from synchromesh.engine.feeds.readers._csv_courses import CourseRows
from synchromesh.engine.feeds.readers._csv_rows import TableRules
from synchromesh.engine.feeds.readers._csv_writing import write_courses
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, ReadSettings
from synchromesh.engine.feeds.template_columns import COLUMNS
from synchromesh.engine.tables.reading import column_name, open_table, read_headings

__all__ = ["COLUMNS", "TITLE", "accepts", "read", "write"]

TITLE = "course template or another table of courses, CSV or XLSX (a heading row with a title, one row per run)"

_ENDINGS = (".csv", ".tsv", ".xlsx")
_OTHER_FORMATS = (b"{", b"[", b"<", b"BEGIN:", b"%PDF-")


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether this is a table with a column of the template, or with one that holds titles beside others.

    A broken table whose name says CSV or XLSX is accepted too, so that `read` can say what is wrong with it.
    """
    start = file.read(200).removeprefix(b"\xef\xbb\xbf")[:100].lstrip()
    if start.startswith(_OTHER_FORMATS):
        return False
    named_as_table = name.lower().partition("?")[0].endswith(_ENDINGS)
    try:
        headings = read_headings(file, name=name)
    except InvalidInput:
        return named_as_table
    if named_as_table or set(map(column_name, headings)) & set(COLUMNS):
        return True
    matched = [column for column in propose_columns(headings).values() if column]
    return len(matched) > 1 and any(column.startswith("title") for column in matched)


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Read the table row by row; raises InvalidInput when it is no table or no column holds a title."""
    table = open_table(file, name=name)
    choice = choose_columns(table.headings, columns=settings.columns, name=name)
    yield from choice.problems
    courses = CourseRows(choice=choice, rules=TableRules.of(choice, settings))
    for entry in table.rows:
        if isinstance(entry, Problem):
            yield entry
        else:
            yield from courses.add(entry)
    yield from courses.finish()


def write(courses: Iterable[CourseRecord], file: BinaryIO, *, terms: FileTerms | None = None) -> None:
    """Write the courses in the template; texts in further languages get a column for each language there is.

    A table has no place for `terms` but the columns of each course.
    """
    del terms
    write_courses(courses, file)
