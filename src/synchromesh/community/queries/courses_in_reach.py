"""Courses that people of a region can reach: those given in it, and those of its country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import can_be_taken
from synchromesh.places.models import Region

_LOOKED_AT = 60
"""Courses that are read to find those that can still be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesInReach:
    """Courses that can be taken: in the region, elsewhere in its country; a course stands once, where it is nearest."""

    in_region: Sequence[Course]
    in_country: Sequence[Course]


def list_courses_in_reach(region: Region, *, today: date, limit: int = 8) -> CoursesInReach:
    """Courses with a run in the region, or of a provider there; then those of the country. By address within each.

    Two questions to the database.
    """
    runs = Run.objects.filter(course=OuterRef("pk"))
    here = Q(Exists(runs.filter(region__code__startswith=region.code))) | Q(
        provider__region__code__startswith=region.code
    )
    country = Q(Exists(runs.filter(country=region.country))) | Q(provider__country=region.country)
    near = Case(When(here, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = _courses().filter(here | country).annotate(distance=near).order_by("distance", "slug")[:_LOOKED_AT]
    still = [course for course in found if can_be_taken(course, today=today)]
    return CoursesInReach(
        in_region=[course for course in still if course.distance == 0][:limit],
        in_country=[course for course in still if course.distance == 1][:limit],
    )


def _courses() -> QuerySet[Course]:
    return (
        Course.objects.exclude(published_at=None)
        .filter(missing_since=None)
        .select_related("provider")
        .prefetch_related(Prefetch("runs", Run.objects.order_by("starts_on", "pk")))
        .defer("descriptions", "outcomes")
    )
