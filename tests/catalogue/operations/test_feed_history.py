"""Old lines of a source's history go; the newest stay, however old they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import FeedFetch, FeedSource, FetchOutcome
from synchromesh.catalogue.operations import feed_history
from synchromesh.catalogue.operations.feed_history import KEPT_FOR, remove_old_fetches
from synchromesh.catalogue.operations.feed_sources import add_feed_source
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def a_history(name: str, *days_ago: int) -> FeedSource:
    source = add_feed_source(by=OPERATOR, name=name, url=f"https://{name}.example/feed.csv")
    FeedFetch.objects.bulk_create(
        FeedFetch(source=source, at=NOW - timedelta(days=days), outcome=FetchOutcome.UNCHANGED) for days in days_ago
    )
    return source


def ages(source: FeedSource) -> list[int]:
    return [(NOW - at).days for at in source.fetches.order_by("-at").values_list("at", flat=True)]


def test_old_lines_go_unless_they_are_among_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_history, "KEPT_ALWAYS", 2)
    limit = KEPT_FOR.days
    busy, quiet = a_history("busy", 1, 2, limit, limit + 1, 900), a_history("quiet", 900, 901, 902)
    assert remove_old_fetches(by=OPERATOR, now=NOW) == 3
    assert ages(busy) == [1, 2, limit]
    assert ages(quiet) == [900, 901]
    assert AuditEvent.objects.get(action="remove_old_fetches").details["lines"] == 3
    assert remove_old_fetches(by=OPERATOR, now=NOW) == 0
