"""What a tutor sees: who is stuck where, in a fixed number of questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.learning import records
from tests.learning.records import NOW
from tests.records import a_provider

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt, Question, Response
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, StuckReport, UnitProgress
from synchromesh.learning.operations.cohorts import set_unit_date
from synchromesh.learning.queries.outline import course_outline
from synchromesh.learning.queries.tutoring import LEARNER_COLUMNS, LearnerRow, export_learners, tutoring_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A version with three units."""
    return records.a_course_with_content(kinds=("text", "quiz", "assignment"))


def _attempt(enrolment: Enrolment, key: str, *, number: int = 1, waits: bool = False, **columns: Any) -> Attempt:
    instrument = enrolment.version.units.get(key=key).instrument
    given = {"instrument": instrument, "person": enrolment.person, "occasion": enrolment.uid, "seed": 1}
    attempt = Attempt.objects.create(
        **(given | {"number": number, "language": "en", "started_at": NOW, "submitted_at": NOW} | columns)
    )
    question = Question.objects.filter(entries__part__instrument=instrument)[0]
    Response.objects.create(attempt=attempt, position=1, question=question, waits_for_mark=waits)
    return attempt


@pytest.fixture
def tutor(version: ContentVersion) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), version.course, "tutor")


def _row(tutor: User, enrolment: Enrolment) -> LearnerRow:
    view = tutoring_view(enrolment.course, visible_to=tutor, now=NOW)
    return next(row for row in view.learners if row.enrolment == enrolment)


def test_percent_is_what_the_learner_sees(version: ContentVersion, tutor: User) -> None:
    begun, done = records.an_enrolment(version), records.an_enrolment(version, state="completed", completed_at=NOW)
    records.a_done_unit(begun, "text")
    for enrolment in (begun, done):
        outline = course_outline(version, enrolment=enrolment)
        row = _row(tutor, enrolment)
        assert (row.percent, row.done, row.total) == (outline.percent, outline.done, outline.total)
    assert _row(tutor, begun).percent == 33


def test_where_somebody_is_and_for_how_long(version: ContentVersion, tutor: User) -> None:
    quiz = version.units.get(key="quiz")
    days = {13: False, 14: True}
    for count, is_stuck in days.items():
        seen = records.an_enrolment(version, last_unit=quiz, last_seen_at=NOW - timedelta(days=count, hours=1))
        row = _row(tutor, seen)
        assert (row.unit, row.idle_days, row.is_stuck) == (quiz, count, is_stuck)
    assert _row(tutor, records.an_enrolment(version)).idle_days is None


def test_a_required_unit_is_overdue_when_its_date_is_past_and_it_is_not_done(
    tutor: User, version: ContentVersion
) -> None:
    cohort = records.a_cohort(version.course)
    records.a_unit(version.sections.get(key="second"), "live-session")  # held on its date, not due then
    for key, days in (("text", -2), ("quiz", -1), ("assignment", 1), ("live-session", -1)):
        set_unit_date(by=OPERATOR, cohort=cohort, unit_key=key, at=NOW + timedelta(days=days))
    late = records.an_enrolment(version, run=cohort.run)
    records.a_done_unit(late, "text")
    assert [unit.key for unit in _row(tutor, late).overdue] == ["quiz"]
    assert _row(tutor, records.an_enrolment(version)).overdue == ()


def test_failed_attempts_count_until_the_unit_is_done(version: ContentVersion, tutor: User) -> None:
    enrolment = records.an_enrolment(version)
    for number in (1, 2):
        _attempt(enrolment, "quiz", number=number, marked_at=NOW, passed=False)
    row = _row(tutor, enrolment)
    assert (row.failed_attempts, row.is_stuck) == (2, True)
    records.a_done_unit(enrolment, "quiz")
    assert _row(tutor, enrolment).failed_attempts == 0


def test_answers_that_wait_for_a_person_are_counted(version: ContentVersion, tutor: User) -> None:
    enrolment = records.an_enrolment(version)
    _attempt(enrolment, "assignment", waits=True)
    _attempt(records.an_enrolment(version), "assignment", waits=True, submitted_at=None)
    view = tutoring_view(version.course, visible_to=tutor, now=NOW)
    assert view.to_mark == 1
    assert _row(tutor, enrolment).to_mark == 1


def test_units_are_counted_over_all_learners(version: ContentVersion, tutor: User) -> None:
    quiz = version.units.get(key="quiz")
    learners = [records.an_enrolment(version, last_unit=quiz) for _ in range(3)]
    for enrolment, seconds in zip(learners, (60, 120, 600), strict=True):
        records.a_done_unit(enrolment, "text", seconds=seconds)
    StuckReport.objects.create(enrolment=learners[0], unit=quiz)
    StuckReport.objects.create(enrolment=learners[1], unit=quiz, settled_at=NOW)
    UnitProgress.objects.create(enrolment=learners[0], unit=quiz, first_seen_at=NOW, last_seen_at=NOW)
    view = tutoring_view(version.course, visible_to=tutor, now=NOW)
    text, at_quiz, untouched = view.units
    assert (text.begun, text.done, text.here, text.median_seconds) == (3, 3, 0, 120)
    assert (at_quiz.begun, at_quiz.done, at_quiz.here, at_quiz.stuck) == (1, 0, 3, 1)
    assert untouched.median_seconds is None
    assert [row.enrolment for row in view.stuck] == [learners[0]]


def test_a_cohort_alone_and_who_waits_in_it(version: ContentVersion, tutor: User) -> None:
    run = records.a_cohort(version.course).run
    member = records.an_enrolment(version, run=run)
    records.an_enrolment(version, run=run, state="waiting")
    for state in ("active", "left"):
        records.an_enrolment(version, state=state)
    view = tutoring_view(version.course, visible_to=tutor, now=NOW, run=run)
    assert ([row.enrolment for row in view.learners], view.waiting) == ([member], 1)
    assert len(tutoring_view(version.course, visible_to=tutor, now=NOW).learners) == 2


def test_learners_of_an_older_version_are_counted_by_their_own_units(version: ContentVersion, tutor: User) -> None:
    older = records.an_enrolment(version)
    records.a_done_unit(older, "text")
    newer = records.an_enrolment(records.a_course_with_content(course=version.course, kinds=("text", "picture")))
    view = tutoring_view(version.course, visible_to=tutor, now=NOW)
    assert {row.enrolment: row.total for row in view.learners} == {older: 3, newer: 2}
    assert [row.key for row in view.units] == ["text", "picture", "quiz", "assignment"]


def test_of_somebody_who_takes_it_again_the_last_round_counts(version: ContentVersion, tutor: User) -> None:
    first = records.an_enrolment(version, state="completed")
    again = records.an_enrolment(version, first.person, round=2)
    view = tutoring_view(version.course, visible_to=tutor, now=NOW)
    assert [row.enrolment for row in view.learners] == [again]


def test_strangers_and_learners_see_nobody(version: ContentVersion, person: User) -> None:
    learner = records.an_enrolment(version).person
    for reader in (person, learner):
        with pytest.raises(NotFound):
            tutoring_view(version.course, visible_to=reader, now=NOW)


def test_a_run_of_another_course_is_not_found(version: ContentVersion, tutor: User) -> None:
    other = records.a_cohort(records.a_course_with_content("other").course).run
    with pytest.raises(NotFound):
        tutoring_view(version.course, visible_to=tutor, now=NOW, run=other)


def test_the_table_holds_no_address_and_a_cell_for_each_heading(version: ContentVersion, tutor: User) -> None:
    enrolment = records.an_enrolment(version, last_unit=version.units.get(key="quiz"), last_seen_at=NOW)
    (row,) = export_learners(tutoring_view(version.course, visible_to=tutor, now=NOW), language="de")
    cells = dict(zip(LEARNER_COLUMNS, row, strict=True))
    assert (UUID(str(cells["enrolment"])), cells["unit"], cells["idle_days"]) == (enrolment.uid, "Einheit quiz", 0)
    assert "@" not in str(row)


def test_two_hundred_learners_take_eight_questions(
    version: ContentVersion, tutor: User, django_assert_max_num_queries: Any
) -> None:
    version.course.provider = a_provider()
    version.course.save()
    people = User.objects.bulk_create([User(email=f"{n}@x.org", sign_in_name=f"{n}") for n in range(200)])
    run = records.a_cohort(version.course).run
    columns = {"course": version.course, "version": version, "language": "en", "enrolled_at": NOW, "run": run}
    enrolments = Enrolment.objects.bulk_create([Enrolment(person=person, **columns) for person in people])
    unit = version.units.get(key="text")
    seen = {"unit": unit, "first_seen_at": NOW, "last_seen_at": NOW}
    UnitProgress.objects.bulk_create([UnitProgress(enrolment=row, **seen) for row in enrolments])
    StuckReport.objects.bulk_create([StuckReport(enrolment=row, unit=unit) for row in enrolments])
    reader = User.objects.get(pk=tutor.pk)
    course = Course.objects.select_related("provider").get(pk=version.course.pk)
    with django_assert_max_num_queries(8):
        view = tutoring_view(course, visible_to=reader, now=NOW)
    assert (len(view.learners), view.units[0].stuck) == (200, 200)
