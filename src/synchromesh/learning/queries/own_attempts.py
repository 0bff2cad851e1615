"""An attempt of one's own at the test of a unit, with the enrolment in which it is taken."""

from __future__ import annotations

from uuid import UUID

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries import attempts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment
from synchromesh.learning.queries.enrolments import enrolments_to_learn
from synchromesh.learning.queries.published_units import find_version_unit


def get_own_attempt(person: User, *, course_slug: str, unit_key: str, uid: UUID) -> tuple[Enrolment, Attempt]:
    """The attempt and its enrolment, active or completed. Two queries, or three for a new version.

    Raises NotFound for anybody else's attempt, also for tutors, and for one at the test of another unit.
    """
    attempt = attempts.get_own_attempt(uid, person=person)
    own = enrolments_to_learn().filter(uid=attempt.occasion, person=person, course__slug=course_slug)
    enrolment = own.order_by("pk").first()
    unit = find_version_unit(enrolment.version, unit_key) if enrolment is not None else None
    if enrolment is None or unit is None or unit.instrument_id != attempt.instrument_id:
        raise NotFound("There is no such attempt of yours.")
    attempt.person = enrolment.person = person  # who is known already, so that nothing asks for them again
    if unit.instrument is not None:
        attempt.instrument = unit.instrument
    return enrolment, attempt
