"""Read the sources of feeds and what was fetched from them.

Alliance staff and the operator see all sources; editors and managers of a provider see those of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.catalogue.models import FeedFetch, FeedSource, FetchOutcome
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.engine.errors import NotFound
from synchromesh.engine.feeds.yields import REMEMBERED, Yield
from synchromesh.plumbing.audit import Actor

GOOD = (FetchOutcome.UNCHANGED, FetchOutcome.PREVIEWED, FetchOutcome.COMMITTED)
FETCHES_IN_LIST = 5


def list_feed_sources(*, visible_to: Actor) -> list[FeedSource]:
    """The sources that the actor may see, by name, each with its last fetches in `recent`, newest first."""
    recent = FeedFetch.objects.order_by("-at", "-pk")[:FETCHES_IN_LIST]
    found = _visible(visible_to).select_related("provider")
    return list(found.prefetch_related(Prefetch("fetches", queryset=recent, to_attr="recent")).order_by("name", "pk"))


def get_feed_source(uid: UUID | str, *, visible_to: Actor) -> FeedSource:
    """One source. Raises NotFound, also for somebody who may not see it."""
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise NotFound("There is no such source of courses.", field="source") from None
    found = _visible(visible_to).select_related("provider").filter(uid=wanted).first()
    if found is None:
        raise NotFound("There is no such source of courses.", field="source")
    return found


def find_feed_source(name: str, *, visible_to: Actor) -> FeedSource:
    """The source with this key or uid. Raises NotFound."""
    found = _visible(visible_to).select_related("provider").filter(key=name).first()
    return found or get_feed_source(name, visible_to=visible_to)


def list_fetches(source: FeedSource, *, limit: int) -> list[FeedFetch]:
    """What was fetched from a source, newest first."""
    return list(source.fetches.order_by("-at", "-pk")[:limit])


def list_good_yields(source: FeedSource) -> Sequence[Yield]:
    """What the source usually gives: its last good fetches, newest first, since somebody said what is right."""
    good = source.fetches.filter(outcome__in=GOOD)
    if source.judged_from is not None:
        good = good.filter(at__gte=source.judged_from)
    return [Yield(courses=one.courses, problems=one.problems) for one in good.order_by("-at", "-pk")[:REMEMBERED]]


def list_due_sources(*, now: datetime) -> list[FeedSource]:
    """The sources whose next fetch is due, those first that have waited longest."""
    due = FeedSource.objects.filter(next_fetch_at__lte=now, paused_at=None).exclude(url="")
    return list(due.order_by("next_fetch_at", "pk"))


def count_alarms(*, visible_to: Actor) -> int:
    """How many sources wait for somebody to settle an alarm."""
    return _visible(visible_to).exclude(alarm="").count()


def _visible(by: Actor) -> QuerySet[FeedSource]:
    if is_alliance_staff(by):
        return FeedSource.objects.all()
    if not isinstance(by, User) or not by.is_active:
        return FeedSource.objects.none()
    own = by.memberships.filter(role__in=EDITING_ROLES).values("organisation")
    return FeedSource.objects.filter(provider__in=own)
