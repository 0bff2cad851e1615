"""Courses whose completion earns an achievement."""

from __future__ import annotations

from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement
from synchromesh.learning.models import CourseAchievement


def list_courses_for(achievement: Achievement) -> list[Course]:
    """The published courses that earn it, by title."""
    found = Course.objects.filter(earned_achievement__achievement=achievement).exclude(published_at=None)
    return list(found.select_related("provider").order_by("slug"))


def awards_credential(course: Course) -> bool:
    """Whether whoever completes the course gets a credential, as long as its version issues one."""
    return CourseAchievement.objects.filter(course=course).exists()


def find_course_achievement(course: Course) -> CourseAchievement | None:
    """What completing the course earns, with its issuer; None where nothing is linked."""
    found = CourseAchievement.objects.select_related("achievement__issuer__organisation").filter(course=course)
    return found.prefetch_related("achievement__versions").first()
