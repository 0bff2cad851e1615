"""Digests: whose, which are due, and what is new for one of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import Course
from synchromesh.community.models import DigestFrequency, DigestSubscription, Event, EventState, NewsArticle
from synchromesh.community.queries.event_lists import visible_events
from synchromesh.community.queries.news import visible_news
from synchromesh.plumbing.audit import Actor

MOST_OF_A_KIND = 20
DAYS_BETWEEN = {DigestFrequency.WEEKLY.value: 7, DigestFrequency.MONTHLY.value: 30}
DAYS_TO_CONFIRM = 7
_SALT = "community.digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestChoice:
    """What somebody wants to be told: topics by slug and regions by NUTS code, none of them for everything."""

    frequency: DigestFrequency
    language: str
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    with_news: bool = True
    with_events: bool = True
    with_courses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is new for one subscription, at most 20 of each kind; empty tuples where nothing is."""

    news: tuple[NewsArticle, ...] = ()
    events: tuple[Event, ...] = ()
    courses: tuple[Course, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.news or self.events or self.courses)


def find_own_digest(person: User) -> DigestSubscription | None:
    """What a person asked for."""
    found = DigestSubscription.objects.filter(person=person).prefetch_related("topics", "regions")
    return found.first()


def list_due_digests(*, now: datetime) -> list[int]:
    """Row numbers of the confirmed subscriptions whose time has come, the longest waiting first."""
    due = Q()
    for frequency, days in DAYS_BETWEEN.items():
        due |= Q(frequency=frequency, told_until__lte=now - timedelta(days=days))
    found = DigestSubscription.objects.exclude(confirmed_at=None).filter(due)
    return list(found.order_by("told_until", "pk").values_list("pk", flat=True))


def make_confirm_key(subscription: DigestSubscription, choice: DigestChoice) -> str:
    """The key in the mail that asks for confirmation. It carries the choice: nothing of it holds before."""
    fields = {name: getattr(choice, name) for name in DigestChoice.__slots__}
    return signing.dumps({"uid": subscription.uid.hex, **fields}, salt=_SALT, compress=True)


def find_confirmation(key: str) -> tuple[DigestSubscription, DigestChoice] | None:
    """The subscription and the choice that a key stands for; None for a wrong key or one older than 7 days."""
    try:
        fields = signing.loads(key, salt=_SALT, max_age=timedelta(days=DAYS_TO_CONFIRM))
        uid = fields.pop("uid")
        choice = DigestChoice(
            **fields
            | {
                "frequency": DigestFrequency(fields["frequency"]),
                "topics": tuple(fields["topics"]),
                "regions": tuple(fields["regions"]),
            }
        )
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    found = DigestSubscription.objects.filter(uid=uid, person=None).first()
    return (found, choice) if found else None


def find_digest(subscription: DigestSubscription, *, now: datetime) -> Digest:
    """What was published since the subscription was last told, of what its reader may see.

    Whatever names no topic or no region is for all of them. Courses are chosen by topic only.
    """
    since = subscription.told_until or now
    topics = [topic.pk for topic in subscription.topics.all()]
    codes = [region.code for region in subscription.regions.all()]
    reader: Actor = subscription.person or VISITOR
    fresh = Q(published_at__gt=since, published_at__lte=now)
    news = visible_news(reader).filter(fresh) if subscription.with_news else NewsArticle.objects.none()
    events = (
        visible_events(reader).filter(fresh, state=EventState.PUBLISHED, ends_on__gte=now.date())
        if subscription.with_events
        else Event.objects.none()
    )
    courses = Course.objects.filter(fresh) if subscription.with_courses else Course.objects.none()
    if topics:
        courses = courses.filter(topics__in=topics)
    return Digest(
        news=_first(_about(news, topics, codes, region="regions"), "-published_at"),
        events=_first(_about(events, topics, codes, region="region"), "starts_on"),
        courses=_first(courses.select_related("provider"), "-published_at"),
    )


def _about(found: QuerySet, topics: Collection[int], codes: Collection[str], *, region: str) -> QuerySet:  # type: ignore[type-arg]  # articles or events
    if topics:
        model = found.model._default_manager
        found = found.filter(Q(topics=None) | Q(pk__in=model.filter(topics__in=topics).values("pk")))
    if codes:
        near = Q(**{f"{region}__code__in": sorted({code[:size] for code in codes for size in range(2, len(code) + 1)})})
        for code in codes:
            near |= Q(**{f"{region}__code__startswith": code})
        model = found.model._default_manager
        found = found.filter(Q(**{f"{region}__isnull": True}) | Q(pk__in=model.filter(near).values("pk")))
    return found


def _first(found: QuerySet, order: str) -> tuple:  # type: ignore[type-arg]  # articles, events or courses
    return tuple(found.distinct().order_by(order, "-pk")[:MOST_OF_A_KIND])
