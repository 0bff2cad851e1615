"""What was decided at the mapping desk, as steps that can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from synchromesh.catalogue.models import Course
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import BatchStatus, ImportBatch

KIND = "mapping"


def columns_of_steps(course: Course) -> dict[str, Any]:
    """What the steps of one course have in common."""
    return {"kind": KIND, "source": str(course.uid)}


def find_last_step(course: Course, *, by: Actor, since: datetime) -> ImportBatch | None:
    """The newest step of this actor on the course that stands, if it is not older than `since`.

    `options` names the `action` and what it was about: `skill_uid` or `words`.
    """
    steps = ImportBatch.objects.filter(**columns_of_steps(course), actor=by.public_id, status=BatchStatus.COMMITTED)
    steps = steps.filter(committed_at__gte=since).defer(*ImportBatch.LARGE_COLUMNS)
    return steps.order_by("-committed_at", "-pk").first()
