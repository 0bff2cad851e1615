"""What the first and the last page of a course show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.credentials.queries.wallet import find_codes
from synchromesh.learning.models import ContentVersion, Enrolment, EnrolmentState, Unit
from synchromesh.learning.queries.achievement_courses import awards_credential
from synchromesh.learning.queries.cohorts import WaysToJoin, list_own_messages, ways_to_join
from synchromesh.learning.queries.completion import CompletionState, outlined_rule
from synchromesh.learning.queries.enrolments import find_enrolment, place_in_waiting_list
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.learning.queries.outline import course_outline
from synchromesh.learning.queries.pilots import pilot_consent
from synchromesh.learning.queries.published_units import version_units

LEARNING = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
NEWEST_MESSAGES = 5
"""Messages of a cohort that are shown at once; the others can be opened."""
_NO_WAYS = WaysToJoin(open_cohorts=[], takes_codes=False)


def start_state(course: Course, person: User | None) -> dict[str, Any] | None:
    """Outline, rule, tests, cohorts and where the person stands; None where there is nothing to learn here."""
    enrolment = find_enrolment(person, course) if person else None
    alone = newest_version(course) if enrolment is None else None
    ways = ways_to_join(course, today=timezone.localdate()) if _may_join(enrolment) else _NO_WAYS
    version = enrolment.version if enrolment else alone
    if version is None and (ways.open_cohorts or ways.takes_codes):
        version = newest_version(course, with_pilots=True)
    if version is None:
        return None
    is_learning = enrolment is not None and enrolment.state in LEARNING
    outline = course_outline(version, enrolment=enrolment if is_learning else None)
    tested = _tested_units(version)
    return {
        "course": course,
        "version": version,
        "enrolment": enrolment,
        "is_learning": is_learning,
        "can_start": alone is not None or enrolment is not None,
        "outline": outline,
        "unit_key": "",
        "here": None,
        "minutes": sum(section.minutes for section in outline.sections),
        "language": enrolment.language if enrolment else reading_language(version),
        "languages": version.languages,
        "rule": outlined_rule(outline, tested),
        "tests": [unit.instrument for unit in tested],
        "place": place_in_waiting_list(enrolment) if enrolment and enrolment.state == EnrolmentState.WAITING else None,
        "own_run": enrolment.run if enrolment else None,
        "code_error": None,
        "typed_code": "",
    } | _group_state(enrolment, ways)


def result_state(enrolment: Enrolment, standing: CompletionState) -> dict[str, Any]:
    """The rule of the course with what was reached of it."""
    return {
        "course": enrolment.course,
        "enrolment": enrolment,
        "language": enrolment.language,
        "standing": standing,
        **_credential_of(enrolment, standing),
        "outline": course_outline(enrolment.version, enrolment=enrolment),
        "unit_key": "",
        "here": None,
    }


def _credential_of(enrolment: Enrolment, standing: CompletionState) -> dict[str, Any]:
    """The code of the credential that was issued for the course, or whether one is on its way."""
    earned = standing.achievement
    if earned is None or not earned.to_be_issued:
        return {"credential_code": "", "is_on_its_way": False}
    codes = find_codes([earned.credential_uid], holder=enrolment.person)
    return {
        "credential_code": next(iter(codes.values()), ""),
        "is_on_its_way": earned.credential_uid is None and awards_credential(enrolment.course),
    }


def _group_state(enrolment: Enrolment | None, ways: WaysToJoin) -> dict[str, Any]:
    """The groups that one can join, what was written to one's own, and what one said about a pilot."""
    is_alone = enrolment is not None and enrolment.state == EnrolmentState.ACTIVE
    has_completed = enrolment is not None and enrolment.state == EnrolmentState.COMPLETED
    own = enrolment.run_id if enrolment is not None and has_completed else None
    said = list_own_messages(enrolment) if enrolment else []
    return {
        "cohorts": [] if is_alone else [one for one in ways.open_cohorts if own is None or one.run.pk != own],
        "takes_codes": ways.takes_codes,
        "joins_again": has_completed,
        "newest_messages": said[:NEWEST_MESSAGES],
        "older_messages": said[NEWEST_MESSAGES:],
        "consent": pilot_consent(enrolment) if enrolment else None,
    }


def _may_join(enrolment: Enrolment | None) -> bool:
    """Whoever is not in a group now; who learns alone can still move into one with its code."""
    if enrolment is None or enrolment.state in {EnrolmentState.LEFT, EnrolmentState.COMPLETED}:
        return True
    return enrolment.state == EnrolmentState.ACTIVE and enrolment.run_id is None


def reading_language(version: ContentVersion) -> str:
    """The page's language if the course has it, else the one in which it was written."""
    wanted = get_language() or "en"
    return wanted if wanted in version.languages else version.source_language


def _tested_units(version: ContentVersion) -> list[Unit]:
    return [unit for unit in version_units(version) if unit.instrument_id is not None]
