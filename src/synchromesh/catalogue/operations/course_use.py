"""Count how often a course is looked at and how often its provider's page is opened. Nobody is named."""

from __future__ import annotations

import logging

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from synchromesh.catalogue.models import Course, CourseUse
from synchromesh.plumbing import audit
from synchromesh.plumbing.lock_waits import short_lock_wait

_log = logging.getLogger(__name__)


def record_course_use(*, by: audit.Actor, course: Course, views: int = 0, clicks: int = 0) -> None:
    """Add to the counts of today: one question to the database, three for the first count of a day.

    Anyone may look, and `by` only says which kind of actor did: there is no line in the audit trail. A page is never
    lost over a count: where the database is busy or fails, the count is.
    """
    del by
    today = timezone.localdate()
    counts = CourseUse.objects.filter(course=course, day=today)
    more = {"views": F("views") + views, "clicks": F("clicks") + clicks}
    try:
        with short_lock_wait():
            if counts.update(**more):
                return
            with transaction.atomic():
                CourseUse.objects.bulk_create([CourseUse(course=course, day=today)], ignore_conflicts=True)
                counts.update(**more)
    except DatabaseError as error:
        _log.warning("A look at the course %s was not counted: %s", course.slug, error)
