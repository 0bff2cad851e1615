"""How many courses can be taken in each field and towards each job role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from synchromesh.catalogue.queries.course_filter import CourseFilter, chosen_in_index, index_bands
from synchromesh.search.queries import browse


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCounts:
    """Numbers of courses: of all, and by the slug of each field and role that has any.

    A course counts towards each role that needs one of the skills it teaches.
    """

    total: int
    by_field: Mapping[str, int]
    by_role: Mapping[str, int]


def count_courses(*, today: date) -> CourseCounts:
    """What the list of courses finds for each field and each role. One question to the index, none to the database."""
    everything = CourseFilter()
    answer = browse(
        kinds=("course",),
        limit=0,
        chosen=chosen_in_index(everything),
        bands=index_bands(everything, today=today),
        counted=("field", "role"),
    )
    filters = answer.filters
    return CourseCounts(total=answer.total, by_field=filters.get("field", {}), by_role=filters.get("role", {}))
