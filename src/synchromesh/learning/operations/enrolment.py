"""Begin a course, begin it again, leave it, change its language.

Somebody is in a course once at a time: alone, or in a cohort (`run`) with a place or on its waiting list. Whoever comes
back after leaving goes on where they were, in the version with which they began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.learning.models import Enrolment, EnrolmentState
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.operations.own_enrolments import lock_own_enrolment
from synchromesh.learning.operations.seats import lock_run, move_waiting_up
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.enrolments import get_enrolment
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.learning.queries.seats import count_free_seats
from synchromesh.plumbing import audit

JOINED_BY = ("open", "code", "invitation", "list", "staff")
_ALREADY_IN = "You are in this course already."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """Who wants to learn what, in which language and cohort, and how they came to it."""

    by: audit.Actor
    person: User
    course: Course
    language: str
    run: Run | None
    joined_by: str
    now: datetime


def enrol_person(
    *,
    by: audit.Actor,
    course: Course,
    language: str,
    run: Run | None = None,
    person: User | None = None,
    joined_by: str = "open",
    now: datetime | None = None,
) -> Enrolment:
    """Enrol oneself, or another `person` whom one teaches: with a place, or on the waiting list of a full cohort.

    Whoever left goes on in the same enrolment. A language that the version does not have becomes its source language.
    Whether a cohort takes this person is the caller's to ask. Raises NotAllowed, and Conflict where the person is in
    the course already or has completed it, or where there is nothing to learn here.
    """
    wish = _wish(by, person, course, language, run, joined_by, now)
    with transaction.atomic():
        locked = lock_run(run) if run is not None else None
        latest = _latest(wish)
        if latest is not None and latest.state != EnrolmentState.LEFT:
            raise Conflict(
                _ALREADY_IN if latest.state != EnrolmentState.COMPLETED else "You have completed this course."
            )
        enrolment = _create(wish, locked, number=1) if latest is None else _resume(wish, locked, latest)
        audit.record(by=by, action="enrol_person", kind="enrolment", uid=enrolment.uid, **_details(enrolment))
    return enrolment


def start_again(
    *,
    by: User,
    course: Course,
    language: str,
    run: Run | None = None,
    joined_by: str = "open",
    now: datetime | None = None,
) -> Enrolment:
    """Take a course again from its beginning, in the newest version; what was reached before stays.

    Raises NotAllowed, and Conflict for whoever is still in it, or never was.
    """
    wish = _wish(by, None, course, language, run, joined_by, now)
    with transaction.atomic():
        locked = lock_run(run) if run is not None else None
        latest = _latest(wish)
        if latest is None:
            raise Conflict("You have not taken this course yet.")
        if latest.state not in {EnrolmentState.COMPLETED, EnrolmentState.LEFT}:
            raise Conflict(_ALREADY_IN)
        enrolment = _create(wish, locked, number=latest.round + 1)
        audit.record(by=by, action="start_again", kind="enrolment", uid=enrolment.uid, **_details(enrolment))
    return enrolment


def leave_course(*, by: User, enrolment_uid: str | UUID, now: datetime | None = None) -> Enrolment:
    """Leave a course, or its waiting list; progress is kept, and the next who waits gets the place, with a mail.

    Raises NotFound, and Conflict for a course that is completed or left already.
    """
    run = get_enrolment(enrolment_uid, visible_to=by).run
    with transaction.atomic():
        if run is not None:
            lock_run(run)  # before the enrolment, as everywhere: no two wait for each other
        enrolment = lock_own_enrolment(by, enrolment_uid)
        if enrolment.state == EnrolmentState.COMPLETED:
            raise Conflict("You have completed this course: there is nothing to leave.")
        if enrolment.state == EnrolmentState.LEFT:
            raise Conflict("You have left this course already.")
        enrolment.state, enrolment.left_at, enrolment.seated_at = EnrolmentState.LEFT, now or timezone.now(), None
        enrolment.save(update_fields=["state", "left_at", "seated_at"])
        audit.record(by=by, action="leave_course", kind="enrolment", uid=enrolment.uid)
        if enrolment.run is not None:
            move_waiting_up(by=by, run=enrolment.run, now=now)
    return enrolment


def change_language(*, by: User, enrolment_uid: str | UUID, language: str) -> Enrolment:
    """Learn on in another language of the version. Raises NotFound, and InvalidInput for one that it does not have."""
    with transaction.atomic():
        enrolment = lock_own_enrolment(by, enrolment_uid)
        if language not in enrolment.version.languages:
            known = ", ".join(enrolment.version.languages)
            raise InvalidInput(f"This course is not there in that language. Choose one of: {known}.", field="language")
        if language != enrolment.language:
            enrolment.language = language
            enrolment.save(update_fields=["language"])
            audit.record(by=by, action="change_language", kind="enrolment", uid=enrolment.uid, language=language)
    return enrolment


def _wish(
    by: audit.Actor,
    person: User | None,
    course: Course,
    language: str,
    run: Run | None,
    joined_by: str,
    now: datetime | None,
) -> _Wish:
    learner = person or by
    require(isinstance(learner, User) and learner.is_active, "Sign in to take this course.")
    assert isinstance(learner, User)  # noqa: S101 (said above; for the type checker)
    if learner != by:
        allowed = is_operator(by) or may_see_learners(by, course)
        require(allowed, "Only the course's tutors and authors enrol others.")
    if joined_by not in JOINED_BY:
        raise ValueError(f"joined_by is one of {JOINED_BY}")
    if run is not None and run.course_id != course.pk:
        raise InvalidInput("This group belongs to another course.", field="run")
    return _Wish(
        by=by,
        person=learner,
        course=course,
        language=language,
        run=run,
        joined_by=joined_by,
        now=now or timezone.now(),
    )


def _latest(wish: _Wish) -> Enrolment | None:
    own = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("version")
    return own.filter(person=wish.person, course=wish.course).order_by("-round").first()


def _create(wish: _Wish, run: Run | None, *, number: int) -> Enrolment:
    version = newest_version(wish.course, with_pilots=run is not None)
    if version is None or (run is None and wish.joined_by == "open" and wish.course.published_at is None):
        raise Conflict("There is nothing to learn here yet.")
    enrolment = Enrolment(person=wish.person, course=wish.course, version=version, round=number)
    return _seat(enrolment, wish, run)


def _resume(wish: _Wish, run: Run | None, enrolment: Enrolment) -> Enrolment:
    """Go on where they were; what was marked meanwhile may complete the course at once."""
    enrolment.left_at = None
    _seat(enrolment, wish, run)
    complete_if_due(by=wish.by, enrolment=enrolment, now=wish.now)
    return enrolment


def _seat(enrolment: Enrolment, wish: _Wish, run: Run | None) -> Enrolment:
    """Write the enrolment with a place, or on the waiting list; the run is locked.

    Seats that were added to the run elsewhere go to those who wait first.
    """
    if run is not None:
        move_waiting_up(by=wish.by, run=run, now=wish.now)
    has_seat = run is None or count_free_seats(run) != 0
    languages = enrolment.version.languages
    enrolment.language = wish.language if wish.language in languages else enrolment.version.source_language
    enrolment.run, enrolment.joined_by, enrolment.enrolled_at = run, wish.joined_by, wish.now
    enrolment.state = EnrolmentState.ACTIVE if has_seat else EnrolmentState.WAITING
    enrolment.seated_at = wish.now if has_seat else None
    try:
        with transaction.atomic():
            enrolment.save()
    except IntegrityError:  # the same person on a second device, at the same moment
        raise Conflict(_ALREADY_IN) from None
    return enrolment


def _details(enrolment: Enrolment) -> dict[str, object]:
    return {
        "course": str(enrolment.course.uid),
        "state": str(enrolment.state),
        "round": enrolment.round,
        "version": enrolment.version.number,
    }
