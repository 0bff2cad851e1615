"""An attempt of one's own at the test of a unit, with the enrolment in which it is taken."""

from __future__ import annotations

from uuid import UUID

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries import attempts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment
from synchromesh.learning.permissions import LEARNING


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
        version__units__key=unit_key,
        version__units__instrument=attempt.instrument_id,
    )
    enrolment = own.select_related("course", "version", "run").order_by("pk").first()
    if enrolment is None:
        raise NotFound("There is no such attempt of yours.")
    attempt.person = person  # who is known already, so that nothing asks for them again
    return enrolment, attempt
