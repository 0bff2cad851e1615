"""Engagements as they are listed and filtered, and the record of a year. Facts are public, contacts are not here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.community.models import (
    DatePrecision,
    Engagement,
    EngagementKind,
    FollowUp,
    Group,
    GroupMember,
    GroupMemberState,
)
from synchromesh.community.permissions import may_see_engagement_notes
from synchromesh.community.queries.known_years import list_known_years
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

LONGEST_VALUE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementFilter:
    """What a reader asked for; what is empty asks for nothing."""

    words: str = ""
    kind: str = ""
    field: str = ""
    country: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One month of a year's record, 0 where the month is not known, with a count for each kind that occurs."""

    month: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRecord:
    """A year in numbers. `reached` adds what is known; `reach_unknown` says for how many engagements it is not."""

    year: int
    kinds: tuple[str, ...]
    rows: tuple[YearRow, ...]
    totals: Mapping[str, int]
    total: int
    reached: int | None
    reach_unknown: int


def read_engagement_filter(values: Mapping[str, Sequence[str]]) -> EngagementFilter:
    """Read the parameters of an address. It is never wrong: what nobody knows finds nothing or is passed over."""
    year = _last(values, "year")
    return EngagementFilter(
        words=_last(values, "q"),
        kind=_last(values, "kind"),
        field=_last(values, "field"),
        country=_last(values, "country"),
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2200 else None,
    )


def list_engagements(wanted: EngagementFilter) -> QuerySet[Engagement]:
    """What was recorded, newest first."""
    found = Engagement.objects.filter(_asked(wanted)).select_related("country", "event", "organisation")
    return found.defer("contacts").order_by("-starts_on", "-pk")


def list_engagement_years() -> list[int]:
    """The years in which there was an engagement, newest first."""
    return list_known_years(Engagement.objects.all(), "starts_on")


def get_engagement(uid: UUID) -> Engagement:
    """One engagement. Raises NotFound."""
    related = ("country", "event", "organisation", "group")
    found = Engagement.objects.filter(uid=uid).select_related(*related).prefetch_related("topics").first()
    if found is None:
        raise NotFound("There is no engagement with this address.")
    return found


def list_follow_ups(engagement: Engagement, *, visible_to: Actor) -> list[FollowUp]:
    """What is to do after an engagement, open ones first; empty for whom it is not."""
    if not may_see_engagement_notes(visible_to, engagement):
        return []
    found = list(FollowUp.objects.filter(engagement=engagement).order_by("due_on", "pk"))
    return sorted(found, key=lambda one: (one.done_at is not None, one.due_on or date.max))


def list_groups_to_record_for(by: Actor) -> list[Group]:
    """The groups in whose name somebody may record engagements: those that they lead, all for alliance staff."""
    if is_alliance_staff(by):
        return list(Group.objects.order_by("slug"))
    if not isinstance(by, User) or not by.is_active:
        return []
    led = GroupMember.objects.filter(person=by, is_leader=True, state=GroupMemberState.APPROVED)
    return list(Group.objects.filter(pk__in=led.values("group")).order_by("slug"))


def get_year_record(year: int) -> YearRecord:
    """Count a year by kind and month. Of a day that is known to the year only, the month is not guessed."""
    rows = Engagement.objects.filter(starts_on__year=year).order_by()
    counted: dict[int, dict[str, int]] = {}
    for kind, precision, month, count in rows.values_list("kind", "precision", "starts_on__month").annotate(
        count=Count("pk")
    ):
        place = counted.setdefault(0 if precision == DatePrecision.YEAR else month, {})
        place[kind] = place.get(kind, 0) + count
    kinds = tuple(kind for kind in EngagementKind.values if any(kind in counts for counts in counted.values()))
    totals = {kind: sum(counts.get(kind, 0) for counts in counted.values()) for kind in kinds}
    reaches = list(rows.exclude(reach=None).values_list("reach", flat=True))
    total = sum(totals.values())
    return YearRecord(
        year=year,
        kinds=kinds,
        rows=tuple(YearRow(month=month, counts=counted[month]) for month in sorted(counted, key=lambda m: m or 13)),
        totals=totals,
        total=total,
        reached=sum(reach or 0 for reach in reaches) if reaches else None,
        reach_unknown=total - len(reaches),
    )


def _asked(wanted: EngagementFilter) -> Q:
    asked = Q()
    if wanted.kind:
        asked &= Q(kind=wanted.kind)
    if wanted.country:
        asked &= Q(country__code=wanted.country)
    if wanted.field:
        asked &= Q(topics__slug=wanted.field)
    if wanted.year is not None:
        asked &= Q(starts_on__year=wanted.year)
    for word in wanted.words.split()[:10]:
        asked &= Q(event_title__icontains=word) | Q(host__icontains=word) | Q(subject__icontains=word)
    return asked


def _last(values: Mapping[str, Sequence[str]], name: str) -> str:
    found = values.get(name) or ("",)
    return " ".join(found[-1].replace("\0", " ").split())[:LONGEST_VALUE]
