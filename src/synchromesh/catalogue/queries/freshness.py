"""How long ago somebody said that a course is still right, and what that means.

The rule: fresh within 12 months, ageing within 18, stale after that or where nobody knows. A provider is asked after 11
months, so that an answer comes before the course ages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from synchromesh.accounts.models import Membership, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, FeedSource
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.plumbing.sources import Origin

FRESH_MONTHS = 12
AGEING_MONTHS = 18
ASK_AFTER_MONTHS = 11
ASK_AGAIN_AFTER = timedelta(days=30)


class Freshness(StrEnum):
    """What the day of the last confirmation means."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


def freshness_of(confirmed_on: date | None, *, today: date) -> Freshness:
    """Judge the day on which a course was last confirmed; None is unknown."""
    if confirmed_on is None or confirmed_on < months_later(today, -AGEING_MONTHS):
        return Freshness.STALE
    return Freshness.FRESH if confirmed_on >= months_later(today, -FRESH_MONTHS) else Freshness.AGEING


class ConfirmerKind(StrEnum):
    """Who said last that a course is right."""

    FEED = "feed"
    PROVIDER = "provider"
    ALLIANCE = "alliance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmer:
    """Who said last that a course is right; `name` is that of a feed. People are not named."""

    kind: ConfirmerKind
    name: str = ""


def find_confirmer(course: Course) -> Confirmer:
    """Who confirmed the course last. At most one question to the database, none where nobody is written down."""
    by = course.confirmed_by
    if not by:
        return Confirmer(kind=ConfirmerKind.UNKNOWN)
    if by == OPERATOR.public_id:
        return Confirmer(kind=ConfirmerKind.ALLIANCE)
    try:
        uid = UUID(by)
    except ValueError:
        name = FeedSource.objects.filter(key=by).values_list("name", flat=True).first()
        return Confirmer(kind=ConfirmerKind.FEED, name=name or by)
    belongs = Exists(Membership.objects.filter(person=OuterRef("pk"), organisation=course.provider_id))
    person = User.objects.filter(uid=uid).values_list(belongs, "is_alliance_staff").first()
    if person is None or not any(person):
        return Confirmer(kind=ConfirmerKind.UNKNOWN)
    return Confirmer(kind=ConfirmerKind.PROVIDER if person[0] else ConfirmerKind.ALLIANCE)


def list_courses_to_ask_about(*, today: date) -> list[Course]:
    """Courses whose provider should be asked whether they are still right, by provider, the longest unconfirmed first.

    Published real courses of a provider that nobody has confirmed for eleven months. One that nobody ever confirmed
    counts from the day it came here. A provider that was asked about any course in the last 30 days is left in peace.
    """
    limit = months_later(today, -ASK_AFTER_MONTHS)
    old = Q(last_confirmed_on__lte=limit) | Q(last_confirmed_on=None, created_at__date__lte=limit)
    asked = Course.objects.filter(refresh_asked_on__gt=today - ASK_AGAIN_AFTER).exclude(provider=None)
    found = _current().filter(old).exclude(provider=None).exclude(provider__in=asked.values("provider"))
    return list(
        found.select_related("provider")
        .defer("descriptions", "outcomes", "summaries")
        .order_by("provider_id", "last_confirmed_on", "created_at", "pk")
    )


def _current() -> QuerySet[Course]:
    """What is offered now and was not invented."""
    return Course.objects.exclude(published_at=None).exclude(origin=Origin.EXAMPLE).filter(missing_since=None)
