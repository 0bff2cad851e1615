"""A pilot with learners, their results before and after, and their answers to a questionnaire."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.learning import records
from tests.learning.records import NOW

from synchromesh.assessment.models import Attempt, Instrument, Purpose, Response
from synchromesh.learning.models import ContentVersion, Enrolment, Pilot
from synchromesh.learning.operations.pilots import PilotPlan


def a_version_to_try(slug: str = "hv-safety") -> ContentVersion:
    """A published version whose units hold a test before, a test afterwards and a questionnaire."""
    version = records.a_course_with_content(slug, kinds=("text",))
    section = version.sections.get(key="second")
    scale = records.a_question(version.course, "scale", "helped")
    words = records.a_question(version.course, "short-text", "say")
    instruments: dict[str, dict[str, Any]] = {
        "before": {"purpose": Purpose.BEFORE_TEST},
        "after": {"purpose": Purpose.AFTER_TEST},
        "asks": {"purpose": Purpose.QUESTIONNAIRE, "questions": (scale, words)},
    }
    for key, columns in instruments.items():
        instrument = records.an_instrument(version.course, key, **columns)
        records.a_unit(section, "quiz", key=key, instrument=instrument)
    return version


def the_instrument(version: ContentVersion, key: str) -> Instrument:
    """The instrument of a unit."""
    return Instrument.objects.get(units__version=version, units__key=key)


def a_plan(version: ContentVersion, **changes: Any) -> PilotPlan:
    """Everything is measured."""
    given: dict[str, Any] = {
        "target_group": "Apprentices of one plant",
        "least_learners": 5,
        "before_test": the_instrument(version, "before"),
        "after_test": the_instrument(version, "after"),
        "questionnaire": the_instrument(version, "asks"),
    }
    return PilotPlan(**(given | changes))


def a_pilot(version: ContentVersion, **changes: Any) -> Pilot:
    """An open pilot of the version."""
    plan = a_plan(version, **changes)
    return Pilot.objects.create(
        version=version,
        opened_at=NOW,
        **{name: getattr(plan, name) for name in PilotPlan.__dataclass_fields__},
    )


def a_participant(version: ContentVersion, **columns: Any) -> Enrolment:
    """Somebody who learns in the version and shares their answers."""
    return records.an_enrolment(version, **({"shares_pilot_answers": True} | columns))


def a_result(enrolment: Enrolment, key: str, percent: int, *, number: int = 1) -> Attempt:
    """A finished attempt at the instrument of a unit."""
    return _attempt(enrolment, key, number=number, points=Decimal(percent) / 50, most_points=2, marked_at=NOW)


def an_answer(enrolment: Enrolment, helped: str | None, say: str | None = None, *, number: int = 1) -> None:
    """What somebody answered in the questionnaire."""
    attempt = _attempt(enrolment, "asks", number=number)
    bank = attempt.instrument.bank
    for position, (key, answer) in enumerate((("helped", helped), ("say", say)), start=1):
        question = bank.questions.get(key=key)
        Response.objects.create(attempt=attempt, position=position, question=question, answer=answer)


def _attempt(enrolment: Enrolment, key: str, **columns: Any) -> Attempt:
    return Attempt.objects.create(
        instrument=the_instrument(enrolment.version, key),
        person=enrolment.person,
        occasion=enrolment.uid,
        seed=1,
        language="en",
        started_at=NOW,
        submitted_at=NOW,
        **columns,
    )
