"""Which version of a course's content somebody who begins now gets."""

from __future__ import annotations

from django.db.models import Q

from synchromesh.catalogue.models import Course
from synchromesh.learning.models import ContentVersion, PilotDecision


def newest_version(course: Course, *, with_pilots: bool = False) -> ContentVersion | None:
    """The newest published version, or None where there is nothing to learn here yet.

    A version that is being tried is left out until its pilot says that it is for everybody; `with_pilots` takes it in,
    for the groups with which it is tried, as long as nobody decided to revise it.
    """
    published = ContentVersion.objects.filter(course=course, published_at__isnull=False)
    decided = Q(pilot=None) | Q(pilot__decision=PilotDecision.GO)
    undecided = Q(pilot__isnull=False) & ~Q(pilot__decision=PilotDecision.REVISE)
    return published.filter(decided | undecided if with_pilots else decided).order_by("-number").first()
