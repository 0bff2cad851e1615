"""Courses as the planner sees them: price in euro cents, minutes, and what confirmed links say they teach."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.db.models import Prefetch

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import can_be_taken
from synchromesh.engine.planning.problem import Offer, Teaching


def list_planning_courses(*, skill_ids: Collection[int], today: date) -> list[Course]:
    """Published courses with a confirmed link to one of the skills that can still be taken.

    Each course carries only its confirmed links (`skill_links`), with their skills, and its runs.
    """
    confirmed = CourseSkill.objects.exclude(confirmed_at=None)
    matching = confirmed.filter(skill__in=skill_ids).values("course")
    links = confirmed.filter(skill__in=skill_ids).select_related("skill").order_by("skill__slug")
    runs = Run.objects.select_related("country", "region").order_by("starts_on", "pk")
    found = (
        Course.objects.filter(pk__in=matching)
        .exclude(published_at=None)
        .select_related("provider")
        .prefetch_related(Prefetch("skill_links", queryset=links), Prefetch("runs", runs))
        .order_by("slug")
    )
    return [course for course in found if can_be_taken(course, today=today)]


def offer_of(course: Course) -> Offer:
    """The course as a planning offer; a price in a currency without a rate counts as unknown."""
    return Offer(
        slug=course.slug,
        price_cents=price_in_euro_cents(course),
        minutes=course.minutes,
        teaches=tuple(
            Teaching(skill=link.skill.slug, entry=link.entry_level, level=link.level)
            for link in course.skill_links.all()
        ),
    )


def price_in_euro_cents(course: Course) -> int | None:
    """The price in euro cents: as it is, by the operator's rate, or None when it cannot be known."""
    if course.price_cents is None or course.currency == "EUR" or course.price_cents == 0:
        return course.price_cents
    try:
        rate = Decimal(settings.EXCHANGE_RATES[course.currency])
    except (KeyError, InvalidOperation):
        return None
    if not rate.is_finite() or rate <= 0:
        return None
    return int((course.price_cents * rate).to_integral_value())
