"""Who is stuck where: every learner of a course or a cohort, and every unit, in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment, EnrolmentState, StuckReport, Unit
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.steps import count_steps, is_session
from synchromesh.learning.queries.tutoring_records import TutoringRecords, UnitRecord
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language

IDLE_DAYS = 14
"""From how many days without a visit on somebody counts as stuck."""
FAILED_ATTEMPTS = 2
"""From how many failed attempts at units that are not done on somebody counts as stuck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRow:
    """One learner. `unit` is where they are; `overdue` the required units whose date is past and that are not done.

    `failed_attempts` are those at units that are not done yet; `to_mark` the answers that wait for a person.
    `idle_days` is None for whoever has not begun, and 0 for whoever has completed the course.
    """

    enrolment: Enrolment
    person: User
    percent: int
    done: int
    total: int
    last_seen_at: datetime | None
    idle_days: int | None
    unit: Unit | None
    overdue: tuple[Unit, ...]
    failed_attempts: int
    to_mark: int
    stuck: tuple[StuckReport, ...]

    @property
    def name(self) -> str:
        """The name; empty where the person has given none. The e-mail address is not shown to tutors."""
        return self.person.name

    @property
    def is_complete(self) -> bool:
        """Whether the course is completed."""
        return self.enrolment.state == EnrolmentState.COMPLETED

    @property
    def is_stuck(self) -> bool:
        """Whether a tutor should look: a report, a date that is past, failed attempts, or two weeks without a visit."""
        if self.is_complete:
            return bool(self.stuck)
        waits_long = self.idle_days is not None and self.idle_days >= IDLE_DAYS
        return bool(self.stuck or self.overdue or self.failed_attempts >= FAILED_ATTEMPTS or waits_long)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit over all learners. `here`: it is where they are; `failed`: failed attempts at it, by whomever.

    `median_seconds` is over those who opened it, None where nobody has; to be held against `minutes` of its author.
    """

    key: str
    titles: dict[str, str]
    kind: str
    minutes: int
    begun: int
    done: int
    here: int
    stuck: int
    failed: int
    median_seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TutoringView:
    """Everybody who learns, those who are stuck first; the units in order; answers to mark; who waits for a place."""

    learners: tuple[LearnerRow, ...]
    units: tuple[UnitRow, ...]
    to_mark: int
    waiting: int

    @property
    def stuck(self) -> tuple[LearnerRow, ...]:
        """Learners whom a tutor should look at."""
        return tuple(row for row in self.learners if row.is_stuck)

    @property
    def completed(self) -> int:
        """How many have completed the course."""
        return sum(row.is_complete for row in self.learners)


def tutoring_view(course: Course, *, visible_to: Actor, now: datetime, run: Run | None = None) -> TutoringView:
    """Who is stuck where in a course, or in one cohort of it.

    At most eight questions for any number of learners, those about the permission among them. Raises NotFound for
    others than its tutors and authors, and for a run of another course.
    """
    if not may_see_learners(visible_to, course) or (run is not None and run.course_id != course.pk):
        raise NotFound("There is no such course.")
    records = TutoringRecords(course, run)
    learners = [_learner_row(enrolment, records, now=now) for enrolment in records.learners]
    learners.sort(key=lambda row: (not row.is_stuck, row.is_complete, row.percent, row.name.casefold(), row.person.pk))
    return TutoringView(
        learners=tuple(learners),
        units=tuple(_unit_rows(records, learners)),
        to_mark=sum(row.to_mark for row in learners),
        waiting=len(records.waiting),
    )


LEARNER_COLUMNS = (
    "enrolment", "name", "state", "percent", "done", "total", "enrolled", "last_seen", "idle_days", "unit", "overdue",
    "failed_attempts", "to_mark", "stuck_at", "completed",
)  # fmt: skip
"""Headings of the table that tutors take away."""


def export_learners(view: TutoringView, *, language: str) -> Iterable[Sequence[str | int | None]]:
    """The learners as rows below `LEARNER_COLUMNS`, for `engine.tables.writing`."""
    for row in view.learners:
        enrolment = row.enrolment
        yield (
            str(enrolment.uid),
            row.name,
            enrolment.state,
            row.percent,
            row.done,
            row.total,
            _day(enrolment.enrolled_at),
            _day(row.last_seen_at),
            row.idle_days,
            _titles([row.unit] if row.unit else [], language),
            _titles(row.overdue, language),
            row.failed_attempts,
            row.to_mark,
            _titles([report.unit for report in row.stuck], language),
            _day(enrolment.completed_at),
        )


def _learner_row(enrolment: Enrolment, records: TutoringRecords, *, now: datetime) -> LearnerRow:
    units = records.units_of(enrolment)
    steps = count_steps(units, attendance_percent=enrolment.version.attendance_percent)
    is_complete = enrolment.state == EnrolmentState.COMPLETED
    not_done = [] if is_complete else [unit for unit in units if not unit.is_done]
    return LearnerRow(
        enrolment=enrolment,
        person=enrolment.person,
        percent=100 if is_complete else steps.percent,
        done=steps.total if is_complete else steps.done,
        total=steps.total,
        last_seen_at=enrolment.last_seen_at,
        idle_days=_idle_days(enrolment, now=now),
        unit=records.units.get(enrolment.last_unit_id or 0),
        overdue=tuple(unit.unit for unit in not_done if _is_overdue(unit, enrolment, records, now=now)),
        failed_attempts=sum(records.failed(enrolment, unit.unit) for unit in not_done),
        to_mark=records.to_mark(enrolment),
        stuck=tuple(records.stuck(enrolment)),
    )


def _is_overdue(unit: UnitRecord, enrolment: Enrolment, records: TutoringRecords, *, now: datetime) -> bool:
    """Whether the date of a required unit is past. A session is held on its date; it is not due then."""
    at = records.dates.get((enrolment.run_id or 0, unit.unit.key))
    return unit.is_required and not is_session(unit) and at is not None and at < now


def _idle_days(enrolment: Enrolment, *, now: datetime) -> int | None:
    if enrolment.state == EnrolmentState.COMPLETED:
        return 0
    if enrolment.last_seen_at is None:
        return None
    return max(0, (now - enrolment.last_seen_at).days)


def _unit_rows(records: TutoringRecords, learners: Sequence[LearnerRow]) -> Iterable[UnitRow]:
    """A row for each key, as the newest version that somebody learns in has it; a key that it lacks comes last."""
    here = [row.unit.key for row in learners if row.unit is not None and not row.is_complete]
    stuck = [report.unit.key for row in learners for report in row.stuck]
    for key, unit in records.units_by_key().items():
        seen = records.seen(key)
        yield UnitRow(
            key=key,
            titles=unit.titles,
            kind=unit.kind,
            minutes=unit.minutes,
            begun=len(seen),
            done=sum(row.is_done for row in seen),
            here=here.count(key),
            stuck=stuck.count(key),
            failed=records.failed_at(key),
            median_seconds=round(median(row.seconds for row in seen)) if seen else None,
        )


def _titles(units: Iterable[Unit], language: str) -> str:
    return "; ".join(in_language(unit.titles, language).text or unit.key for unit in units)


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""
