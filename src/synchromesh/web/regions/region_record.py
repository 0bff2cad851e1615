"""All that a page or a sheet says of one region: its profile, and what courses, practices, events and projects add."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from synchromesh.community.models import Event, Practice
from synchromesh.community.queries.courses_in_reach import CoursesInReach, list_courses_in_reach
from synchromesh.community.queries.event_lists import EventFilter, list_events
from synchromesh.community.queries.practices import list_practices_in_region
from synchromesh.community.queries.regions import KnownRegion, get_known_region
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


def read_region(code: str, *, visible_to: Actor, today: date) -> RegionRecord:
    """Everything about a region that the reader may see. Raises NotFound for an unknown code."""
    known = get_known_region(code, visible_to=visible_to)
    place = known.region.code
    events = list_events(EventFilter(region=place, when="all"), visible_to=visible_to, today=today)
    newest = list(events.order_by("-starts_on", "slug")[: 2 * MOST])
    return RegionRecord(
        known=known,
        courses=list_courses_in_reach(known.region, today=today, limit=MOST),
        practices=list_practices_in_region(known.region, limit=MOST),
        coming=[event for event in reversed(newest) if event.ends_on >= today][:MOST],
        past=[event for event in newest if event.ends_on < today][:MOST],
    )
