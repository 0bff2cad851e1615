"""Who works on a course."""

from __future__ import annotations

from synchromesh.catalogue.models import Course, CourseRole
from synchromesh.catalogue.permissions import may_author_course
from synchromesh.plumbing.audit import Actor


def list_course_people(course: Course, *, visible_to: Actor) -> list[CourseRole]:
    """The parts that people have in a course, by part and name; none for who is no author of it."""
    if not may_author_course(visible_to, course):
        return []
    return list(
        CourseRole.objects.filter(course=course).select_related("person").order_by("part", "person__name", "id")
    )
