"""All that a page or a sheet says of one region: its profile, and what courses, practices and events add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from synchromesh.community.models import Event, Practice
from synchromesh.community.queries.courses_in_reach import CoursesInReach, list_courses_in_reach
from synchromesh.community.queries.event_lists import EventFilter, list_events
from synchromesh.community.queries.known_regions import KnownRegion, first_of_each, list_known_regions, within
from synchromesh.community.queries.practices import list_practices_in_regions
from synchromesh.places.models import Region
from synchromesh.plumbing.audit import Actor

MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRecord:
    """One region with what other records say of it. `events` are those to come, then those that are over."""

    known: KnownRegion
    courses: CoursesInReach
    practices: list[Practice]
    coming: list[Event]
    past: list[Event]

    @property
    def name(self) -> str:
        """What the region calls itself, else its name in NUTS."""
        return self.known.profile.name if self.known.profile else self.known.region.name


def read_regions(codes: Iterable[str], *, visible_to: Actor, today: date, most: int = 1) -> list[RegionRecord]:
    """Everything that the reader may see about the first `most` of some codes that NUTS has, in their order.

    As many questions to the database for four as for one.
    """
    known_regions = list_known_regions(codes, most=most)
    regions = [known.region for known in known_regions]
    parts = zip(
        known_regions,
        list_courses_in_reach(regions, today=today, limit=MOST),
        list_practices_in_regions(regions, limit=MOST),
        _newest_events(regions, visible_to=visible_to, today=today),
        strict=True,
    )
    return [
        RegionRecord(
            known=known,
            courses=courses,
            practices=practices,
            coming=[event for event in reversed(newest) if event.ends_on >= today][:MOST],
            past=[event for event in newest if event.ends_on < today][:MOST],
        )
        for known, courses, practices, newest in parts
    ]


def _newest_events(regions: Sequence[Region], *, visible_to: Actor, today: date) -> list[list[Event]]:
    rows = list_events(EventFilter(when="all"), visible_to=visible_to, today=today).order_by("-starts_on", "slug")
    found = list(first_of_each(rows, regions, limit=2 * MOST).select_related("country", "organiser", "region"))
    return [within(region, found)[: 2 * MOST] for region in regions]
