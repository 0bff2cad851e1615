"""What a unit of a course shows about its learner becomes a rating, with the unit as its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.learning.models import Unit, UnitProgress
from synchromesh.learning.operations.progress import Reported, report_unit
from synchromesh.learning.queries.unit_skills import list_skills_of_unit
from synchromesh.learning.unit_kinds import personal_kind
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.queries.levels import HeldLevel, list_held_levels
from synchromesh.plumbing import audit

_LONGEST = 300


def report_unit_with_ratings(
    *,
    by: User,
    enrolment_uid: str | UUID,
    unit: Unit,
    report: Mapping[str, Any],
    save_number: int,
    now: datetime | None = None,
) -> Reported:
    """Keep what a unit reports, and rate its learner in the skills that it is evidence for once it is done.

    Only units that are made for each learner count: their tasks are known to nobody beforehand. Each rates once, and
    nobody downwards: an easy exercise says nothing against what was shown before. Raises what `report_unit` raises.
    """
    with transaction.atomic():
        reported = report_unit(
            by=by, enrolment_uid=enrolment_uid, unit_key=unit.key, report=report, save_number=save_number, now=now
        )
        if reported.is_done and personal_kind(unit.kind) is not None:
            _rate(by, UnitProgress.objects.get(enrolment__uid=enrolment_uid, unit=unit))
    return reported


def _rate(by: User, progress: UnitProgress) -> None:
    """The enrolment is locked, so that a form that is sent twice rates once."""
    unit = progress.unit
    shown = [one for one in list_skills_of_unit(unit) if one.level is not None]
    if not shown or Rating.objects.filter(progress=progress).exists():
        return
    held = list_held_levels(by, visible_to=by, today=timezone.localdate())
    course = unit.version.course
    source = f"{unit.kind} {course.slug}/{unit.key}"
    new = [
        Rating(
            person=by,
            skill=one.skill,
            kind=RatingKind.ASSESSED,
            level=one.level,
            rater=str(course.uid),
            evidence=source[:_LONGEST],
            progress=progress,
        )
        for one in shown
        if one.level is not None and not _is_below(one.level, held.get(one.skill.pk))
    ]
    if new:
        Rating.objects.bulk_create(new)
        audit.record(
            by=by, action="report_unit_with_ratings", kind="unit", uid=unit.uid, ratings=len(new), course=course.slug
        )


def _is_below(level: int, held: HeldLevel | None) -> bool:
    return held is not None and held.is_proof and held.level > level
