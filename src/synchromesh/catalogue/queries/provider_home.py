"""What waits for a training provider, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import VISITOR, require
from synchromesh.catalogue.models import BriefClaim, Course, CourseUse, FeedFetch, FeedSource
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.brief_claims import list_open_claims
from synchromesh.catalogue.queries.briefs import WantedTraining, list_wanted_training
from synchromesh.catalogue.queries.course_upkeep import USE_DAYS, count_courses_to_keep, list_courses_to_keep
from synchromesh.catalogue.queries.courses_to_map import OPEN_STATES, list_courses_to_map
from synchromesh.plumbing.audit import Actor

_WISHES_SHOWN = 10
_COURSES_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHome:
    """Counts and lists of one provider; views and clicks are those of the last `days` days."""

    courses: Sequence[Course]
    count: int
    drafts: Sequence[Course]
    to_refresh: int
    to_map: int
    sources: Sequence[tuple[FeedSource, FeedFetch | None]]
    views: int
    clicks: int
    days: int
    wanted: Sequence[WantedTraining]
    claims: Sequence[BriefClaim]


def find_provider_home(organisation: Organisation, *, visible_to: Actor, today: date) -> ProviderHome:
    """Everything of the page. Raises NotAllowed for all but its editors, its managers and alliance staff."""
    require(
        may_edit_courses_of(visible_to, organisation),
        "Only editors and managers of the provider, and alliance staff, see this page.",
    )
    own = Course.objects.filter(provider=organisation, merged_into=None).order_by("slug")
    published = own.exclude(published_at=None)
    keep = list_courses_to_keep(visible_to=visible_to, today=today, provider=organisation.slug)
    mapped = list_courses_to_map(visible_to=visible_to, today=today, provider=organisation.slug)
    used = CourseUse.objects.filter(course__provider=organisation, day__gt=today - timedelta(days=USE_DAYS))
    sums = used.aggregate(views=Sum("views"), clicks=Sum("clicks"))
    return ProviderHome(
        courses=list(published[:_COURSES_SHOWN]),
        count=keep.total,
        drafts=list(own.filter(published_at=None)[:_COURSES_SHOWN]),
        to_refresh=count_courses_to_keep(visible_to=visible_to, today=today, provider=organisation.slug),
        to_map=sum(mapped.counts[state] for state in OPEN_STATES),
        sources=_sources(organisation),
        views=sums["views"] or 0,
        clicks=sums["clicks"] or 0,
        days=USE_DAYS,
        wanted=_wanted_near(organisation, today=today),
        claims=list_open_claims(organisation),
    )


def _sources(organisation: Organisation) -> list[tuple[FeedSource, FeedFetch | None]]:
    """The provider's feeds, each with its last fetch."""
    sources = list(FeedSource.objects.filter(provider=organisation).order_by("name", "pk"))
    last: dict[int, FeedFetch] = {}
    for fetch in FeedFetch.objects.filter(source__in=sources).order_by("at", "pk"):
        last[fetch.source_id] = fetch
    return [(source, last.get(source.pk)) for source in sources]


def _wanted_near(organisation: Organisation, *, today: date) -> list[WantedTraining]:
    """What everybody may know to be wanted, in the provider's region or in no certain one, most wanted first."""
    place = organisation.region.code if organisation.region else ""
    rows = list_wanted_training(visible_to=VISITOR, today=today)
    near = [row for row in rows if row.region is None or _is_near(row.region.code, place)]
    return near[:_WISHES_SHOWN]


def _is_near(code: str, place: str) -> bool:
    """Whether one NUTS region is the other or a part of it: their codes begin alike."""
    return bool(place) and (code.startswith(place) or place.startswith(code))
