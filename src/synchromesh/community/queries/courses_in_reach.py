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


def list_courses_in_reach(regions: Sequence[Region], *, today: date, limit: int = 8) -> list[CoursesInReach]:
    """For each region: courses with a run there, or of a provider there; then those of the country. By address.

    Two questions to the database, however many regions.
    """
    chosen = Q(pk__in=[])
    for region in regions:
        chosen |= Q(pk__in=_nearest(region).values("pk")[:_LOOKED_AT])
    still = [course for course in _courses().filter(chosen).order_by("slug") if can_be_taken(course, today=today)]
    return [
        CoursesInReach(
            in_region=[course for course in still if _is_in(course, region)][:limit],
            in_country=[course for course in still if _is_in_country(course, region)][:limit],
        )
        for region in regions
    ]


def _nearest(region: Region) -> QuerySet[Course]:
    runs = Run.objects.filter(course=OuterRef("pk"))
    here = Q(Exists(runs.filter(region__code__startswith=region.code))) | Q(
        provider__region__code__startswith=region.code
    )
    country = Q(Exists(runs.filter(country=region.country))) | Q(provider__country=region.country)
    near = Case(When(here, then=Value(0)), default=Value(1), output_field=IntegerField())
    return _offered().filter(here | country).annotate(distance=near).order_by("distance", "slug")


def _is_in(course: Course, region: Region) -> bool:
    places = [run.region for run in course.runs.all()] + [course.provider.region if course.provider else None]
    return any(place is not None and place.code.startswith(region.code) for place in places)


def _is_in_country(course: Course, region: Region) -> bool:
    countries = {run.country_id for run in course.runs.all()}
    countries.add(course.provider.country_id if course.provider else None)
    return region.country_id in countries and not _is_in(course, region)


def _offered() -> QuerySet[Course]:
    return Course.objects.exclude(published_at=None).filter(missing_since=None)


def _courses() -> QuerySet[Course]:
    runs = Run.objects.select_related("region").order_by("starts_on", "pk")
    return (
        _offered()
        .select_related("provider__region")
        .prefetch_related(Prefetch("runs", runs))
        .defer("descriptions", "outcomes")
    )
