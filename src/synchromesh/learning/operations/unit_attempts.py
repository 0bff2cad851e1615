"""Attempts at the tests and assignments of units: assessment takes and marks them, here they become progress.

A unit is done when an attempt is handed in, or, where it must be passed, when the attempt that counts is passed. That
is computed anew from all attempts each time, so that it does not matter how one ended or in which order it was marked.
Locks are taken in one order: the attempt (by assessment), then the enrolment.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, is_operator, require
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.operations.attempts import start_attempt, submit_attempt, submit_overdue_attempts
from synchromesh.assessment.operations.marking import mark_response
from synchromesh.assessment.queries.attempts import choose_counting
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.learning.models import Enrolment, EnrolmentState, Unit, UnitProgress
from synchromesh.learning.operations.own_enrolments import lock_enrolment
from synchromesh.learning.operations.progress import Step, finish_step
from synchromesh.learning.permissions import may_learn_in
from synchromesh.learning.queries.enrolments import NO_ENROLMENT, get_enrolment
from synchromesh.learning.queries.outline import get_unit_to_learn
from synchromesh.learning.queries.published_units import version_units
from synchromesh.plumbing import audit

_log = logging.getLogger(__name__)


def start_unit_attempt(*, by: User, enrolment_uid: str | UUID, unit_key: str, now: datetime | None = None) -> Attempt:
    """Begin the test of a unit, or go on with the open attempt; one whose time was up comes back as it ended.

    Raises NotFound, and Conflict where the unit has no test, where it is not published, or all attempts are used.
    """
    enrolment = get_enrolment(enrolment_uid, visible_to=by)
    if not may_learn_in(by, enrolment):
        raise NotFound(NO_ENROLMENT)
    unit = get_unit_to_learn(enrolment, unit_key).unit
    if unit.instrument is None:
        raise Conflict("There is nothing to hand in in this unit.")
    moment = now or timezone.now()
    with transaction.atomic():
        attempt = start_attempt(
            by=by, instrument=unit.instrument, occasion=enrolment.uid, language=enrolment.language, now=moment
        )
        if attempt.submitted_at is not None:
            settle_attempts(by=by, enrolment=enrolment, now=moment)
        else:
            seen = {"first_seen_at": moment, "last_seen_at": moment}
            UnitProgress.objects.get_or_create(enrolment=enrolment, unit=unit, defaults=seen)
    return attempt


def submit_unit_attempt(*, by: User, attempt_uid: str | UUID, now: datetime | None = None) -> Attempt:
    """Hand in an attempt, and count what came of it for the unit and the course. Twice is once. Raises NotFound."""
    moment = now or timezone.now()
    with transaction.atomic():
        attempt = submit_attempt(by=by, attempt_uid=attempt_uid, now=moment)
        _settle_occasion(by=by, occasion=attempt.occasion, now=moment)
    return attempt


def mark_unit_response(
    *,
    by: audit.Actor,
    attempt_uid: str | UUID,
    position: int,
    marks: Mapping[str, Decimal],
    comment: str = "",
    comments: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Attempt:
    """Mark an answer, and count what came of it for the unit and the course. Raises what `mark_response` raises."""
    moment = now or timezone.now()
    with transaction.atomic():
        attempt = mark_response(
            by=by,
            attempt_uid=attempt_uid,
            position=position,
            marks=marks,
            comment=comment,
            comments=comments,
            now=moment,
        )
        _settle_occasion(by=by, occasion=attempt.occasion, now=moment)
    return attempt


def settle_attempts(*, by: audit.Actor, enrolment: Enrolment, now: datetime | None = None) -> Step:
    """Hand in what the learner's time is up for, and count all attempts anew; `is_done` says whether a unit became so.

    Nothing changes where nothing ended since. The caller has asked whose enrolment it is.
    """
    moment = now or timezone.now()
    submit_overdue_attempts(by=OPERATOR, occasion=enrolment.uid, now=moment)
    with transaction.atomic():
        locked = lock_enrolment(enrolment)
        newly_done = _count_attempts(locked, moment)
        step = finish_step(by=by, enrolment=locked, is_done=newly_done, now=moment)
    enrolment.state, enrolment.completed_at = locked.state, locked.completed_at
    return step


def settle_overdue_attempts(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Hand in every attempt whose time is up, and count it for its unit; returns how many ended. For a duty.

    An enrolment that cannot be settled is logged and does not hold up the others. Raises NotAllowed for anybody but
    the operator.
    """
    require(is_operator(by), "Only the operator hands in for others.")
    moment = now or timezone.now()
    ended = submit_overdue_attempts(by=by, now=moment)
    for occasion in sorted({attempt.occasion for attempt in ended}):
        try:
            _settle_occasion(by=by, occasion=occasion, now=moment)
        except Exception:
            _log.exception("The attempts of %s could not be counted.", occasion)
    return len(ended)


def _settle_occasion(*, by: audit.Actor, occasion: UUID, now: datetime) -> None:
    """Count the attempts of an enrolment, if it is one: tests are taken on other occasions too.

    Whoever has left, or waits for a place, finds it counted when they come back; only then the course is completed.
    """
    enrolment = Enrolment.objects.filter(uid=occasion).first()
    if enrolment is not None:
        settle_attempts(by=by, enrolment=enrolment, now=now)


def _count_attempts(enrolment: Enrolment, now: datetime) -> bool:
    """Write which units with a test are done; say whether one became so. A completed course stays as it is."""
    units = [unit for unit in version_units(enrolment.version) if unit.instrument_id is not None]
    attempts = Attempt.objects.filter(occasion=enrolment.uid, person=enrolment.person_id).order_by("number")
    known = {row.unit_id: row for row in UnitProgress.objects.filter(enrolment=enrolment, unit__in=units)}
    by_instrument: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        by_instrument.setdefault(attempt.instrument_id, []).append(attempt)
    newly_done = False
    for unit in units:
        done_at = _done_at(unit, by_instrument.get(unit.instrument_id or 0, ()))
        stored = known.get(unit.pk)
        before = stored.done_at if stored is not None else None
        if (done_at is None) == (before is None) or (done_at is None and enrolment.state == EnrolmentState.COMPLETED):
            continue
        seen = {"first_seen_at": now, "last_seen_at": now}
        UnitProgress.objects.update_or_create(
            enrolment=enrolment, unit=unit, defaults={"done_at": done_at}, create_defaults=seen | {"done_at": done_at}
        )
        newly_done |= done_at is not None
    return newly_done


def _done_at(unit: Unit, attempts: Iterable[Attempt]) -> datetime | None:
    """When a unit was done by its attempts; None where it is not."""
    handed_in = [attempt for attempt in attempts if attempt.submitted_at is not None]
    if not unit.must_pass or unit.instrument is None:
        return handed_in[0].submitted_at if handed_in else None
    counting = choose_counting(unit.instrument.attempt_rule, handed_in)
    return counting.marked_at if counting is not None and counting.passed else None
