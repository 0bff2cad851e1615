"""The outline of a version: sections and units in one order, and how far one learner is with each of them.

The units of a published version are kept (`published_units`); what belongs to one learner is read each time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from synchromesh.assessment.models import Attempt
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import CohortDate, ContentVersion, Enrolment, EnrolmentState, Unit, UnitProgress
from synchromesh.learning.permissions import LEARNING
from synchromesh.learning.queries.published_units import find_version_unit, version_units
from synchromesh.learning.queries.steps import count_steps, is_session

Texts = dict[str, str]


class UnitState(StrEnum):
    """How far a learner is with a unit. `waiting`: handed in, a person marks it, and only then it may be done."""

    TODO = "todo"
    BEGUN = "begun"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineUnit:
    """One unit with its number through the course, from 1.

    `due_at` (or `held_at`, `place` and `url` of a live session) is what the learner's cohort says, and otherwise empty.
    `waits_for_mark` may also be said of a unit that is done by handing in.
    """

    key: str
    number: int
    kind: str
    titles: Texts
    minutes: int
    is_required: bool
    must_pass: bool
    state: UnitState
    done_at: datetime | None
    waits_for_mark: bool
    due_at: datetime | None
    held_at: datetime | None
    place: str
    url: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.state is UnitState.DONE

    @property
    def is_open(self) -> bool:
        """Whether there is something that the learner can do here now."""
        return self.state in {UnitState.TODO, UnitState.BEGUN}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSection:
    """One section with its units, and how many minutes they take together."""

    key: str
    number: int
    titles: Texts
    units: tuple[OutlineUnit, ...]

    @property
    def minutes(self) -> int:
        """As its author says."""
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A version as its learner sees it. `done` of `total` steps that the completion rule counts.

    `percent` is rounded down, and 100 exactly when the course is completed. `next_unit` is where the learner was, else
    the next unit that is required, else the next that is left.
    """

    version: ContentVersion
    sections: tuple[OutlineSection, ...]
    total: int
    done: int
    percent: int
    is_complete: bool
    next_unit: OutlineUnit | None

    @cached_property
    def units(self) -> tuple[OutlineUnit, ...]:
        """All units in order."""
        return tuple(unit for section in self.sections for unit in section.units)

    @property
    def unit_count(self) -> int:
        """How many units there are, required or not."""
        return len(self.units)

    @property
    def minutes_left(self) -> int:
        """Minutes of the required units in which there is something to do."""
        return sum(unit.minutes for unit in self.units if unit.is_open and unit.is_required)

    def unit(self, key: str) -> OutlineUnit:
        """One unit. Raises NotFound."""
        for unit in self.units:
            if unit.key == key:
                return unit
        raise NotFound("There is no such unit in this course.")

    def before(self, key: str) -> OutlineUnit | None:
        """The unit before this one."""
        number = self.unit(key).number
        return self.units[number - 2] if number > 1 else None

    def after(self, key: str) -> OutlineUnit | None:
        """The unit after this one."""
        return next(iter(self.units[self.unit(key).number :]), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitToLearn:
    """A unit as a learner opens it, with what is kept of their progress; None before the first visit.

    `all_progress` is that of all units, by the unit's primary key, so that the outline need not read it again.
    """

    unit: Unit
    progress: UnitProgress | None
    all_progress: Mapping[int, UnitProgress]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedStep:
    """What `make_outline` needs of one unit: the unit, and what belongs to one learner of it."""

    unit: Unit
    progress: UnitProgress | None = None
    waits_for_mark: bool = False
    date: CohortDate | None = None


def course_outline(
    version: ContentVersion,
    *,
    enrolment: Enrolment | None = None,
    progress: Mapping[int, UnitProgress] | None = None,
    waiting: Collection[int] | None = None,
) -> Outline:
    """The outline of a version, and how far a learner is with it.

    At most four queries: the units of a draft; the progress, unless it is given; the tests that wait for a mark, where
    there are any and they are not given by primary key; the dates of a cohort. The caller has asked whether the reader
    may see the version.
    """
    units = version_units(version)
    if enrolment is None:
        return make_outline(version, [OutlinedStep(unit=unit) for unit in units], enrolment=None)
    known = list_progress(enrolment) if progress is None else progress
    has_tests = any(unit.instrument_id is not None for unit in units)
    if waiting is None:
        waiting = _waiting_instruments(enrolment) if has_tests else ()
    dates = _dates_by_key(enrolment)
    steps = [
        OutlinedStep(
            unit=unit,
            progress=known.get(unit.pk),
            waits_for_mark=unit.instrument_id in waiting,
            date=dates.get(unit.key),
        )
        for unit in units
    ]
    return make_outline(version, steps, enrolment=enrolment)


def get_unit_to_learn(enrolment: Enrolment, key: str) -> UnitToLearn:
    """One unit of the learner's version, with section, instrument and progress. One query, or two for a new version.

    Raises NotFound where the enrolment is not active or completed, where the version is not published, and for a unit
    that it does not have.
    """
    if enrolment.state in LEARNING and enrolment.version.published_at is not None:
        unit = find_version_unit(enrolment.version, key)
        if unit is not None:
            known = list_progress(enrolment)
            return UnitToLearn(unit=unit, progress=known.get(unit.pk), all_progress=known)
    raise NotFound("There is no such unit in this course.")


def list_progress(enrolment: Enrolment) -> dict[int, UnitProgress]:
    """What is kept of a learner's units, by the unit's primary key; the caller has asked whose it is. One query."""
    return {row.unit_id: row for row in UnitProgress.objects.filter(enrolment=enrolment).order_by("pk")}


def make_outline(version: ContentVersion, steps: Sequence[OutlinedStep], *, enrolment: Enrolment | None) -> Outline:
    """Put the units of a version, which come in its order, together with what belongs to one learner of them."""
    numbered = list(enumerate(steps, start=1))
    sections = []
    for number, (section, group) in enumerate(groupby(numbered, key=lambda one: one[1].unit.section), start=1):
        shown = tuple(_outlined(step, place) for place, step in group)
        sections.append(OutlineSection(key=section.key, number=number, titles=section.titles, units=shown))
    found = [unit for section in sections for unit in section.units]
    is_complete = enrolment is not None and enrolment.state == EnrolmentState.COMPLETED
    counted = count_steps(found, attendance_percent=version.attendance_percent)
    at = enrolment.last_unit_id if enrolment is not None else None
    last = next((step.unit.key for step in steps if step.unit.pk == at), "")
    return Outline(
        version=version,
        sections=tuple(sections),
        total=counted.total,
        done=counted.total if is_complete else counted.done,
        percent=100 if is_complete else counted.percent,
        is_complete=is_complete,
        next_unit=_next_unit(found, last),
    )


def _waiting_instruments(enrolment: Enrolment) -> frozenset[int]:
    """The tests that the learner handed in and that nobody has marked yet."""
    handed_in = Attempt.objects.filter(occasion=enrolment.uid, submitted_at__isnull=False, marked_at=None)
    waiting = handed_in.filter(person=enrolment.person_id).order_by("pk")
    return frozenset(waiting.values_list("instrument", flat=True))


def _dates_by_key(enrolment: Enrolment) -> Mapping[str, CohortDate]:
    """What the learner's cohort says about its units."""
    if enrolment.run_id is None:
        return {}
    return {date.unit_key: date for date in CohortDate.objects.filter(cohort__run=enrolment.run_id).order_by("pk")}


def _outlined(step: OutlinedStep, number: int) -> OutlineUnit:
    row, progress, date = step.unit, step.progress, step.date
    at, is_in_person = date.at if date else None, is_session(row)
    done_at, waits = progress.done_at if progress else None, step.waits_for_mark
    return OutlineUnit(
        key=row.key,
        number=number,
        kind=row.kind,
        titles=row.titles,
        minutes=row.minutes,
        is_required=row.is_required,
        must_pass=row.must_pass,
        state=_state(done_at=done_at, waits=waits, seen_at=progress.first_seen_at if progress else None),
        done_at=done_at,
        waits_for_mark=waits,
        due_at=None if is_in_person else at,
        held_at=at if is_in_person else None,
        place=date.place if date else "",
        url=date.url if date else "",
    )


def _state(*, done_at: datetime | None, waits: bool, seen_at: datetime | None) -> UnitState:
    if done_at is not None:
        return UnitState.DONE
    if waits:
        return UnitState.WAITING
    return UnitState.TODO if seen_at is None else UnitState.BEGUN


def _next_unit(units: Sequence[OutlineUnit], last_key: str) -> OutlineUnit | None:
    """Where the learner was; then the required units after it, those before it, and those that may be left out."""
    place = next((unit.number for unit in units if unit.key == last_key), 1)
    in_order = [*units[place - 1 :], *units[: place - 1]]
    is_open = [unit for unit in in_order if unit.is_open]
    if is_open and is_open[0].key == last_key:
        return is_open[0]
    return next((unit for unit in is_open if unit.is_required), next(iter(is_open), None))
