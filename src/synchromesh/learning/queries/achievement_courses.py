"""Courses whose completion earns an achievement."""

from __future__ import annotations

from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement


def list_courses_for(achievement: Achievement) -> list[Course]:
    """The published courses that earn it, by title."""
    found = Course.objects.filter(earned_achievement__achievement=achievement).exclude(published_at=None)
    return list(found.select_related("provider").order_by("slug"))
