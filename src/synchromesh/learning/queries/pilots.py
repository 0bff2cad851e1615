"""Pilots of a course; what they measured stands in `pilot_report`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from synchromesh.assessment.models import Instrument, Purpose
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, Pilot
from synchromesh.learning.permissions import LEARNING, may_see_learners
from synchromesh.plumbing.audit import Actor

_RELATED = ("version__course__provider", "before_test", "after_test", "questionnaire")


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotConsent:
    """What a learner is asked, and what they said.

    `may_give`: an open pilot asks for the answers of this enrolment. `is_given`: answers of any round of theirs in the
    course are counted, which they can take back whatever became of the pilot.
    """

    may_give: bool
    is_given: bool


def list_pilots(course: Course, *, visible_to: Actor) -> list[Pilot]:
    """All pilots of a course, the newest first, for its tutors and authors. Raises NotFound for others."""
    _check(course, visible_to)
    return list(Pilot.objects.select_related(*_RELATED).filter(version__course=course))


def pilot_consent(enrolment: Enrolment) -> PilotConsent:
    """What the learner can say about the pilots of the course: give consent, or take back what they gave. One query."""
    open_pilots = Pilot.objects.filter(version=OuterRef("version"), closed_at=None)
    given = list_shared_enrolments(enrolment)
    asked = Enrolment.objects.filter(pk=enrolment.pk).values_list(Exists(open_pilots), Exists(given))
    is_open, is_given = asked.get()
    may_give = is_open and enrolment.state in LEARNING and not enrolment.shares_pilot_answers
    return PilotConsent(may_give=may_give, is_given=is_given)


def list_shared_enrolments(enrolment: Enrolment) -> QuerySet[Enrolment]:
    """The rounds of the same learner in the same course whose answers they share."""
    rounds = Enrolment.objects.filter(person=enrolment.person_id, course=enrolment.course_id)
    return rounds.filter(shares_pilot_answers=True).order_by("round")


def list_pilot_instruments(version: ContentVersion, *, visible_to: Actor) -> dict[str, list[Instrument]]:
    """What can be measured with in a version: its `tests` and its `questionnaires`. Raises NotFound."""
    _check(version.course, visible_to)
    found = list(Instrument.objects.filter(units__version=version).distinct().order_by("pk"))
    asks = [instrument for instrument in found if instrument.purpose == Purpose.QUESTIONNAIRE]
    return {"tests": [instrument for instrument in found if instrument not in asks], "questionnaires": asks}


def _check(course: Course, visible_to: Actor) -> None:
    if not may_see_learners(visible_to, course):
        raise NotFound("There is no such course.")
