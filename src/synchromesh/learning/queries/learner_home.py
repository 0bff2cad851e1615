"""A learner's home: what is next, when is it due, how did I do; where one waits, what one earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Purpose
from synchromesh.learning.models import (
    CohortDate,
    EarnedAchievement,
    Enrolment,
    EnrolmentState,
    Unit,
    UnitProgress,
)
from synchromesh.learning.queries.completion import attempt_percent
from synchromesh.learning.queries.enrolments import list_enrolments
from synchromesh.learning.queries.outline import Outline, OutlinedStep, OutlineUnit, make_outline


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestResult:
    """The test that was marked last. `percent` is None where nothing is counted, `passed` too."""

    attempt: Attempt
    titles: dict[str, str]
    percent: Decimal | None
    passed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCourse:
    """A course in which somebody learns. `due` is the unit with the next date that is not done, if there is one."""

    enrolment: Enrolment
    outline: Outline
    due: OutlineUnit | None
    is_overdue: bool
    latest_result: LatestResult | None

    @property
    def next_unit(self) -> OutlineUnit | None:
        """Where to go on; None where everything is done or waits for others."""
        return self.outline.next_unit

    @property
    def minutes_left(self) -> int:
        """Of the required units in which there is something to do."""
        return self.outline.minutes_left


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPlace:
    """A place on a waiting list, 1 being the next."""

    enrolment: Enrolment
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerHome:
    """Everything that a learner has here. `learning` begins with the course that was opened last."""

    learning: tuple[HomeCourse, ...]
    waiting: tuple[WaitingPlace, ...]
    earned: tuple[EarnedAchievement, ...]
    left: tuple[Enrolment, ...]


def learner_home(person: User, *, now: datetime | None = None) -> LearnerHome:
    """The learner's own courses. At most seven queries, however many courses there are."""
    moment = now or timezone.now()
    enrolments = list_enrolments(person)
    active = [one for one in enrolments if one.state == EnrolmentState.ACTIVE]
    active.sort(key=lambda one: one.last_seen_at or one.enrolled_at, reverse=True)
    current = {one.course_id for one in enrolments if one.state != EnrolmentState.LEFT}
    earned = EarnedAchievement.objects.filter(enrolment__person=person).select_related(
        "enrolment__course", "enrolment__version"
    )
    return LearnerHome(
        learning=tuple(_home_courses(active, moment)),
        waiting=tuple(_places([one for one in enrolments if one.state == EnrolmentState.WAITING])),
        earned=tuple(earned.order_by("-earned_at", "-pk")),
        left=tuple(one for one in enrolments if one.state == EnrolmentState.LEFT and one.course_id not in current),
    )


def _home_courses(active: Sequence[Enrolment], now: datetime) -> Iterable[HomeCourse]:
    if not active:
        return
    units = _units_by_version(active)
    progress = {(row.enrolment_id, row.unit_id): row for row in _progress(active)}
    dates = _dates(active)
    attempts = _attempts_by_occasion(active)
    for enrolment in active:
        own = attempts.get(enrolment.uid, [])
        waiting = {one.instrument_id for one in own if one.submitted_at is not None and one.marked_at is None}
        steps = [
            OutlinedStep(
                unit=unit,
                progress=progress.get((enrolment.pk, unit.pk)),
                waits_for_mark=unit.instrument_id in waiting,
                date=dates.get((enrolment.run_id, unit.key)),
            )
            for unit in units.get(enrolment.version_id, [])
        ]
        outline = make_outline(enrolment.version, steps, enrolment=enrolment)
        due = _next_date(outline, now)
        yield HomeCourse(
            enrolment=enrolment,
            outline=outline,
            due=due,
            is_overdue=due is not None and due.due_at is not None and due.due_at < now,
            latest_result=_latest_result(own),
        )


def _units_by_version(active: Sequence[Enrolment]) -> dict[int, list[Unit]]:
    """The units of each version in order. A person learns in a course once at a time: no two share a version."""
    units = Unit.objects.filter(version__in=[one.version_id for one in active])
    grouped: dict[int, list[Unit]] = {}
    ordered = units.select_related("section").defer("content")
    for unit in ordered.order_by("version", "section__position", "section", "position", "pk"):
        grouped.setdefault(unit.version_id, []).append(unit)
    return grouped


def _progress(active: Sequence[Enrolment]) -> Iterable[UnitProgress]:
    return UnitProgress.objects.filter(enrolment__in=active).defer("state").order_by("pk")


def _dates(active: Sequence[Enrolment]) -> Mapping[tuple[int | None, str], CohortDate]:
    runs = {one.run_id for one in active if one.run_id is not None}
    found = CohortDate.objects.filter(cohort__run__in=runs).select_related("cohort").order_by("pk") if runs else ()
    return {(row.cohort.run_id, row.unit_key): row for row in found}


def _attempts_by_occasion(active: Sequence[Enrolment]) -> dict[UUID, list[Attempt]]:
    grouped: dict[UUID, list[Attempt]] = {}
    found = Attempt.objects.filter(occasion__in=[one.uid for one in active]).select_related("instrument")
    for attempt in found.order_by("pk"):
        grouped.setdefault(attempt.occasion, []).append(attempt)
    return grouped


def _next_date(outline: Outline, now: datetime) -> OutlineUnit | None:
    """The unit with the earliest date that still asks for something: not done, and no session that is over."""
    dated = [
        (unit.due_at or unit.held_at, unit)
        for unit in outline.units
        if unit.is_open and (unit.due_at is not None or (unit.held_at is not None and unit.held_at >= now))
    ]
    return min(dated, key=lambda pair: (pair[0], pair[1].number), default=(None, None))[1]


def _latest_result(attempts: Iterable[Attempt]) -> LatestResult | None:
    marked = [one for one in attempts if one.marked_at is not None and one.instrument.purpose != Purpose.QUESTIONNAIRE]
    latest = max(marked, key=lambda one: (one.marked_at, one.pk), default=None)
    if latest is None:
        return None
    return LatestResult(
        attempt=latest,
        titles=latest.instrument.titles,
        percent=attempt_percent(latest),
        passed=latest.passed,
    )


def _places(waiting: Sequence[Enrolment]) -> Iterable[WaitingPlace]:
    """The place of each enrolment on the list of its run, in one query for all."""
    runs = {one.run_id for one in waiting}
    lines: dict[int | None, list[int]] = {}
    queue = Enrolment.objects.filter(run__in=runs, state=EnrolmentState.WAITING).order_by("enrolled_at", "pk")
    for run, pk in queue.values_list("run", "pk") if waiting else ():
        lines.setdefault(run, []).append(pk)
    for enrolment in waiting:
        yield WaitingPlace(enrolment=enrolment, place=lines[enrolment.run_id].index(enrolment.pk) + 1)
