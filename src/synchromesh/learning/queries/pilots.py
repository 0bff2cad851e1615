"""Pilots of a course; what they measured stands in `pilot_report`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument, Purpose
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_parts import keep_reader_parts, with_reader_parts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, Pilot
from synchromesh.learning.permissions import LEARNING, may_see_learners
from synchromesh.learning.queries.teaching import ONLY_TEACHING, OwnParts, get_own_parts, own_parts_of
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


def get_own_pilots(slug: str, *, visible_to: Actor) -> tuple[OwnParts, list[Pilot]]:
    """A course that the reader teaches with all its pilots, the newest first; one question where there are some.

    Raises NotFound where there is no such course, NotAllowed for everybody else, and NotFound for mere reviewers.
    """
    found = Pilot.objects.select_related(*_RELATED).filter(
        version__course__slug=slug, version__course__merged_into=None
    )
    pilots = list(with_reader_parts(found, visible_to=visible_to, course="version__course"))
    if not pilots:
        own = get_own_parts(slug, visible_to=visible_to)
    else:
        course = pilots[0].version.course
        keep_reader_parts(pilots[0], course, visible_to=visible_to)
        own = own_parts_of(course, visible_to=visible_to)
        require(bool(own.parts), ONLY_TEACHING)
    _check(own.course, visible_to)
    return own, pilots


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
