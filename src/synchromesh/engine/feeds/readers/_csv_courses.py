"""Rows of a table joined into courses, which are given as soon as their rows end."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.column_matching import ColumnChoice
from synchromesh.engine.feeds.readers._csv_rows import TableRules, course_id, course_record, run_record
from synchromesh.engine.feeds.records import CourseRecord, RunRecord
from synchromesh.engine.feeds.template_columns import RUN_COLUMNS
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.model import Row

# Whatever their headings are called: without these a row is no course, or no further run.
_ESSENTIAL = frozenset({"title", "id", "record_type", "run_id"})
_COLUMN_OF = {"titles": "title", "summaries": "summary", "descriptions": "description", "external_id": "id"}
_COURSE_FIELDS = tuple(item.name for item in dataclasses.fields(CourseRecord) if item.name not in ("position", "runs"))
_NUMBER = re.compile(r"[\d.,' ]+")
_SEPARATED = (
    "Other rows of this course stand further up. Sort the table, so that the rows of one course stand together."
)


@dataclass(slots=True, kw_only=True)
class _Course:
    """A course while its rows are coming: the cells and record of its first readable row, and the runs so far."""

    external_id: str
    failed_at: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    record: CourseRecord | None = None
    runs: dict[str, RunRecord] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class CourseRows:
    """Takes the rows of a table in their order. Of finished courses only a number is kept."""

    choice: ColumnChoice
    rules: TableRules
    _current: _Course | None = None
    _finished: set[int] = field(default_factory=set)

    def add(self, row: Row) -> Iterator[CourseRecord | Problem]:
        """Take one row, whole or not at all; gives the course before it where another one begins."""
        cells = template_cells(row.cells, self.choice)
        external_id = course_id(cells, rules=self.rules)
        course = _Course(external_id="")
        if external_id:
            if self._current is None or self._current.external_id != external_id:
                yield from self.finish()
                self._current = _Course(external_id=external_id)
            course = self._current
        if course.record is not None:
            cells = _filled(cells, course.cells)
        reader = CellReader(Row(position=row.position, cells=cells), position=f"row {row.position}")
        if external_id and hash(external_id) in self._finished:
            reader.report("id" if cells.get("id") else "title", _SEPARATED)
        else:
            self._read(reader, course, cells)
        yield from map(self._shown, reader.problems)

    def finish(self) -> Iterator[CourseRecord]:
        """Give the course whose rows have ended, if it could be read."""
        course, self._current = self._current, None
        if course is None:
            return
        self._finished.add(hash(course.external_id))
        if course.record is not None:
            yield dataclasses.replace(course.record, runs=tuple(course.runs.values()))

    def _read(self, reader: CellReader, course: _Course, cells: Mapping[str, str]) -> None:
        """Add what the row says to its course, unless something is wrong that it cannot do without."""
        known = course.record
        if known is None and course.failed_at and not self.rules.title(cells):
            place = course.failed_at.capitalize()
            reader.report("title", f"{place} describes this course but was not read. Mend it.")
            return
        if known is not None and _says_the_same(cells, course.cells):
            record = known
        else:
            record = course_record(reader, external_id=course.external_id, rules=self.rules)
        run = run_record(reader)
        if known is not None:
            _check_against_first_row(reader, known, record, run, course.runs)
        if any(map(self._is_essential, reader.problems)):
            course.failed_at = course.failed_at or reader.position
            return
        if known is None:
            course.record, course.cells = record, cells
        if run is not None:
            course.runs[run.external_id] = run

    def _is_essential(self, problem: Problem) -> bool:
        return problem.field in _ESSENTIAL or problem.field not in self.choice.foreign

    def _shown(self, problem: Problem) -> Problem:
        """Return the problem with the heading as the file spells it, and what becomes of the cell."""
        if problem.field not in self.choice.foreign:
            return problem
        message = problem.message if self._is_essential(problem) else f"{problem.message} It was left empty."
        return dataclasses.replace(problem, field=self.choice.headings[problem.field], message=message)


def template_cells(cells: Mapping[str, str], choice: ColumnChoice) -> dict[str, str]:
    """Return the cells of a row by column of the template; a bare number gets the unit that its heading states."""
    found = {target: cells[key] for key, target in choice.targets.items()}
    for column, unit in choice.units.items():
        if _NUMBER.fullmatch(found[column]):
            found[column] = f"{found[column]} {unit}"
    return found


def _filled(cells: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    """Return the cells with empty ones of the course taken from its first row; a run never inherits."""
    return {column: text or ("" if column in _OF_RUNS else first[column]) for column, text in cells.items()}


_OF_RUNS = frozenset(RUN_COLUMNS)


def _says_the_same(cells: Mapping[str, str], first: Mapping[str, str]) -> bool:
    return all(text == first[column] for column, text in cells.items() if column not in _OF_RUNS)


def _check_against_first_row(
    cells: CellReader, first: CourseRecord, course: CourseRecord, run: RunRecord | None, runs: Mapping[str, RunRecord]
) -> None:
    """Report what a further row says differently about the course, and a run that stands there already."""
    if course is not first:
        for name in _COURSE_FIELDS:
            if getattr(course, name) != getattr(first, name):
                message = f"This differs from {first.position}, the first of this course. Leave it empty here."
                cells.report(_COLUMN_OF.get(name, name), message)
    if run is None:
        cells.report("id", f"The course stands already in {first.position}, and this row adds no run.")
    elif run.external_id in runs:
        place = runs[run.external_id].position
        cells.report("run_id", f"The run '{run.external_id[:60]}' of this course stands already in {place}.")
