"""Who was there: written down by tutors, and what it does to progress."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import Attendance, Cohort, Enrolment
from synchromesh.learning.operations.attendance import record_attendance
from synchromesh.learning.queries.attendance import attendance_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort of a course with a session."""
    return records.a_cohort(records.a_course_with_content(kinds=("text", "live-session")).course)


@pytest.fixture
def tutor(cohort: Cohort) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), cohort.run.course, "tutor")


def _learner(cohort: Cohort, **columns: Any) -> Enrolment:
    return records.an_enrolment(cohort.run.course.content_versions.get(), run=cohort.run, **columns)


def test_whoever_was_there_is_done_with_the_session(cohort: Cohort, tutor: User) -> None:
    there, away, unknown = (_learner(cohort) for _ in range(3))
    names = {there.uid: True, away.uid: False}

    assert record_attendance(by=tutor, cohort=cohort, unit_key="live-session", was_there=names) == 2

    rows = attendance_list(cohort, "live-session", visible_to=tutor)
    assert {row.enrolment: row.was_there for row in rows} == {there: True, away: False, unknown: None}
    done = [row.progress.filter(unit__key="live-session", done_at__isnull=False).exists() for row in (there, away)]
    assert done == [True, False]
    assert record_attendance(by=tutor, cohort=cohort, unit_key="live-session", was_there=names) == 0


def test_a_mistake_is_mended(cohort: Cohort, tutor: User) -> None:
    learner = _learner(cohort)
    for was_there in (True, False):
        record_attendance(by=tutor, cohort=cohort, unit_key="live-session", was_there={learner.uid: was_there})
    assert Attendance.objects.get().was_there is False
    assert not learner.progress.filter(done_at__isnull=False).exists()


def test_the_last_session_completes_the_course(cohort: Cohort, tutor: User) -> None:
    learner = _learner(cohort)
    records.a_done_unit(learner, "text")
    record_attendance(by=tutor, cohort=cohort, unit_key="live-session", was_there={learner.uid: True})
    learner.refresh_from_db()
    assert learner.state == "completed"


def test_only_those_with_a_place_are_written_down(cohort: Cohort, tutor: User) -> None:
    waiting, alone = _learner(cohort, state="waiting"), records.an_enrolment(cohort.run.course.content_versions.get())
    for uid in (waiting.uid, alone.uid, uuid4()):
        with pytest.raises(InvalidInput):
            record_attendance(by=tutor, cohort=cohort, unit_key="live-session", was_there={uid: True})
    assert not Attendance.objects.exists()


def test_a_text_is_no_session(cohort: Cohort, tutor: User) -> None:
    with pytest.raises(NotFound):
        record_attendance(by=tutor, cohort=cohort, unit_key="text", was_there={_learner(cohort).uid: True})


def test_learners_write_nobody_down_and_read_no_list(cohort: Cohort) -> None:
    learner = _learner(cohort)
    with pytest.raises(NotAllowed):
        record_attendance(by=learner.person, cohort=cohort, unit_key="live-session", was_there={learner.uid: True})
    with pytest.raises(NotFound):
        attendance_list(cohort, "live-session", visible_to=learner.person)


def test_a_learner_whose_version_has_no_such_session_is_not_on_its_list(cohort: Cohort, tutor: User) -> None:
    there = _learner(cohort)
    older = records.a_course_with_content(course=cohort.run.course, kinds=("text",))
    records.a_unit(older.sections.get(key="second"), "text", key="live-session")
    records.an_enrolment(older, run=cohort.run)
    rows = attendance_list(cohort, "live-session", visible_to=tutor)
    assert [row.enrolment for row in rows] == [there]
