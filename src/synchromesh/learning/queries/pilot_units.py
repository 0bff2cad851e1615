"""Where the learners of a pilot got stuck: what they said, how long they took, and where they stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Case, OuterRef, QuerySet, Value, When

from synchromesh.learning.models import Enrolment, EnrolmentState, Pilot, StuckReport, Unit, UnitProgress
from synchromesh.plumbing.json_lists import JsonList

STOPPED_AFTER = timedelta(days=14)
"""How long somebody has not been seen who counts as having stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTrouble:
    """One unit. `seen` people opened it; the other numbers are None where these are fewer than five.

    `median_seconds` of those who were done with it, to be held against the `stated_minutes` of its author.
    `stopped_here` left, or were not seen for two weeks, with this unit as the last one.
    """

    key: str
    titles: dict[str, str]
    stated_minutes: int
    seen: int
    stuck_reports: int | None
    median_seconds: int | None
    stopped_here: int | None
    stopped_percent: float | None

    @property
    def takes_longer(self) -> bool:
        """Whether half of the people needed more than one and a half times the stated minutes."""
        return self.median_seconds is not None and self.median_seconds > 90 * self.stated_minutes


def with_unit_records(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments with what each person did in the units, and where they said that they were stuck."""
    opened = UnitProgress.objects.filter(enrolment=OuterRef("pk")).annotate(
        is_done=Case(When(done_at=None, then=Value(0)), default=Value(1))
    )
    stuck = StuckReport.objects.filter(enrolment=OuterRef("pk"))
    return enrolments.annotate(
        opened_units=JsonList(opened.values_list("unit_id", "seconds", "is_done")),
        stuck_units=JsonList(stuck.values_list("unit_id")),
    )


def unit_troubles(pilot: Pilot, people: Sequence[Enrolment], *, least: int, now: datetime) -> Iterable[UnitTrouble]:
    """Every unit of the version in order, about these people, who came `with_unit_records`. One question."""
    seconds: dict[int, list[int]] = {}
    opened: Counter[int] = Counter()
    for unit_id, spent, is_done in (record for row in people for record in vars(row)["opened_units"]):
        opened[unit_id] += 1
        if is_done:
            seconds.setdefault(unit_id, []).append(spent)
    reports = Counter(unit_id for row in people for (unit_id,) in vars(row)["stuck_units"])
    stopped = Counter(row.last_unit_id for row in people if _has_stopped(row, now=now))
    units = Unit.objects.filter(version=pilot.version_id).defer("content")
    for unit in units.order_by("section__position", "section", "position", "pk"):
        seen, times = opened[unit.pk], seconds.get(unit.pk, [])
        is_shown = seen >= least
        yield UnitTrouble(
            key=unit.key,
            titles=unit.titles,
            stated_minutes=unit.minutes,
            seen=seen,
            stuck_reports=reports[unit.pk] if is_shown else None,
            median_seconds=round(median(times)) if len(times) >= least else None,
            stopped_here=stopped[unit.pk] if is_shown else None,
            stopped_percent=100 * stopped[unit.pk] / seen if is_shown else None,
        )


def _has_stopped(enrolment: Enrolment, *, now: datetime) -> bool:
    if enrolment.state == EnrolmentState.LEFT:
        return True
    last = enrolment.last_seen_at
    return enrolment.state == EnrolmentState.ACTIVE and last is not None and last < now - STOPPED_AFTER
