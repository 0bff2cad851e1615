"""One learner as their tutors see them: units, attempts and results, what they said, extra time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery

from synchromesh.assessment.models import Attempt, QuestionBank, Response, TimeAllowance
from synchromesh.assessment.queries.attempts import choose_counting, is_overdue
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment, StuckReport, UnitProgress
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.completion import attempt_percent
from synchromesh.learning.queries.outline import Outline, OutlineUnit, course_outline, list_progress
from synchromesh.learning.queries.published_units import version_units
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.json_lists import JsonList


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerAttempt:
    """One try. `percent` is None until it is marked, and for questionnaires; `to_mark` are positions that wait.

    `may_extend`: it runs and has an end. `is_over`: its time is up, though nobody has handed it in.
    """

    attempt: Attempt
    percent: Decimal | None
    counts: bool
    to_mark: tuple[int, ...]
    may_extend: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerUnit:
    """One unit of the learner's outline, with the seconds spent on it and the tries at its test."""

    unit: OutlineUnit
    seconds: int
    attempts: tuple[LearnerAttempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerView:
    """Everything about one learner. `more_time` is in percent, 0 for none; `bank` is None where there are no tests."""

    enrolment: Enrolment
    outline: Outline
    units: tuple[LearnerUnit, ...]
    stuck: tuple[StuckReport, ...]
    bank: QuestionBank | None
    more_time: int


def get_learner(course: Course, uid: str | UUID, *, visible_to: Actor, now: datetime) -> LearnerView:
    """One learner of a course, by the uid of their enrolment; six questions beside those about the permission.

    Raises NotFound for others than tutors and authors of the course, and for another course's learner.
    """
    wanted = read_uid(uid, missing="There is no such learner.")
    found = Enrolment.objects.select_related("person", "version", "run", "last_unit")
    enrolment = found.filter(uid=wanted, course=course).first()
    if enrolment is None or not may_see_learners(visible_to, course):
        raise NotFound("There is no such learner.")
    progress, attempts = list_progress(enrolment), _attempts(enrolment)
    waiting = [pk for pk, tries in attempts.items() if any(one.submitted_at and not one.marked_at for one in tries)]
    outline = course_outline(enrolment.version, enrolment=enrolment, progress=progress, waiting=waiting)
    bank = _bank(course, enrolment)
    reports = StuckReport.objects.filter(enrolment=enrolment).select_related("unit")
    return LearnerView(
        enrolment=enrolment,
        outline=outline,
        units=tuple(_units(outline, progress, attempts, now=now)),
        stuck=tuple(reports),
        bank=bank,
        more_time=vars(bank)["more_time"] or 0 if bank else 0,
    )


def _bank(course: Course, enrolment: Enrolment) -> QuestionBank | None:
    """The questions of the course, with the learner's `more_time` in its tests."""
    allowed = TimeAllowance.objects.filter(bank=OuterRef("pk"), person=enrolment.person_id).values("percent")
    return QuestionBank.objects.filter(course=course).annotate(more_time=Subquery(allowed[:1])).first()


def _units(
    outline: Outline,
    progress: Mapping[int, UnitProgress],
    attempts: Mapping[int, Sequence[Attempt]],
    *,
    now: datetime,
) -> Iterator[LearnerUnit]:
    for shown, unit in zip(outline.units, version_units(outline.version), strict=True):
        tries = _shown(attempts.get(unit.instrument_id or 0, ()), now=now)
        seconds = progress[unit.pk].seconds if unit.pk in progress else 0
        yield LearnerUnit(unit=shown, seconds=seconds, attempts=tries)


def _attempts(enrolment: Enrolment) -> dict[int, list[Attempt]]:
    """The tries of this enrolment by instrument, with the answers that wait for a person."""
    waiting = Response.objects.filter(attempt=OuterRef("pk"), waits_for_mark=True).values_list("position")
    found = Attempt.objects.filter(occasion=enrolment.uid, person=enrolment.person_id)
    grouped: dict[int, list[Attempt]] = {}
    for attempt in found.select_related("instrument").annotate(waiting=JsonList(waiting)):
        grouped.setdefault(attempt.instrument_id, []).append(attempt)
    return grouped


def _shown(attempts: Sequence[Attempt], *, now: datetime) -> tuple[LearnerAttempt, ...]:
    in_order = sorted(attempts, key=lambda attempt: attempt.number)
    counting = choose_counting(in_order[0].instrument.attempt_rule, in_order) if in_order else None
    return tuple(_attempt(attempt, counts=attempt is counting, now=now) for attempt in in_order)


def _attempt(attempt: Attempt, *, counts: bool, now: datetime) -> LearnerAttempt:
    is_open = attempt.submitted_at is None
    waiting = [] if is_open else sorted(position for (position,) in vars(attempt)["waiting"])
    return LearnerAttempt(
        attempt=attempt,
        percent=attempt_percent(attempt) if attempt.marked_at is not None else None,
        counts=counts,
        to_mark=tuple(waiting),
        may_extend=is_open and attempt.due_at is not None,
        is_over=is_overdue(attempt, now=now),
    )
