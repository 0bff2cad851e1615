"""Courses in which one can learn here, as their pages ask for them."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.learning.models import ContentVersion


def get_course_to_learn(slug: str) -> Course:
    """One published course by its slug, or the one that it was found to be the same as. One query. Raises NotFound."""
    published = Course.objects.exclude(published_at=None).select_related("provider")
    return published.filter(slug=slug).first() or get_course_or_winner(slug)


def courses_with_content(courses: Collection[int]) -> set[int]:
    """Those of the courses (primary keys) in which there is something to learn here, alone or in a group. One query."""
    versions = ContentVersion.objects.filter(course__in=courses, published_at__isnull=False)
    return set(versions.order_by().values_list("course_id", flat=True).distinct()) if courses else set()
