"""Courses in which one can learn here, as their pages ask for them."""

from __future__ import annotations

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course_or_winner


def get_course_to_learn(slug: str) -> Course:
    """One published course by its slug, or the one that it was found to be the same as. One query. Raises NotFound."""
    published = Course.objects.exclude(published_at=None).select_related("provider")
    return published.filter(slug=slug).first() or get_course_or_winner(slug)
