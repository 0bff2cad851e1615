"""The rows of a list of courses: those that have the words, then those that were found by what the words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from synchromesh.catalogue.queries.course_lines import CourseLine
from synchromesh.catalogue.queries.courses import CoursePage
from synchromesh.search.contract import FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """One course of a list; `reason` says why it stands there although it does not have the words."""

    course: CourseLine
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRows:
    """The courses of one page in two blocks, either of which may be empty."""

    by_words: list[CourseRow] = field(default_factory=list)
    by_meaning: list[CourseRow] = field(default_factory=list)


def course_rows(found: CoursePage[CourseLine], reasons: Mapping[str, str]) -> CourseRows:
    """Put the courses of a page into their blocks, in their order; `reasons` by the uid of a course."""
    rows = CourseRows()
    for course, hit in zip(found.courses, found.hits.values(), strict=True):
        block = rows.by_meaning if hit.found_by is FoundBy.MEANING else rows.by_words
        block.append(CourseRow(course=course, reason=reasons.get(hit.uid, "")))
    return rows
