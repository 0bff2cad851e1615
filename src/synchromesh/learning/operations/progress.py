"""Progress in units, from what was reported of them: by their reader, by the unit itself, by whoever holds a session.

The enrolment is locked first, so that two devices come one after the other; a lower number of a save never overwrites a
higher one. Opening a page makes nothing done. Attempts at tests: `unit_attempts`. No lines in the audit trail, which
would repeat the record itself every few seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Value, When
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import Enrolment, EnrolmentState, Unit, UnitProgress
from synchromesh.learning.operations.completion import complete_locked
from synchromesh.learning.operations.own_enrolments import lock_enrolment, lock_learning_enrolment
from synchromesh.learning.permissions import may_learn_in
from synchromesh.learning.queries.enrolments import NO_ENROLMENT
from synchromesh.learning.queries.published_units import find_version_unit
from synchromesh.learning.unit_kinds import DoneBy, get_unit_kind, seed_of
from synchromesh.plumbing import audit

LONGEST_SIGHT = timedelta(minutes=30)
"""What is counted at most between two signs of life: whoever is silent longer went away."""
MOST_SAVES = 1_000_000
"""The highest save number: far more than any page sends, far less than the column holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What came of a step: whether the unit is done now, and whether the course is completed."""

    is_done: bool
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What came of a report. `is_newer_elsewhere`: not stored, `state` is what another device stored meanwhile.

    `answer` is what the kind shows in answer to this report. The next report has a higher number than `save_number`.
    """

    state: Mapping[str, Any]
    save_number: int
    is_newer_elsewhere: bool
    is_done: bool
    is_complete: bool
    answer: Mapping[str, Any]


def see_unit(*, by: User, enrolment: Enrolment, unit: Unit, now: datetime | None = None) -> None:
    """A learner opened a unit: it is where they were last, and the time since goes to the unit where they were before.

    Nothing is done by it. Two questions to the database, three at the first visit. Raises NotFound for an enrolment
    that is not the reader's.
    """
    if not may_learn_in(by, enrolment) or unit.version_id != enrolment.version_id:
        raise NotFound(NO_ENROLMENT)
    moment = now or timezone.now()
    passed = _seconds_since(enrolment, moment)
    before = Value(enrolment.last_unit_id)
    known = UnitProgress.objects.filter(enrolment=enrolment, unit__in={unit.pk, enrolment.last_unit_id} - {None})
    changed = known.update(
        seconds=Case(
            When(unit=before, then=F("seconds") + passed), default=F("seconds"), output_field=PositiveIntegerField()
        ),
        last_seen_at=Case(When(unit=unit, then=Value(moment)), default=F("last_seen_at")),
    )
    if changed < len({unit.pk, enrolment.last_unit_id} - {None}):
        _begin(enrolment, unit, moment)
    Enrolment.objects.filter(pk=enrolment.pk).update(last_unit=unit, last_seen_at=moment)
    enrolment.last_unit, enrolment.last_seen_at = unit, moment


def mark_unit_done(*, by: User, enrolment_uid: str | UUID, unit_key: str, now: datetime | None = None) -> Step:
    """The reader says that they are done with a text, a picture or a file. Twice is once.

    Raises NotFound, and Conflict for other kinds of units, and for one that was never opened.
    """
    with transaction.atomic():
        enrolment = lock_learning_enrolment(by, enrolment_uid)
        unit = _unit(enrolment, unit_key)
        if get_unit_kind(unit.kind).DONE_BY is not DoneBy.READER:
            raise Conflict("This unit is done by what you do in it, not by saying so.")
        progress = UnitProgress.objects.filter(enrolment=enrolment, unit=unit).first()
        if progress is None:
            raise Conflict("Open the unit first.")
        moment = now or timezone.now()
        progress.done_at = progress.done_at or moment
        progress.save(update_fields=["done_at"])
        return finish_step(by=by, enrolment=enrolment, is_done=True, now=moment)


def report_unit(
    *,
    by: User,
    enrolment_uid: str | UUID,
    unit_key: str,
    report: Mapping[str, Any],
    save_number: int,
    now: datetime | None = None,
) -> Reported:
    """Keep what a unit reports of itself (the seconds of a video that were seen, an answer of an exercise).

    `save_number` is higher than the one that the page read or wrote last. A unit that is done stays done. Raises
    NotFound, InvalidInput, and Conflict for a kind of unit that reports nothing.
    """
    if not isinstance(save_number, int) or not 1 <= save_number <= MOST_SAVES:
        raise InvalidInput("This page is damaged. Load it again.", field="save_number")
    if not isinstance(report, Mapping):
        raise InvalidInput("A report is an object.", field="report")
    with transaction.atomic():
        enrolment = lock_learning_enrolment(by, enrolment_uid)
        unit = _unit(enrolment, unit_key)
        kind = get_unit_kind(unit.kind)
        if kind.DONE_BY is not DoneBy.REPORT:
            raise Conflict("This unit takes no reports.")
        moment = now or timezone.now()
        progress = _progress(enrolment, unit, moment)
        known = {"language": enrolment.language, "seed": seed_of(enrolment.uid, unit.uid)}
        came = kind.accept(unit.content, progress.state, {**report, **known})
        if save_number <= progress.save_number:
            is_repeated = save_number == progress.save_number and dict(came.state) == progress.state
            return _reported(
                progress, enrolment, came.answer if is_repeated else {}, is_newer_elsewhere=not is_repeated
            )
        progress.state, progress.save_number = dict(came.state), save_number
        progress.done_at = progress.done_at or (moment if came.is_done else None)
        progress.save(update_fields=["state", "save_number", "done_at"])
        finish_step(by=by, enrolment=enrolment, is_done=came.is_done, now=moment)
        return _reported(progress, enrolment, came.answer)


def record_presence(
    *, by: audit.Actor, enrolment: Enrolment, unit: Unit, was_there: bool, now: datetime | None = None
) -> Step:
    """A live session is done for whoever was there, and open again where that was written by mistake.

    Called by the operation that writes the list; it has asked who may. Raises Conflict for another kind of unit.
    """
    if get_unit_kind(unit.kind).DONE_BY is not DoneBy.ATTENDANCE or unit.version_id != enrolment.version_id:
        raise Conflict("Nobody can be there in this unit.")
    with transaction.atomic():
        locked = lock_enrolment(enrolment)
        moment = now or timezone.now()
        if was_there:
            progress = _progress(locked, unit, moment)
            progress.done_at = progress.done_at or moment
            progress.save(update_fields=["done_at"])
        elif locked.state != EnrolmentState.COMPLETED:
            UnitProgress.objects.filter(enrolment=locked, unit=unit).update(done_at=None)
        return finish_step(by=by, enrolment=locked, is_done=was_there, now=moment)


def finish_step(*, by: audit.Actor, enrolment: Enrolment, is_done: bool, now: datetime) -> Step:
    """Count the time up to now, complete the course where that is due, and say where things stand.

    The last part of every operation here and in `unit_attempts`; the enrolment is locked, the permission was asked.
    """
    if enrolment.last_unit_id is not None and enrolment.person_id == getattr(by, "pk", None):
        last = UnitProgress.objects.filter(enrolment=enrolment, unit=enrolment.last_unit_id)
        last.update(seconds=F("seconds") + _seconds_since(enrolment, now))
        Enrolment.objects.filter(pk=enrolment.pk).update(last_seen_at=now)
        enrolment.last_seen_at = now
    if is_done:
        complete_locked(by=by, enrolment=enrolment, now=now)
    return Step(is_done=is_done, is_complete=enrolment.state == EnrolmentState.COMPLETED)


def _seconds_since(enrolment: Enrolment, now: datetime) -> int:
    """Whole seconds since the last sign of life, at most LONGEST_SIGHT, and none where the clock went back."""
    if enrolment.last_seen_at is None:
        return 0
    return int(min(max(now - enrolment.last_seen_at, timedelta()), LONGEST_SIGHT).total_seconds())


def _unit(enrolment: Enrolment, key: str) -> Unit:
    unit = find_version_unit(enrolment.version, key)
    if unit is None:
        raise NotFound("There is no such unit in this course.")
    return unit


def _begin(enrolment: Enrolment, unit: Unit, now: datetime) -> None:
    """The first trace of a unit; the one that is there already stays."""
    first = UnitProgress(enrolment=enrolment, unit=unit, first_seen_at=now, last_seen_at=now)
    UnitProgress.objects.bulk_create([first], ignore_conflicts=True)


def _progress(enrolment: Enrolment, unit: Unit, now: datetime) -> UnitProgress:
    seen = {"first_seen_at": now, "last_seen_at": now}
    return UnitProgress.objects.get_or_create(enrolment=enrolment, unit=unit, defaults=seen)[0]


def _reported(
    progress: UnitProgress, enrolment: Enrolment, answer: Mapping[str, Any], *, is_newer_elsewhere: bool = False
) -> Reported:
    return Reported(
        state=progress.state,
        save_number=progress.save_number,
        is_newer_elsewhere=is_newer_elsewhere,
        is_done=progress.done_at is not None,
        is_complete=enrolment.state == EnrolmentState.COMPLETED,
        answer=answer,
    )
