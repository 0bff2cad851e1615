"""The courses that go with the lab, where they are offered."""

from __future__ import annotations

from synchromesh.catalogue.models import Course

LAB_COURSES = ("battery-passport-essentials", "battery-passport-for-engineers")


def list_lab_courses() -> list[Course]:
    """The published courses about battery passports, the first to take first."""
    found = Course.objects.filter(slug__in=LAB_COURSES, published_at__isnull=False).order_by("slug")
    return sorted(found, key=lambda course: LAB_COURSES.index(course.slug))
