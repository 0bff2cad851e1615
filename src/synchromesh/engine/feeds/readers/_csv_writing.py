"""Courses into rows of the template: one row per run, the columns of a course only in its first row."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO

from synchromesh.engine.feeds.records import CourseRecord, RunRecord
from synchromesh.engine.feeds.skill_links import format_skill_links
from synchromesh.engine.feeds.template_columns import COLUMNS, text_column
from synchromesh.engine.tables.lists import join_list
from synchromesh.engine.tables.writing import Value, cell_text, write_csv_rows
from synchromesh.engine.vocabulary.money import Money

_IN_MEMORY = 4 * 1024 * 1024  # bytes of rows that wait for the headings; more wait in a temporary file


def write_courses(courses: Iterable[CourseRecord], file: BinaryIO) -> None:
    """Write the template as CSV. Which languages there are is known only at the end, so the rows wait until then."""
    columns = dict.fromkeys(COLUMNS)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as waiting:
        for course in courses:
            for row in _rows(course):
                columns.update(dict.fromkeys(row))
                texts = {column: cell_text(value) for column, value in row.items()}
                waiting.write(json.dumps(texts).encode() + b"\n")
        waiting.seek(0)
        write_csv_rows(file, tuple(columns), map(json.loads, waiting))


def _rows(course: CourseRecord) -> Iterator[dict[str, Value]]:
    first, *others = course.runs or (None,)
    yield {**_course_cells(course), **_run_cells(first)}
    for run in others:
        yield {"id": course.external_id, **_run_cells(run)}


def _course_cells(course: CourseRecord) -> dict[str, Value]:
    """Return the cells of the course's columns; those named like a field of text or number need no work."""
    plain: dict[str, Value] = {
        name: value
        for name, value in ((item.name, getattr(course, item.name)) for item in dataclasses.fields(course))
        if name in COLUMNS and not isinstance(value, tuple | Money | Mapping)
    }
    outcomes = {language: join_list(items, quoted="\n\r") for language, items in course.outcomes.items() if items}
    return {
        **plain,
        "id": course.external_id,
        "text_language": course.text_language,
        **_text_cells("title", course.titles, course.text_language),
        **_text_cells("summary", course.summaries, course.text_language),
        **_text_cells("description", course.descriptions, course.text_language),
        **_text_cells("outcomes", outcomes, course.text_language),
        **{name: join_list(getattr(course, name)) for name in ("topics", "languages", "subtitles", "accessibility")},
        "keywords": join_list(course.keywords, quoted=","),
        "price": _written_price(course.price),
        "currency": course.price.currency if course.price else "",
        "skills": format_skill_links(course.skills),
    }


def _text_cells(text: str, texts: Mapping[str, str], language: str) -> dict[str, Value]:
    """Return the text in the row's language in its plain column, the others in columns of their own."""
    return {text if code == language else text_column(text, code): words for code, words in texts.items() if words}


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
