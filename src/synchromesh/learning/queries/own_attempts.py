"""An attempt of one's own at the test of a unit, with the enrolment in which it is taken."""

from __future__ import annotations

from uuid import UUID

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries import attempts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment
from synchromesh.learning.permissions import LEARNING
from synchromesh.learning.queries.enrolments import LONG_TEXTS
from synchromesh.learning.queries.published_units import version_units


def get_own_attempt(person: User, *, course_slug: str, unit_key: str, uid: UUID) -> tuple[Enrolment, Attempt]:
    """The attempt and its enrolment, active or completed. Two queries.

    Raises NotFound for anybody else's attempt, also for tutors, and for one at the test of another unit.
    """
    attempt = attempts.get_own_attempt(uid, person=person)
    own = Enrolment.objects.filter(
        uid=attempt.occasion,
        person=person,
        course__slug=course_slug,
        state__in=LEARNING,
        version__published_at__isnull=False,
    )
    enrolment = own.select_related("course", "version", "run").defer(*LONG_TEXTS).order_by("pk").first()
    if enrolment is None or not _has_test(enrolment, unit_key, attempt):
        raise NotFound("There is no such attempt of yours.")
    attempt.person = enrolment.person = person  # who is known already, so that nothing asks for them again
    return enrolment, attempt


def _has_test(enrolment: Enrolment, unit_key: str, attempt: Attempt) -> bool:
    """Whether the attempt is one at the test of this unit."""
    units = version_units(enrolment.version)
    return any(unit.key == unit_key and unit.instrument_id == attempt.instrument_id for unit in units)
