"""Pilots of a course; what they measured stands in `pilot_report`."""

from __future__ import annotations

from uuid import UUID

from synchromesh.assessment.models import Instrument, Purpose
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Pilot
from synchromesh.learning.permissions import may_see_learners
from synchromesh.plumbing.audit import Actor

_RELATED = ("version__course__provider", "before_test", "after_test", "questionnaire")


def list_pilots(course: Course, *, visible_to: Actor) -> list[Pilot]:
    """All pilots of a course, the newest first, for its tutors and authors. Raises NotFound for others."""
    _check(course, visible_to)
    return list(Pilot.objects.select_related(*_RELATED).filter(version__course=course))


def get_pilot(course: Course, uid: UUID | None = None, *, visible_to: Actor) -> Pilot:
    """One pilot of a course, the newest where no uid is said. Raises NotFound."""
    _check(course, visible_to)
    found = Pilot.objects.select_related(*_RELATED).filter(version__course=course)
    pilot = (found.filter(uid=uid) if uid else found).first()
    if pilot is None:
        raise NotFound("There is no such pilot.")
    return pilot


def find_pilot_of(version: ContentVersion) -> Pilot | None:
    """The open pilot of a version, in which its learners are asked to take part."""
    return Pilot.objects.filter(version=version, closed_at=None).first()


def list_pilot_instruments(version: ContentVersion, *, visible_to: Actor) -> dict[str, list[Instrument]]:
    """What can be measured with in a version: its `tests` and its `questionnaires`. Raises NotFound."""
    _check(version.course, visible_to)
    found = list(Instrument.objects.filter(units__version=version).distinct().order_by("pk"))
    asks = [instrument for instrument in found if instrument.purpose == Purpose.QUESTIONNAIRE]
    return {"tests": [instrument for instrument in found if instrument not in asks], "questionnaires": asks}


def _check(course: Course, visible_to: Actor) -> None:
    if not may_see_learners(visible_to, course):
        raise NotFound("There is no such course.")
