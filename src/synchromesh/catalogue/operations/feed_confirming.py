"""A feed that still names a course says thereby that the course is still right, where its entries carry no dates."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from synchromesh.catalogue.models import Course, FeedSource
from synchromesh.plumbing import jobs
from synchromesh.search.operations import MOST_AT_ONCE

_INDEX_LATER = timedelta(days=30)  # how old a confirmation may look in the search, which only asks for months


def confirm_named_courses(source: FeedSource, *, on: date) -> int:
    """Note for each course that the source names today that it was confirmed `on` that day; returns how many are new.

    Courses whose entry has a date of its own keep that, and those that are missing from the feed are left out. Call
    inside a transaction, after a fetch that found nothing new; a commit notes it by itself. The audit trail has no line
    for each: the source's history says when it was read.
    """
    named = Course.objects.filter(import_source=source.key, source_on=None, missing_since=None, merged_into=None)
    older = named.filter(Q(last_confirmed_on=None) | Q(last_confirmed_on__lt=on))
    visible = older.exclude(published_at=None).filter(
        Q(last_confirmed_on=None) | Q(last_confirmed_on__lt=on - _INDEX_LATER)
    )
    stale = [str(uid) for uid in visible.order_by("pk").values_list("uid", flat=True)[: MOST_AT_ONCE + 1]]
    confirmed = older.update(last_confirmed_on=on, confirmed_by=source.key)
    if len(stale) > MOST_AT_ONCE:
        jobs.enqueue("search.tasks.rebuild_index")
    elif stale:
        jobs.enqueue("search.tasks.update_index", kind="course", uids=stale)
    return confirmed
