"""What a person sets against a feed stays until they let it go; the feed says meanwhile what it would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.records import (
    a_skill,
    a_topic,
    commit_feed,
    course_row,
    csv_file,
    preview_feed,
    stored,
    undo_feed,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Course, CourseSkill, FieldLock
from synchromesh.catalogue.operations.course_editing import edit_course
from synchromesh.catalogue.operations.course_steps import undo_course_edit
from synchromesh.catalogue.operations.field_locks import release_field_lock
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.catalogue.queries.field_locks import list_kept_fields
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
ROW = course_row(
    "c1",
    title="Welding",
    text_language="en",
    provider="South School",
    topics="battery",
    minutes=60,
    price=100,
    currency="EUR",
    ects="2.5",
    run_id="r1",
    run_starts_on="2027-05-04",
    source_on="2026-11-22",
)


@pytest.fixture
def course() -> Course:
    """A course that a feed has brought."""
    a_topic("battery")
    a_topic("hydrogen", position=1)
    commit_feed(csv_file(ROW))
    return Course.objects.get()


def _edit(course: Course, **changes: Any) -> Any:
    return edit_course(by=OPERATOR, course=course, changes=changes)


def _feed(**cells: object) -> bytes:
    return csv_file(ROW | cells)


def test_a_field_that_was_edited_is_kept_and_the_preview_says_what_the_feed_says(course: Course) -> None:
    _edit(course, minutes=90)
    batch, plan = preview_feed(_feed(minutes=120))
    (row,) = plan.rows
    assert row.effect == "kept"
    assert [(c.field, c.before, c.after, c.kept) for c in row.changes] == [("minutes", "90", "120", True)]
    assert batch.counts == {"new": 0, "changed": 0, "same": 1, "error": 0, "kept": 1}
    commit_feed(_feed(minutes=120, title="Welding for all"))
    course.refresh_from_db()
    assert (course.minutes, course.titles) == (90, {"en": "Welding for all"})
    lock = FieldLock.objects.get()
    assert (lock.field, lock.source_value, lock.source_says, lock.locked_by) == ("minutes", 120, True, "operator")


def test_a_note_is_worth_a_commit_and_is_not_taken_twice(course: Course) -> None:
    _edit(course, minutes=90)
    _, plan = preview_feed(_feed(minutes=120))
    assert plan.changes_something
    commit_feed(_feed(minutes=120))
    before = stored()
    _, plan = preview_feed(_feed(minutes=120))
    assert not plan.changes_something
    commit_feed(_feed(minutes=120))
    assert stored() == before


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ({"titles": {"en": "Joining"}}, {"title": "New"}),
        ({"price_cents": 500}, {"price": "120 CZK", "currency": "CZK"}),
        ({"ects": None}, {"ects": "3"}),
        ({"topics": ["hydrogen"]}, {"topics": ""}),
        ({"runs": []}, {"run_starts_on": "2027-06-01"}),
        ({"provider": None}, {"provider": "North School"}),
    ],
)
def test_every_kind_of_field_can_be_kept_and_released(
    course: Course, changes: dict[str, Any], cells: dict[str, object]
) -> None:
    _edit(course, **changes)
    edited = replace(course_record(Course.objects.get()), source_on=None)
    commit_feed(_feed(**cells))
    assert replace(course_record(Course.objects.get()), source_on=None) == edited
    for lock in list(FieldLock.objects.all()):
        if FieldLock.objects.filter(pk=lock.pk).exists():  # not released together with another
            release_field_lock(by=OPERATOR, course=course, field=lock.field)
    assert not FieldLock.objects.exists()
    _, plan = preview_feed(_feed(**cells))
    assert plan.counts["same"] == 1


def test_before_the_feed_has_spoken_again_letting_go_brings_back_what_stood_there(course: Course) -> None:
    _edit(course, minutes=90, runs=[])
    (minutes, runs) = list_kept_fields(Course.objects.get())
    assert (minutes.lock.field, minutes.now, minutes.lock.source_value, minutes.differs) == ("minutes", 90, 60, True)
    assert (runs.lock.field, runs.now, [run["external_id"] for run in runs.lock.source_value or ()]) == (
        "runs",
        [],
        ["r1"],
    )
    release_field_lock(by=OPERATOR, course=course, field="minutes")
    release_field_lock(by=OPERATOR, course=course, field="runs")
    course.refresh_from_db()
    assert course.minutes == 60
    assert course.runs.get().starts_on == date(2027, 5, 4)
    assert AuditEvent.objects.filter(action="release_field_lock").count() == 2


def test_a_field_that_says_the_same_as_its_feed_does_not_differ(course: Course) -> None:
    _edit(course, ects=None)
    _edit(course, ects=Decimal("2.50"))
    (ects,) = list_kept_fields(Course.objects.get())
    assert (ects.now, ects.lock.source_value, ects.differs) == ("2.5", "2.5", False)


def test_skills_that_are_kept_are_not_touched_by_the_feed(course: Course) -> None:
    a_skill("weld")
    FieldLock.objects.create(course=course, field="skills", locked_by="operator", locked_at=course.created_at)
    commit_feed(_feed(skills="weld 1"), confirm_links=True)
    assert not CourseSkill.objects.exists()
    release_field_lock(by=OPERATOR, course=course, field="skills")
    link = CourseSkill.objects.get()
    assert (link.skill.slug, link.level, link.method, link.confirmed_at) == ("weld", 1, "import", None)


def test_locks_and_their_notes_stand_in_the_way_of_no_undo(course: Course) -> None:
    _edit(course, minutes=90)
    before = stored(FieldLock)
    batch = commit_feed(_feed(minutes=120, title="Other"))
    commit_feed(_feed(minutes=121, title="Other"))  # only a note
    undo_feed(batch)
    assert stored(FieldLock) == before


def test_an_edit_can_be_taken_back_also_after_the_feed_was_noted(course: Course) -> None:
    before = stored()
    step = _edit(course, minutes=90)
    commit_feed(_feed(minutes=120))
    undo_course_edit(by=OPERATOR, course=course, uid=step.uid)
    assert stored() == before
    with pytest.raises(Conflict):
        undo_course_edit(by=OPERATOR, course=course, uid=step.uid)


def test_the_import_that_brought_an_edited_course_is_undone_only_after_the_edit(course: Course) -> None:
    batch = commit_feed(csv_file(ROW, course_row("c2")), complete=False)
    second = Course.objects.get(external_id="c2")
    step = _edit(second, minutes=90)
    with pytest.raises(Conflict, match="Undo the later change first"):
        undo_feed(batch)
    undo_course_edit(by=OPERATOR, course=second, uid=step.uid)
    undo_feed(batch)
    assert Course.objects.get() == course


def test_nobody_lets_go_of_what_is_not_theirs_or_not_held(course: Course, person: User) -> None:
    _edit(course, minutes=90)
    for by in (person, VISITOR):
        with pytest.raises(NotAllowed):
            release_field_lock(by=by, course=course, field="minutes")
    with pytest.raises(NotFound):
        release_field_lock(by=OPERATOR, course=course, field="titles")
    assert FieldLock.objects.count() == 1
