"""Enrolments: one's own, and nobody else's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment, EnrolmentState
from synchromesh.learning.permissions import LEARNING, owns_enrolment
from synchromesh.plumbing.audit import Actor

NO_ENROLMENT = "There is no such enrolment."
LONG_TEXTS = ("course__descriptions", "course__outcomes", "course__keywords")
"""Columns of a course that no page of a learner shows."""
_SHOWN_IN_STEPS = (
    *("uid", "person", "course", "version", "run", "round", "state", "language", "enrolled_at", "last_unit"),
    *("last_seen_at", "completed_at", "course__uid", "course__slug", "course__titles", "course__provider"),
    *("version__uid", "version__course", "version__number", "version__languages", "version__source_language"),
    *("version__attendance_percent", "version__issues_credential", "version__published_at"),
)


def find_enrolment(person: Actor, course: Course) -> Enrolment | None:
    """The person's enrolment in a course, in whatever state: that of the latest round. None for visitors."""
    if not isinstance(person, User):
        return None
    return _related().filter(person=person, course=course).order_by("-round").first()


def get_enrolment(uid: str | UUID, *, visible_to: Actor) -> Enrolment:
    """One's own enrolment, in whatever state. Raises NotFound, also for anybody else's."""
    found = _related().filter(uid=read_uid(uid, missing=NO_ENROLMENT)).first()
    if found is None or not owns_enrolment(visible_to, found):
        raise NotFound(NO_ENROLMENT)
    return found


def get_enrolment_to_learn(person: Actor, course_slug: str) -> Enrolment:
    """The enrolment with which a person learns in a course: with a place, or completed. One query.

    Raises NotFound for everybody else, also for whoever left or waits: the units are not theirs to read.
    """
    if isinstance(person, User) and person.is_active:
        own = enrolments_to_learn().filter(person=person, course__slug=course_slug)
        found = own.order_by("-round").first()
        if found is not None:
            found.person = person  # who is known already, so that nothing asks for them again
            return found
    raise NotFound("You are not enrolled in this course.")


def enrolments_to_learn() -> QuerySet[Enrolment]:
    """Enrolments with a place, or completed, on a published version: with what the pages of every step show of them.

    Each step asks for one, so that columns of the course and the version that it does not show stay where they are.
    """
    own = Enrolment.objects.filter(state__in=LEARNING, version__published_at__isnull=False)
    return own.select_related("course", "version").only(*_SHOWN_IN_STEPS)


def list_enrolments(person: User) -> list[Enrolment]:
    """All of a person's enrolments, the latest first."""
    return list(_related().filter(person=person).order_by("-enrolled_at", "-pk"))


def place_in_waiting_list(enrolment: Enrolment) -> int | None:
    """The place on the waiting list, 1 being the next; None for whoever does not wait."""
    if enrolment.state != EnrolmentState.WAITING:
        return None
    earlier = Q(enrolled_at__lt=enrolment.enrolled_at) | Q(enrolled_at=enrolment.enrolled_at, pk__lt=enrolment.pk)
    waiting = Enrolment.objects.filter(run=enrolment.run_id, state=EnrolmentState.WAITING)
    return waiting.filter(earlier).count() + 1


def _related() -> QuerySet[Enrolment]:
    return Enrolment.objects.select_related("person", "course", "version", "run").defer(*LONG_TEXTS)
