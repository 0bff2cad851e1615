"""The records behind the view of a tutor, read at once and kept by learner and by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from synchromesh.assessment.models import Attempt
from synchromesh.catalogue.models import Course, Run
from synchromesh.learning.models import CohortDate, Enrolment, EnrolmentState, StuckReport, Unit, UnitProgress
from synchromesh.learning.permissions import LEARNING
from synchromesh.learning.queries.published_units import version_units


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """One unit and whether one learner is done with it, in the form in which steps are counted."""

    unit: Unit
    is_done: bool

    @property
    def kind(self) -> str:
        """The kind of the unit."""
        return self.unit.kind

    @property
    def is_required(self) -> bool:
        """Whether the unit must be done."""
        return self.unit.is_required


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenUnit:
    """A visit of somebody to a unit."""

    is_done: bool
    seconds: int


class TutoringRecords:
    """Reads with five questions what happens in a course, or in one run of it; units are kept by each process."""

    def __init__(self, course: Course, run: Run | None) -> None:
        enrolments = Enrolment.objects.filter(course=course, state__in=[*LEARNING, EnrolmentState.WAITING])
        if run is not None:
            enrolments = enrolments.filter(run=run)
        # Of somebody who takes the course again the last round counts.
        rounds = {row.person_id: row for row in enrolments.select_related("person", "version").order_by("round", "pk")}
        found = list(rounds.values())
        self.waiting = [row for row in found if row.state == EnrolmentState.WAITING]
        self.learners = [row for row in found if row.state != EnrolmentState.WAITING]
        self._read_units()
        self._read_progress()
        self._read_dates()
        self._read_attempts()
        self._stuck: dict[int, list[StuckReport]] = {}
        for report in StuckReport.objects.filter(enrolment__in=self._keys(), settled_at=None).select_related("unit"):
            self._stuck.setdefault(report.enrolment_id, []).append(report)

    def _keys(self) -> list[int]:
        return [row.pk for row in self.learners]

    def _read_units(self) -> None:
        versions = {row.version_id: row.version for row in self.learners}
        newest_first = sorted(versions.values(), key=lambda version: -version.number)
        ordered = [unit for version in newest_first for unit in version_units(version)]
        self.units: dict[int, Unit] = {unit.pk: unit for unit in ordered}
        self._of_version: dict[int, list[Unit]] = {}
        for unit in ordered:
            self._of_version.setdefault(unit.version_id, []).append(unit)

    def _read_progress(self) -> None:
        rows = UnitProgress.objects.filter(enrolment__in=self._keys())
        self._done: set[tuple[int, int]] = set()
        self._seen: dict[str, list[SeenUnit]] = {}
        for enrolment, unit, done_at, seconds in rows.values_list("enrolment_id", "unit_id", "done_at", "seconds"):
            if done_at is not None:
                self._done.add((enrolment, unit))
            visit = SeenUnit(is_done=done_at is not None, seconds=seconds)
            self._seen.setdefault(self.units[unit].key, []).append(visit)

    def _read_dates(self) -> None:
        runs = {row.run_id for row in self.learners if row.run_id is not None}
        rows = CohortDate.objects.filter(cohort__run__in=runs).values_list("cohort__run_id", "unit_key", "at")
        self.dates: dict[tuple[int, str], datetime] = {(run, key): at for run, key, at in rows}

    def _read_attempts(self) -> None:
        occasions = [row.uid for row in self.learners]
        waits = Count("responses", filter=Q(responses__waits_for_mark=True))
        rows = Attempt.objects.filter(occasion__in=occasions, submitted_at__isnull=False).annotate(waits=waits)
        self._failed: Counter[tuple[UUID, int]] = Counter()
        self._to_mark: Counter[UUID] = Counter()
        for occasion, instrument, passed, waiting in rows.order_by().values_list(
            "occasion", "instrument_id", "passed", "waits"
        ):
            self._failed[occasion, instrument] += passed is False
            self._to_mark[occasion] += waiting

    def units_of(self, enrolment: Enrolment) -> list[UnitRecord]:
        """The units of a learner's version in order, with what is done."""
        units = self._of_version.get(enrolment.version_id, [])
        return [UnitRecord(unit=unit, is_done=(enrolment.pk, unit.pk) in self._done) for unit in units]

    def units_by_key(self) -> dict[str, Unit]:
        """One unit for each key, of the newest version that has it, in the order of the newest version."""
        found: dict[str, Unit] = {}
        for unit in self.units.values():
            found.setdefault(unit.key, unit)
        return found

    def failed(self, enrolment: Enrolment, unit: Unit) -> int:
        """Failed attempts of a learner at a unit."""
        return self._failed[enrolment.uid, unit.instrument_id] if unit.instrument_id else 0

    def failed_at(self, key: str) -> int:
        """Failed attempts of everybody at a unit, in whatever version."""
        instruments = {unit.instrument_id for unit in self.units.values() if unit.key == key and unit.instrument_id}
        return sum(count for (_, instrument), count in self._failed.items() if instrument in instruments)

    def to_mark(self, enrolment: Enrolment) -> int:
        """Answers of a learner that wait for a person."""
        return self._to_mark[enrolment.uid]

    def seen(self, key: str) -> Sequence[SeenUnit]:
        """Visits of everybody to a unit, in whatever version."""
        return self._seen.get(key, [])

    def stuck(self, enrolment: Enrolment) -> list[StuckReport]:
        """Open reports of a learner."""
        return self._stuck.get(enrolment.pk, [])
