"""What the units of a course are called, for lists that know a unit by its key."""

from __future__ import annotations

from synchromesh.catalogue.models import Course
from synchromesh.learning.models import Unit


def unit_titles(course: Course) -> dict[str, dict[str, str]]:
    """The titles of every unit that was ever published, by key, as the newest version has them. One query.

    Titles of published units are no secret: the page of the course shows them.
    """
    units = Unit.objects.filter(version__course=course, version__published_at__isnull=False)
    return dict(units.order_by("version__number").values_list("key", "titles"))
