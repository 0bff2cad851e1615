"""Opening cohorts, their dates and seats, and who gets in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.learning import records
from tests.learning.records import NOW
from tests.records import commit_feed, course_row, csv_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import Cohort, CohortInvitation, Enrolment
from synchromesh.learning.operations import cohorts
from synchromesh.learning.operations.cohort_invitations import renew_key
from synchromesh.learning.operations.cohorts import RunDates
from synchromesh.learning.operations.joining import join_cohort
from synchromesh.learning.queries.cohorts import count_seats, list_joinable_cohorts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked_jobs")]


@pytest.fixture
def course() -> Course:
    """A course with content."""
    return records.a_course_with_content().course


def _join(cohort: Cohort, person: User | None = None, *, key: str = "") -> Enrolment:
    return join_cohort(by=person or records.a_learner(), cohort=cohort, language="en", key=key, now=NOW)


def _invitation(cohort: Cohort, email: str = "new@example.org") -> tuple[CohortInvitation, str]:
    invitation = CohortInvitation(cohort=cohort, email=email)
    key = renew_key(invitation, by=OPERATOR, days=30)
    invitation.expires_at = NOW + timedelta(days=30)
    invitation.save()
    return invitation, key


def test_an_author_opens_a_cohort_with_a_run_of_its_own(course: Course) -> None:
    author = records.give_part(records.a_learner(), course, "author")
    dates = RunDates(starts_on=date(2027, 4, 1), ends_on=date(2027, 5, 1), seats=12, place="  Hall   2 ")

    cohort = cohorts.open_cohort_with_run(by=author, course=course, dates=dates, joining="code")

    assert (cohort.run.seats, cohort.run.place, cohort.run.starts_on) == (12, "Hall 2", date(2027, 4, 1))
    assert len(cohort.code.replace("-", "")) == 8


def test_a_tutor_opens_no_cohort(course: Course) -> None:
    tutor = records.give_part(records.a_learner(), course, "tutor")
    with pytest.raises(NotAllowed):
        cohorts.open_cohort_with_run(by=tutor, course=course, dates=RunDates())
    assert not Cohort.objects.exists()


def test_a_run_is_one_cohort_only(course: Course) -> None:
    cohort = records.a_cohort(course)
    with pytest.raises(Conflict):
        cohorts.open_cohort(by=OPERATOR, run=cohort.run)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (RunDates(starts_on=date(2027, 4, 2), ends_on=date(2027, 4, 1)), "ends_on"),
        (RunDates(ends_on=date(2027, 4, 1), deadline_on=date(2027, 4, 2)), "deadline_on"),
        (RunDates(seats=0), "seats"),
        (RunDates(language="zz"), "language"),
    ],
)
def test_dates_that_cannot_be_are_refused(course: Course, dates: RunDates, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cohorts.open_cohort_with_run(by=OPERATOR, course=course, dates=dates)
    assert refused.value.field == field


def test_the_third_of_two_seats_waits_and_moves_up_with_more_seats(course: Course, asked_jobs: list[str]) -> None:
    cohort = records.a_cohort(course, seats=2)
    first, second, third, fourth = (_join(cohort) for _ in range(4))
    assert [row.state for row in (first, second, third, fourth)] == ["active", "active", "waiting", "waiting"]
    assert (count_seats(cohort).taken, count_seats(cohort).waiting) == (2, 2)
    asked_jobs.clear()

    assert cohorts.change_run(by=OPERATOR, cohort=cohort, dates=RunDates(seats=3)) == 1

    third.refresh_from_db()
    fourth.refresh_from_db()
    assert (third.state, fourth.state) == ("active", "waiting")
    assert third.seated_at is not None
    assert asked_jobs.count("plumbing.tasks.deliver_mail") == 1


def test_seats_without_a_limit_let_everybody_move_up(course: Course) -> None:
    cohort = records.a_cohort(course, seats=1)
    for _ in range(3):
        _join(cohort)
    assert cohorts.change_run(by=OPERATOR, cohort=cohort, dates=RunDates(seats=None)) == 2


def test_there_cannot_be_fewer_seats_than_are_taken(course: Course) -> None:
    cohort = records.a_cohort(course, seats=2)
    _join(cohort)
    _join(cohort)
    with pytest.raises(Conflict):
        cohorts.change_run(by=OPERATOR, cohort=cohort, dates=RunDates(seats=1))
    cohort.run.refresh_from_db()
    assert cohort.run.seats == 2


def test_a_code_lets_in_however_it_is_typed(course: Course) -> None:
    cohort = records.a_cohort(course, joining="code", code="7K2M-9QXR")
    assert _join(cohort, key=" 7k2m9qxr ").joined_by == "code"
    for wrong in ("", "7K2M-9QXS", "no code"):
        with pytest.raises(NotFound):
            _join(cohort, key=wrong)


def test_a_new_code_ends_the_old_one(course: Course) -> None:
    cohort = records.a_cohort(course, joining="code", code="7K2M-9QXR")
    changed = cohorts.change_code(by=OPERATOR, cohort=cohort)
    with pytest.raises(NotFound):
        _join(changed, key="7K2M-9QXR")
    assert _join(changed, key=changed.code).state == "active"


def test_an_invitation_lets_one_account_in(course: Course) -> None:
    cohort = records.a_cohort(course, joining="invitation")
    invitation, key = _invitation(cohort)
    person = records.a_learner()

    assert _join(cohort, person, key=key).joined_by == "invitation"

    invitation.refresh_from_db()
    assert invitation.accepted_by == person
    with pytest.raises(NotFound):
        _join(cohort, key=key)


def test_an_invitation_of_one_cohort_opens_no_other(course: Course) -> None:
    key = _invitation(records.a_cohort(course, joining="invitation"))[1]
    with pytest.raises(NotFound):
        _join(records.a_cohort(course, joining="invitation"), key=key)


def test_an_invitation_that_has_ended_lets_nobody_in(course: Course) -> None:
    cohort = records.a_cohort(course, joining="invitation")
    invitation, key = _invitation(cohort)
    invitation.expires_at = NOW
    invitation.save()
    with pytest.raises(NotFound):
        _join(cohort, key=key)


def test_an_invitation_stays_good_where_its_person_is_in_already(course: Course) -> None:
    cohort = records.a_cohort(course)
    person = records.a_learner()
    _join(cohort, person)
    invitation, key = _invitation(cohort)
    with pytest.raises(Conflict):
        _join(cohort, person, key=key)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_nobody_joins_a_closed_cohort_until_it_is_opened_again(course: Course) -> None:
    cohort = records.a_cohort(course)
    closed = cohorts.close_cohort(by=OPERATOR, cohort=cohort)
    with pytest.raises(Conflict):
        _join(closed)
    assert list_joinable_cohorts(course, today=NOW.date()) == []
    cohorts.resume_cohort(by=OPERATOR, cohort=closed)
    assert _join(closed).state == "active"


def test_the_last_day_to_join_binds_all_but_the_invited(course: Course) -> None:
    cohort = records.a_cohort(course)
    cohort.run.deadline_on = NOW.date() - timedelta(days=1)
    cohort.run.save()
    with pytest.raises(Conflict):
        _join(cohort)
    assert _join(cohort, key=_invitation(cohort)[1]).state == "active"


def test_whoever_learns_alone_goes_on_in_the_cohort(course: Course) -> None:
    version = course.content_versions.get()
    alone = records.an_enrolment(version)
    records.a_done_unit(alone, "text")
    cohort = records.a_cohort(course, seats=1)

    moved = _join(cohort, alone.person)

    assert (moved.pk, moved.run, moved.progress.count()) == (alone.pk, cohort.run, 1)
    other = records.an_enrolment(version)
    with pytest.raises(Conflict):
        _join(cohort, other.person)
    other.refresh_from_db()
    assert other.run is None


def test_only_a_live_session_has_a_place() -> None:
    course = records.a_course_with_content(kinds=("text", "live-session")).course
    cohort = records.a_cohort(course)
    cohorts.set_unit_date(by=OPERATOR, cohort=cohort, unit_key="live-session", at=NOW, place="Hall 2")
    cohorts.set_unit_date(by=OPERATOR, cohort=cohort, unit_key="text", at=NOW)
    with pytest.raises(InvalidInput):
        cohorts.set_unit_date(by=OPERATOR, cohort=cohort, unit_key="text", at=NOW, place="Hall 2")
    with pytest.raises(InvalidInput):
        cohorts.set_unit_date(by=OPERATOR, cohort=cohort, unit_key="live-session", at=NOW, url="javascript:alert(1)")
    with pytest.raises(NotFound):
        cohorts.set_unit_date(by=OPERATOR, cohort=cohort, unit_key="unknown", at=NOW)
    assert cohort.dates.count() == 2
    cohorts.remove_unit_date(by=OPERATOR, cohort=cohort, unit_key="text")
    assert [row.place for row in cohort.dates.all()] == ["Hall 2"]


def test_a_feed_that_names_a_run_no_more_leaves_it_to_its_learners() -> None:
    runs = [course_row(run_id=name, starts_on="2027-05-01") for name in ("a", "b")]
    commit_feed(csv_file(*runs))
    course = Course.objects.get()
    records.a_course_with_content(course=course)
    kept, gone = course.runs.order_by("external_id")
    _join(cohorts.open_cohort(by=OPERATOR, run=kept))
    commit_feed(csv_file(course_row(run_id="c", starts_on="2027-06-01")))
    assert set(course.runs.values_list("external_id", flat=True)) == {"a", "c"}
    assert not type(gone).objects.filter(pk=gone.pk).exists()


def test_what_an_author_says_of_a_run_is_not_overwritten_by_a_feed() -> None:
    row = course_row(run_id="a", starts_on="2027-05-01", seats=5)
    commit_feed(csv_file(row))
    course = Course.objects.get()
    cohort = cohorts.open_cohort(by=OPERATOR, run=course.runs.get())
    cohorts.change_run(by=OPERATOR, cohort=cohort, dates=RunDates(seats=8))
    commit_feed(csv_file(row | {"price": "10 EUR"}))
    assert course.runs.get().seats == 8
    assert course.field_locks.get().field == "runs"


def test_who_learns_alone_does_not_pass_by_those_who_wait() -> None:
    version = records.a_course_with_content()
    cohort = records.a_cohort(version.course, seats=1)
    first = records.an_enrolment(version, run=cohort.run, state="waiting")
    alone = records.an_enrolment(version)
    with pytest.raises(Conflict):
        _join(cohort, alone.person)
    # The refused step took everything back: the one who waits moves up as soon as anything else changes the seats.
    assert {row.pk: row.run_id for row in Enrolment.objects.all()} == {first.pk: cohort.run_id, alone.pk: None}
