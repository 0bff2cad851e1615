"""Which courses a person looks after."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import EDITING_ROLES, may_edit_courses_of
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import BatchStatus, ImportBatch

COURSE_EDIT = "course-edit"
"""The kind of import batch that an edit by hand is kept as."""


def list_editable_courses(*, visible_to: Actor) -> QuerySet[Course]:
    """Published courses that the actor may edit: all for alliance staff, else those of one's own providers."""
    published = Course.objects.exclude(published_at=None)
    if is_alliance_staff(visible_to):
        return published
    if not isinstance(visible_to, User) or not visible_to.is_active:
        return published.none()
    edited = visible_to.memberships.filter(role__in=EDITING_ROLES).values("organisation")
    return published.filter(provider__in=edited)


def get_course_to_edit(slug: str, *, visible_to: Actor) -> Course:
    """One course with fields and dates, a draft too. Raises NotAllowed, and NotFound, also for one that was merged."""
    found = (
        Course.objects.select_related("provider__country")
        .prefetch_related("topics", "skill_links__skill", "runs__country", "runs__region")
        .filter(slug=slug, merged_into=None)
        .first()
    )
    if found is None:
        raise NotFound("There is no such course. It may have been merged into another one.")
    require(
        may_edit_courses_of(visible_to, found.provider),
        "Only editors and managers of the provider, and alliance staff, can edit this course.",
    )
    return found


def find_last_edit(course: Course, *, by: Actor) -> ImportBatch | None:
    """The newest edit by hand of this actor on the course that stands, of the last day; None otherwise."""
    steps = ImportBatch.objects.filter(
        kind=COURSE_EDIT, source=str(course.uid), actor=by.public_id, status=BatchStatus.COMMITTED
    )
    steps = steps.filter(committed_at__gte=timezone.now() - timedelta(days=1)).exclude(name="create_course")
    return steps.defer(*ImportBatch.LARGE_COLUMNS).order_by("-committed_at", "-pk").first()
