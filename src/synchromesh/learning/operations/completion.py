"""A course is completed when its rule is met: once, whatever happens at the same moment.

The enrolment is locked while it is decided, and the database holds at most one achievement of an enrolment. Later
attempts and marks change neither: what was earned was earned.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries.attempts import counting_attempts
from synchromesh.learning.models import EarnedAchievement, Enrolment, EnrolmentState
from synchromesh.learning.operations.own_enrolments import lock_enrolment
from synchromesh.learning.queries.completion import CompletionState, attempt_percent, completion_state
from synchromesh.learning.queries.outline import course_outline
from synchromesh.learning.queries.steps import count_steps
from synchromesh.plumbing import audit, jobs


def complete_if_due(*, by: audit.Actor, enrolment: Enrolment, now: datetime | None = None) -> EarnedAchievement | None:
    """Complete the course where its rule is met now; returns what was earned, and None where nothing was, or before.

    The achievement keeps the rule as it was shown and what was reached. `percent` is the share of the points in all
    tests of the rule, as their counting attempts have it. Whoever may act was asked by the caller.
    """
    with transaction.atomic():
        locked = lock_enrolment(enrolment)
        earned = complete_locked(by=by, enrolment=locked, now=now or timezone.now())
        if earned is not None:
            enrolment.state, enrolment.completed_at = locked.state, locked.completed_at
        return earned


def complete_locked(*, by: audit.Actor, enrolment: Enrolment, now: datetime) -> EarnedAchievement | None:
    """The same for an enrolment that the caller's transaction has locked already, as it is in the database."""
    if enrolment.state != EnrolmentState.ACTIVE:
        return None
    version = enrolment.version
    outline = course_outline(version, enrolment=enrolment)
    if not count_steps(outline.units, attendance_percent=version.attendance_percent).are_done:
        return None
    state = completion_state(enrolment)
    percent = _overall_percent(enrolment, state)
    earned = EarnedAchievement.objects.create(
        enrolment=enrolment,
        earned_at=now,
        percent=percent,
        result=_result(state, number=version.number, percent=percent),
        to_be_issued=version.issues_credential,
    )
    enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, now
    enrolment.save(update_fields=["state", "completed_at"])
    audit.record(by=by, action="complete_if_due", kind="enrolment", uid=enrolment.uid, achievement=str(earned.uid))
    if earned.to_be_issued:
        jobs.enqueue("learning.tasks.award_earned", earned_uid=str(earned.uid))
    return earned


def _overall_percent(enrolment: Enrolment, state: CompletionState) -> Decimal | None:
    """All points of the tests that the rule counts; None where no test has points yet."""
    keys = [unit.unit.key for unit in state.units]
    units = enrolment.version.units.filter(key__in=keys, instrument__isnull=False)
    instruments = set(units.values_list("instrument", flat=True))
    found = counting_attempts(occasions=[enrolment.uid])
    attempts = [attempt for (_, instrument), attempt in found.items() if instrument in instruments]
    with_points = [one for one in attempts if one.points is not None and one.most_points]
    if not with_points:
        return None
    points = sum((one.points or Decimal(0) for one in with_points), Decimal(0))
    most = sum((one.most_points or Decimal(0) for one in with_points), Decimal(0))
    return attempt_percent(Attempt(points=points, most_points=most))


def _result(state: CompletionState, *, number: int, percent: Decimal | None) -> dict[str, Any]:
    """The rule and what was reached, in values that JSON can hold."""
    rule = state.rule
    return {
        "version": number,
        "percent": _written(percent),
        "attendance_percent": rule.attendance_percent,
        "sessions": rule.sessions,
        "sessions_needed": rule.sessions_needed,
        "sessions_attended": state.sessions_attended,
        "units": [
            {
                "key": unit.unit.key,
                "number": unit.unit.number,
                "titles": dict(unit.unit.titles),
                "kind": unit.unit.kind,
                "must": str(unit.unit.must),
                "pass_percent": unit.unit.pass_percent,
                "percent": _written(unit.percent),
                "waits_for_mark": unit.waits_for_mark,
            }
            for unit in state.units
        ],
    }


def _written(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent:.2f}"
