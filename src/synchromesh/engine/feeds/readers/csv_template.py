"""The course template as CSV or XLSX: one row per run.

Rows with the same id are one course; after the first, the course's columns may stay empty. Only `title` is needed. A
row with a problem is left out whole and reported. Our own format, described in docs/how-to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._csv_rows import (
    COLUMNS,
    RUN_COLUMNS,
    course_record,
    derived_course_id,
    run_record,
)
from synchromesh.engine.feeds.records import CourseRecord, Feed, RunRecord
from synchromesh.engine.feeds.skill_links import format_skill_links
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.lists import join_list
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import read_columns, read_table
from synchromesh.engine.tables.writing import Value, write_csv
from synchromesh.engine.vocabulary.money import Money

__all__ = ["COLUMNS", "TITLE", "accepts", "read", "write"]

TITLE = "course template in CSV or XLSX (a heading row with the column 'title', one row per run)"

_ENDINGS = (".csv", ".tsv", ".xlsx")
_OTHER_FORMATS = (b"{", b"[", b"<", b"BEGIN:", b"%PDF-")


def accepts(data: bytes, name: str) -> bool:
    """Tell whether this is a table with at least one column of the template.

    A broken table whose name says CSV or XLSX is accepted too, so that `read` can say what is wrong with it.
    """
    start = data.removeprefix(b"\xef\xbb\xbf")[:100].lstrip()
    if start.startswith(_OTHER_FORMATS):
        return False
    named_as_table = name.lower().endswith(_ENDINGS)
    try:
        columns = read_columns(data, name=name)
    except InvalidInput:
        return named_as_table
    return bool(set(columns) & set(COLUMNS)) or named_as_table


def read(data: bytes, *, name: str) -> Feed:
    """Read the table; raises InvalidInput when it is no table or has no column `title`."""
    table = read_table(data, name=name)
    if "title" not in table.columns:
        found = ", ".join(f"'{column[:40]}'" for column in table.columns[:12])
        raise InvalidInput(
            f"{name} lacks the column 'title'. It has {found}. Rename or add what is missing.", field="title"
        )
    problems = list(table.problems)
    problems.extend(
        Problem(position="file", field=column, message="This column is not known and was not read.")
        for column in table.columns
        if column not in COLUMNS
    )
    courses = _Courses(problems=problems)
    for row in table.rows:
        courses.add(row)
    return Feed(format="csv_template", courses=courses.finished(), problems=tuple(problems))


def write(courses: Iterable[CourseRecord]) -> bytes:
    """Return the courses in the template; the columns of a course stand in its first row only."""
    rows: list[Mapping[str, Value]] = []
    for course in courses:
        first, *others = course.runs or (None,)
        rows.append({**_course_cells(course), **_run_cells(first)})
        rows.extend({"id": course.external_id, **_run_cells(run)} for run in others)
    return write_csv(COLUMNS, rows)


@dataclass(slots=True, kw_only=True)
class _Course:
    """A course while its rows are still coming: the cells and record of the first row, and the runs so far."""

    cells: Mapping[str, str]
    record: CourseRecord
    runs: dict[str, RunRecord] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Courses:
    """Joins the rows of each course."""

    problems: list[Problem]
    found: dict[str, _Course] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take one row, whole or not at all."""
        external_id = row.cells.get("id", "") or derived_course_id(row.cells.get("provider", ""), row.cells["title"])
        known = self.found.get(external_id)
        if known is not None:
            row = Row(position=row.position, cells=_filled(row.cells, known.cells))
        cells = CellReader(row, position=f"row {row.position}")
        if known is None and not cells.text("title") and external_id in self.failed:
            cells.report(
                "title", f"{self.failed[external_id].capitalize()} describes this course but was not read. Mend it."
            )
            self.problems.extend(cells.problems)
            return
        course, run = course_record(cells, external_id=external_id), run_record(cells)
        if known is not None:
            _check_against_first_row(cells, known, course, run)
        if cells.problems:
            if external_id:
                self.failed.setdefault(external_id, cells.position)
            self.problems.extend(cells.problems)
            return
        target = self.found.setdefault(external_id, _Course(cells=row.cells, record=course))
        if run is not None:
            target.runs[run.external_id] = run

    def finished(self) -> tuple[CourseRecord, ...]:
        """Return the courses with their runs, in the order of the file."""
        return tuple(
            dataclasses.replace(course.record, runs=tuple(course.runs.values())) for course in self.found.values()
        )


def _filled(cells: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    """Return the cells with empty ones of the course taken from its first row; a run never inherits."""
    return {column: text or ("" if column in RUN_COLUMNS else first[column]) for column, text in cells.items()}


def _check_against_first_row(cells: CellReader, known: _Course, course: CourseRecord, run: RunRecord | None) -> None:
    """Report what a further row says differently about the course, and a run that stands there already."""
    first = known.record
    for name in (item.name for item in dataclasses.fields(CourseRecord)):
        if name not in ("position", "runs") and getattr(course, name) != getattr(first, name):
            cells.report(name, f"This differs from {first.position}, the first of this course. Leave it empty here.")
    if run is None:
        cells.report("id", f"The course stands already in {first.position}, and this row adds no run.")
    elif run.external_id in known.runs:
        place = known.runs[run.external_id].position
        cells.report("run_id", f"The run '{run.external_id[:60]}' of this course stands already in {place}.")


def _course_cells(course: CourseRecord) -> dict[str, Value]:
    """Return the cells of the course's columns; those named like a field of text or number need no work."""
    plain: dict[str, Value] = {
        name: value
        for name, value in ((item.name, getattr(course, item.name)) for item in dataclasses.fields(course))
        if name in COLUMNS and not isinstance(value, tuple | Money)
    }
    return {
        **plain,
        "id": course.external_id,
        **{name: join_list(getattr(course, name)) for name in ("topics", "outcomes", "languages", "subtitles")},
        "price": _written_price(course.price),
        "currency": course.price.currency if course.price else "",
        "skills": format_skill_links(course.skills),
    }


def _run_cells(run: RunRecord | None) -> dict[str, Value]:
    if run is None:
        return {}
    cells: dict[str, Value] = {
        f"run_{item.name}": getattr(run, item.name) for item in dataclasses.fields(run) if item.name != "position"
    }
    cells["run_id"] = cells.pop("run_external_id")
    return cells


def _written_price(price: Money | None) -> str:
    """Return an amount such as "240.50", "free" for nothing to pay, "" for unknown."""
    if price is None:
        return ""
    return f"{Decimal(price.cents) / 100:.2f}" if price.cents else "free"
