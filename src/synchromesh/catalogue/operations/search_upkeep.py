"""Keep what the search knows about the dates of courses from ageing: a run starts, and the next one counts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.queries.aged_courses import list_aged_courses
from synchromesh.plumbing import audit, jobs
from synchromesh.search.operations import MOST_AT_ONCE


def update_aged_courses(*, by: audit.Actor, today: date | None = None) -> int:
    """Have the search read the courses whose next start or deadline has passed; returns how many, at most one run's.

    Alliance staff and the operator may. Safe to repeat: the index itself says which courses these are, so that nothing
    is lost when a day was missed. Raises NotAllowed, and ExternalFailure when the index cannot be used or rebuilt.
    """
    require(is_alliance_staff(by), "Only alliance staff can have the search index brought up to date.")
    uids = list_aged_courses(today=today or timezone.localdate(), limit=MOST_AT_ONCE + 1)
    with transaction.atomic():
        if len(uids) > MOST_AT_ONCE:
            jobs.enqueue("search.tasks.rebuild_index")
        elif uids:
            jobs.enqueue("search.tasks.update_index", kind="course", uids=uids)
        if uids:
            audit.record(by=by, action="update_aged_courses", kind="search", uid="index", courses=len(uids))
    return len(uids)
