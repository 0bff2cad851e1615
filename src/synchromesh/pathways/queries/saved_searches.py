"""Read the searches that people follow: one's own, those that are due, and what a search finds now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_filter import (
    ORDERS,
    CourseFilter,
    chosen_in_index,
    filter_query,
    index_bands,
    read_filter,
)
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.models import Frequency, SavedSearch
from synchromesh.search.queries import browse, search

MOST_SEEN = 2000
"""How many courses a search remembers. One that finds more is followed by its newest courses only."""

DAYS_BETWEEN = {Frequency.DAILY.value: 1, Frequency.WEEKLY.value: 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a search finds now: uids of courses, newest first and at most MOST_SEEN, and how many there are in all."""

    uids: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new for one saved search: at most as many courses as asked for, how many there are, what it has seen."""

    saved: SavedSearch
    courses: tuple[Course, ...]
    total: int
    seen: list[str]


def read_query(query: str) -> CourseFilter:
    """The filter of a saved query. The order is left out: a search is told by what is new, however it is ordered."""
    return replace(read_filter(parse_qs(query, keep_blank_values=True)), order="")


def clean_query(query: str) -> str:
    """A query as it is kept: known parameters in one order, without the page and the order of the list."""
    return filter_query(read_query(query))


def list_saved_searches(person: User) -> list[SavedSearch]:
    """The person's own saved searches by title."""
    return list(SavedSearch.objects.filter(owner=person).defer("seen").order_by("title", "pk"))


def find_saved_search(person: User, *, query: str, language: str) -> SavedSearch | None:
    """The person's own saved search with this query."""
    return SavedSearch.objects.filter(owner=person, query=clean_query(query), language=language).first()


def get_saved_search(person: User, uid: str) -> SavedSearch:
    """One own saved search. Raises NotFound for anybody else's: its existence is private too."""
    found = SavedSearch.objects.filter(owner=person, uid=uid).first()
    if found is None:
        raise NotFound("You follow no such search.")
    return found


def list_due_owners(*, now: datetime) -> list[int]:
    """Row numbers of the people with searches to look at again."""
    return list(_due(now).order_by("owner").values_list("owner", flat=True).distinct())


def list_due_searches(*, owner: int, now: datetime) -> list[SavedSearch]:
    """The searches of one person to look at again.

    Days count, not hours, so that a duty that comes a minute early misses nothing. Nothing is due for people without a
    confirmed address, whom nobody may mail, and for those who had a mail today.
    """
    return list(_due(now).filter(owner=owner).select_related("owner").order_by("title", "pk"))


def _due(now: datetime) -> QuerySet[SavedSearch]:
    due = Q()
    for frequency, days in DAYS_BETWEEN.items():
        due |= Q(frequency=frequency, looked_at__lt=_start_of_day(now) - timedelta(days=days - 1))
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("owner"), verified=True, email__iexact=OuterRef("owner__email")
    )
    mailed_today = SavedSearch.objects.filter(owner=OuterRef("owner"), mailed_at__gte=_start_of_day(now))
    return SavedSearch.objects.filter(due, Exists(confirmed), ~Exists(mailed_today), owner__is_active=True)


def _start_of_day(now: datetime) -> datetime:
    local = timezone.localtime(now)
    return datetime.combine(local.date(), time.min, tzinfo=local.tzinfo)


def look_up(query: str, *, language: str, now: datetime) -> Look:
    """What a query finds now, from the index alone.

    Only courses that have its words count, none that is found by what the words mean: a mail should not guess.
    """
    wanted = read_query(query)
    asked: dict[str, Any] = {
        "language": language,
        "kinds": ("course",),
        "limit": MOST_SEEN,
        "chosen": chosen_in_index(wanted),
        "bands": index_bands(wanted, today=timezone.localdate(now)),
        "counted": (),
        "order": ORDERS["newest"],
    }
    answer = search(wanted.words, **asked) if wanted.words else browse(**asked)
    return Look(uids=tuple(hit.uid for hit in answer.hits), total=answer.total)


def find_news(saved: SavedSearch, *, now: datetime, limit: int) -> News:
    """What a search finds that it has not seen yet, newest first; a course that comes back later is no news.

    Where it finds more than it can remember, only courses that were published since the last look are new.
    """
    look = look_up(saved.query, language=saved.language, now=now)
    seen = set(saved.seen)
    fresh = [uid for uid in look.uids if uid not in seen]
    courses = _published(fresh, since=saved.looked_at if look.total > MOST_SEEN else None) if fresh else []
    return News(
        saved=saved, courses=tuple(courses[:limit]), total=len(courses), seen=remember(look.uids, seen=saved.seen)
    )


def remember(found: Sequence[str], *, seen: Sequence[str]) -> list[str]:
    """What a search has seen after a look: what it finds now, then what it found formerly, as much as it may keep."""
    return list(dict.fromkeys([*found, *seen]))[:MOST_SEEN]


def _published(uids: Collection[str], *, since: datetime | None) -> list[Course]:
    found = Course.objects.filter(uid__in=uids).exclude(published_at=None).select_related("provider")
    if since is not None:
        found = found.filter(published_at__gte=since)
    return list(found.defer("descriptions", "outcomes").order_by(F("published_at").desc(), "pk"))
