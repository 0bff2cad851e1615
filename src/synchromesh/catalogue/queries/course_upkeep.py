"""Courses as those who look after them see them: what does not work, what is old, and how much each is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from synchromesh.catalogue.models import Course, CourseUse, LinkState
from synchromesh.catalogue.queries.editable_courses import list_editable_courses
from synchromesh.catalogue.queries.freshness import ASK_AFTER_MONTHS
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.plumbing.audit import Actor

STATES = ("broken", "missing", "old")
"""In the order of the work: the address is broken; the feed no longer names it; nobody has confirmed it for long."""
PAGE_SIZE = 25
USE_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesToKeep:
    """One page of courses with `views` and `clicks` of the last 30 days, and the number in each state and in all."""

    page: Page[Any]
    counts: dict[str, int]
    total: int


def list_courses_to_keep(
    *, visible_to: Actor, today: date, state: str = "", provider: str = "", page: int | str | None = 1
) -> CoursesToKeep:
    """Published courses that the actor may edit, those first that need something, then the longest unconfirmed.

    `state` is one of STATES or "" for all, `provider` a slug. A course may be in several states.
    """
    found = list_editable_courses(visible_to=visible_to)
    if provider:
        found = found.filter(provider__slug=provider)
    tests = _tests(today)
    counted = found.aggregate(total=Count("pk"), **{name: Count("pk", filter=test) for name, test in tests.items()})
    if state in STATES:
        found = found.filter(tests[state])
    shown = Paginator(_in_order(found, tests), PAGE_SIZE).get_page(page)
    shown.object_list = list(shown.object_list)
    _read_use(shown.object_list, today)
    return CoursesToKeep(
        page=shown,
        counts={name: counted[name] for name in STATES},
        total=counted["total"],
    )


def count_courses_to_keep(*, visible_to: Actor, today: date, provider: str = "") -> int:
    """How many courses that the actor may edit, of one provider (a slug) or all, need something. One question."""
    broken, missing, old = (_tests(today)[name] for name in STATES)
    found = list_editable_courses(visible_to=visible_to).filter(broken | missing | old)
    return (found.filter(provider__slug=provider) if provider else found).count()


def list_chosen_courses(uids: Collection[str], *, visible_to: Actor) -> list[Course]:
    """Those of the courses that the actor may edit, at most a page of them; what is no uid is passed over."""
    known = [uid for text in list(uids)[:PAGE_SIZE] if (uid := _uid(text))]
    return list(list_editable_courses(visible_to=visible_to).filter(uid__in=known).select_related("provider"))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tests(today: date) -> dict[str, Q]:
    limit = months_later(today, -ASK_AFTER_MONTHS)
    return {
        "broken": Q(link_check__state=LinkState.BROKEN, link_check__url=F("url")),
        "missing": Q(missing_since__isnull=False),
        "old": Q(last_confirmed_on=None) | Q(last_confirmed_on__lte=limit),
    }


def _in_order(found: QuerySet[Course], tests: dict[str, Q]) -> QuerySet[Course]:
    place = Case(
        *[When(tests[name], then=Value(place)) for place, name in enumerate(STATES)],
        default=Value(len(STATES)),
        output_field=IntegerField(),
    )
    ordered = found.order_by(place, F("last_confirmed_on").asc(nulls_first=True), "slug")
    return ordered.select_related("provider", "link_check").defer("descriptions", "outcomes")


def _read_use(courses: Iterable[Any], today: date) -> None:
    """Give each course its counts of the last 30 days."""
    lately = CourseUse.objects.filter(course__in=[one.pk for one in courses], day__gt=today - timedelta(days=USE_DAYS))
    summed = lately.order_by().values_list("course").annotate(Sum("views"), Sum("clicks"))
    counts = {course: (views, clicks) for course, views, clicks in summed}
    for course in courses:
        course.views, course.clicks = counts.get(course.pk, (0, 0))
