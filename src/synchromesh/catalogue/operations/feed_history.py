"""Keep the history of sources short: a source that is read every hour adds 8,760 lines a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from synchromesh.catalogue.models import FeedFetch, FeedSource
from synchromesh.plumbing import audit

KEPT_FOR = timedelta(days=400)
"""A little more than a year, so that a feed can be compared with itself a year ago."""
KEPT_ALWAYS = 50
"""The newest lines of each source, however old."""


def remove_old_fetches(*, by: audit.Actor, now: datetime) -> int:
    """Delete lines of sources' histories that are too old to judge anything by; returns how many.

    A duty of the operator: it takes no permission, changes no course, and leaves one line in the audit trail where
    something went.
    """
    gone = 0
    for source in FeedSource.objects.order_by("pk"):
        newest = source.fetches.order_by("-at", "-pk").values_list("pk", flat=True)[:KEPT_ALWAYS]
        old = source.fetches.filter(at__lt=now - KEPT_FOR).exclude(pk__in=list(newest))
        gone += FeedFetch.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
    if gone:
        audit.record(by=by, action="remove_old_fetches", kind="feed_source", uid="all", lines=gone)
    return gone
