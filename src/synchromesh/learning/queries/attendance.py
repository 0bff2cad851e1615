"""Live sessions of a cohort and who was there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Attendance, Cohort, ContentVersion, Enrolment, Unit
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.seats import SEATED
from synchromesh.learning.unit_kinds import DoneBy, get_unit_kind, unit_kinds
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """A learner and whether they were there; None where nobody has written it down."""

    enrolment: Enrolment
    was_there: bool | None


def list_participants(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody who has a place in the cohort, by name."""
    found = Enrolment.objects.filter(run=cohort.run_id, state__in=SEATED)
    return found.select_related("person", "version").order_by("person__name", "pk")


def find_session(version: ContentVersion, unit_key: str) -> Unit | None:
    """The live session of a version with this key."""
    unit = Unit.objects.filter(version=version, key=unit_key).first()
    return unit if unit is not None and is_session_kind(unit.kind) else None


def is_session_kind(kind: str) -> bool:
    """Whether units of this kind are done by being there."""
    return get_unit_kind(kind).DONE_BY is DoneBy.ATTENDANCE


def attendance_list(cohort: Cohort, unit_key: str, *, visible_to: Actor) -> list[AttendanceRow]:
    """Everybody in a cohort with what is written down of one session, for its tutors. Two questions.

    Whoever learns in a version without this session is left out: nothing can be written down for them. Raises NotFound
    for others.
    """
    if not may_see_learners(visible_to, cohort.run.course):
        raise NotFound("There is no such cohort.")
    sessions = [name for name in unit_kinds() if is_session_kind(name)]
    has_session = Q(version__units__key=unit_key, version__units__kind__in=sessions)
    noted = Attendance.objects.filter(enrolment__run=cohort.run_id, unit__key=unit_key)
    there = dict(noted.values_list("enrolment_id", "was_there"))
    return [
        AttendanceRow(enrolment=row, was_there=there.get(row.pk))
        for row in list_participants(cohort).filter(has_session)
    ]
