"""How many courses lead towards each job role."""

from __future__ import annotations

from django.db.models import Count

from synchromesh.catalogue.models import CourseSkill
from synchromesh.framework.models import VersionStatus


def count_courses_by_role() -> dict[int, int]:
    """Published courses that teach at least one skill of a role, by role row, without roles that have none. One query.

    Only confirmed links count. A course whose dates are over counts too: it shows that the skills are taught.
    """
    role = "skill__requirements__role"
    links = CourseSkill.objects.exclude(confirmed_at=None).exclude(course__published_at=None)
    links = links.filter(skill__requirements__version__status=VersionStatus.PUBLISHED)
    counted = links.order_by().values_list(role).annotate(courses=Count("course", distinct=True))
    return dict(counted)
