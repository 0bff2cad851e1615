"""Courses that people of a region can reach: those given in it, and those of its country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from synchromesh.catalogue.models import Course, Mode, Run
from synchromesh.catalogue.queries.availability import can_be_taken
from synchromesh.places.models import Region

_LOOKED_AT = 60
"""Courses that are read to find those that can still be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesInReach:
    """Courses that can be taken: in the region, elsewhere in its country; a course stands once, where it is nearest."""

    in_region: list[Course]
    in_country: list[Course]


def list_courses_in_reach(region: Region, *, today: date, limit: int = 8) -> CoursesInReach:
    """Courses with a run in the region, or of a provider there; then those of the country. By title within each."""
    runs = Run.objects.filter(course=OuterRef("pk"))
    here = Exists(runs.filter(region__code__startswith=region.code)) | Q(provider__region__code__startswith=region.code)
    country = Exists(runs.filter(country=region.country)) | Q(provider__country=region.country)
    in_region = _takeable(_courses().filter(here), today=today, limit=limit)
    near = _courses().filter(country).exclude(pk__in=[course.pk for course in in_region])
    return CoursesInReach(in_region=in_region, in_country=_takeable(near, today=today, limit=limit))


def _courses() -> QuerySet[Course]:
    return (
        Course.objects.exclude(published_at=None)
        .filter(missing_since=None)
        .select_related("provider")
        .prefetch_related(Prefetch("runs", Run.objects.order_by("starts_on", "pk")))
        .defer("descriptions", "outcomes")
    )


def _takeable(rows: QuerySet[Course], *, today: date, limit: int) -> list[Course]:
    found = rows.exclude(mode=Mode.ONLINE, provider=None).order_by("slug")[:_LOOKED_AT]
    return [course for course in found if can_be_taken(course, today=today)][:limit]
