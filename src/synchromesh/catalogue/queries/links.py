"""Read what is known about the addresses of courses, and which of them are due for a look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import F, Q, QuerySet

from synchromesh.catalogue.models import Course, LinkCheck, LinkState
from synchromesh.plumbing.sources import Origin

MOST_AT_ONCE = 200
MOST_OF_ONE_HOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLink:
    """The address of one course that is due for a look."""

    course_id: int
    uid: UUID
    url: str

    @property
    def host(self) -> str:
        """The server that will be asked first, with its port where one is named."""
        return urlsplit(self.url).netloc.lower()


def list_due_links(*, now: datetime, limit: int = MOST_AT_ONCE, limit_of_host: int = MOST_OF_ONE_HOST) -> list[DueLink]:
    """Addresses to look at now: those never looked at first, then the longest due; of one server only some at a time.

    Only published courses that are not invented; an address that has changed since the last look is due at once. The
    servers take turns, so that the pause which one of them gets is filled with the others.
    """
    of_host: Counter[str] = Counter()
    turns: list[tuple[int, DueLink]] = []
    for course_id, uid, url in _due(now).iterator(chunk_size=2000):
        link = DueLink(course_id=course_id, uid=uid, url=url)
        if of_host[link.host] == limit_of_host:
            continue
        turns.append((of_host[link.host], link))
        of_host[link.host] += 1
        if len(turns) == limit:
            break
    return [link for _, link in sorted(turns, key=lambda turn: turn[0])]


def _due(now: datetime) -> QuerySet[Course, tuple[int, UUID, str]]:
    check = "link_check__next_check_at"
    due = Q(**{check: None}) | Q(**{f"{check}__lte": now}) | ~Q(link_check__url=F("url"))
    found = Course.objects.exclude(published_at=None).exclude(url="").exclude(origin=Origin.EXAMPLE).filter(due)
    return found.order_by(F(check).asc(nulls_first=True), "pk").values_list("pk", "uid", "url")


def find_link_check(course: Course) -> LinkCheck | None:
    """What is known about the address that the course has now; None where nobody has looked at it."""
    check = getattr(course, "link_check", None)  # the attribute is not there without a row
    return check if isinstance(check, LinkCheck) and check.url == course.url else None


def has_broken_link(course: Course) -> bool:
    """Whether the address of the course is known to be broken; needs `link_check` read with the course."""
    check = find_link_check(course)
    return check is not None and check.state == LinkState.BROKEN
