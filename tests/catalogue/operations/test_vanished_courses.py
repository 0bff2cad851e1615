"""A course that its feed no longer names is marked with the day, never erased, and comes back when named again."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.records import a_course, commit_feed, course_row, csv_file, preview_feed, stored, undo_feed

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations import vanished_courses

pytestmark = pytest.mark.django_db
BOTH = csv_file(course_row("c1", text_language="en"), course_row("c2", text_language="en"))
FIRST = csv_file(course_row("c1", text_language="en"))


def _missing() -> dict[str, bool]:
    return {course.slug: course.missing_since is not None for course in Course.objects.all()}


def test_what_a_whole_file_does_not_name_is_marked_and_the_preview_says_so() -> None:
    commit_feed(BOTH)
    batch, plan = preview_feed(FIRST)
    assert batch.counts == {"new": 0, "changed": 0, "same": 1, "error": 0, "missing": 1}
    assert [(row.label, row.effect) for row in plan.rows] == [("Course c1", "same"), ("Course c2", "missing")]
    before = stored()
    batch = commit_feed(FIRST)
    assert Course.objects.get(external_id="c2").missing_since == timezone.localdate()
    assert _missing() == {"course-c1": False, "course-c2": True}
    undo_feed(batch)
    assert stored() == before


def test_a_course_that_is_named_again_is_missing_no_longer() -> None:
    commit_feed(BOTH)
    commit_feed(FIRST)
    _, plan = preview_feed(FIRST)
    assert not plan.changes_something  # it is marked already
    _, plan = preview_feed(BOTH)
    assert [(row.label, row.changes[0].field) for row in plan.rows if row.changes] == [("Course c2", "missing_since")]
    commit_feed(BOTH)
    assert not any(_missing().values())


def test_a_partial_file_and_another_source_make_nothing_missing() -> None:
    a_course("by-hand")
    commit_feed(BOTH)
    batch = commit_feed(FIRST, complete=False)
    assert "missing" not in batch.counts
    a_course("of-another", import_source="south", external_id="c2")
    commit_feed(BOTH)
    assert not any(_missing().values())


def test_a_row_that_names_its_course_but_cannot_be_stored_is_no_missing_course() -> None:
    commit_feed(BOTH)
    commit_feed(csv_file(course_row("c1", text_language="en"), course_row("c2", record_type="x" * 81)))
    assert not any(_missing().values())


def test_as_long_as_unreadable_rows_may_be_the_missing_courses_none_is_marked() -> None:
    rows = [course_row(f"c{number}", text_language="en") for number in range(4)]
    commit_feed(csv_file(*rows))
    batch = commit_feed(csv_file(rows[0], rows[1], course_row("c2", minutes="long"), course_row("c3", minutes="long")))
    assert not any(_missing().values())
    assert "None is marked as missing." in batch.problems[-1]["message"]
    commit_feed(csv_file(rows[0], course_row("c9", minutes="long")))
    assert sum(_missing().values()) == 3


def test_many_missing_courses_are_looked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vanished_courses, "_AT_ONCE", 2)
    commit_feed(csv_file(*[course_row(f"c{number}", text_language="en") for number in range(7)]))
    commit_feed(csv_file(course_row("c3", text_language="en")))
    assert sorted(slug for slug, is_missing in _missing().items() if not is_missing) == ["course-c3"]
