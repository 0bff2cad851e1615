"""Pilots: a published version is tried with a target group, measured, and then offered to everybody or revised.

What a learner answers in a pilot counts only with their consent, which they may take back at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument, Purpose
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, Pilot, PilotDecision
from synchromesh.learning.permissions import may_edit_content, may_learn_in, owns_enrolment
from synchromesh.learning.queries.pilot_report import PilotReport, pilot_report
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_line, read_paragraphs

LONGEST_TARGET_GROUP = 500  # characters, as the column holds
LONGEST_NOTE = 4_000
_MOST_LEARNERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotPlan:
    """Who tries a version and what is measured; `least_gain` is in percentage points. See `Pilot`."""

    target_group: str
    least_learners: int = 10
    least_gain: int = 10
    before_test: Instrument | None = None
    after_test: Instrument | None = None
    questionnaire: Instrument | None = None


def open_pilot(*, by: audit.Actor, version: ContentVersion, plan: PilotPlan, now: datetime | None = None) -> Pilot:
    """Try a published version with a target group. Authors of the course may.

    The instruments are those of units of the version, so that learners meet them in the course. Until the decision
    "go" the version is only for cohorts. Raises NotAllowed, InvalidInput with the field, and Conflict for a draft or
    where the version has been tried already.
    """
    _require_author(by, version.course)
    if version.published_at is None:
        raise Conflict("Publish the version first. A pilot tries what does not change any more.")
    columns = _checked(plan, version)
    with transaction.atomic():
        ContentVersion.objects.select_for_update().get(pk=version.pk)
        if Pilot.objects.filter(version=version).exists():
            raise Conflict("This version has a pilot already.")
        pilot = Pilot.objects.create(version=version, opened_at=now or timezone.now(), **columns)
        audit.record(by=by, action="open_pilot", kind="pilot", uid=pilot.uid, course=str(version.course.uid))
    return pilot


def change_pilot(*, by: audit.Actor, pilot: Pilot, plan: PilotPlan) -> Pilot:
    """Plan a pilot anew, as long as nobody takes part and nothing is decided. Raises as `open_pilot`."""
    _require_author(by, pilot.version.course)
    columns = _checked(plan, pilot.version)
    with transaction.atomic():
        locked = _lock_undecided(pilot)
        if Enrolment.objects.filter(version=locked.version, shares_pilot_answers=True).exists():
            raise Conflict("Learners take part in this pilot. What is measured cannot change any more.")
        return _write(by, locked, "change_pilot", columns)


def close_pilot(*, by: audit.Actor, pilot: Pilot, now: datetime | None = None) -> Pilot:
    """Ask nobody more to take part. The numbers stay to be decided by. Raises NotAllowed, Conflict after a decision."""
    _require_author(by, pilot.version.course)
    with transaction.atomic():
        locked = _lock_undecided(pilot)
        return _write(by, locked, "close_pilot", {"closed_at": locked.closed_at or now or timezone.now()})


def share_pilot_answers(*, by: User, enrolment_uid: UUID, shares: bool) -> Enrolment:
    """Take part in the pilot of one's version, or take the consent back, which is possible at any time.

    Raises NotFound for another's enrolment, and Conflict where the version has no open pilot to take part in.
    """
    with transaction.atomic():
        found = Enrolment.objects.select_for_update(of=("self",)).filter(uid=enrolment_uid)
        enrolment = found.first()
        if enrolment is None or not owns_enrolment(by, enrolment):
            raise NotFound("There is no such course of yours.")
        if enrolment.shares_pilot_answers == shares:
            return enrolment
        is_open = Pilot.objects.filter(version=enrolment.version_id, closed_at=None).exists()
        if shares and not (is_open and may_learn_in(by, enrolment)):
            raise Conflict("There is no open pilot of this course that you could take part in.")
        enrolment.shares_pilot_answers = shares
        enrolment.save(update_fields=["shares_pilot_answers"])
        audit.record(by=by, action="share_pilot_answers", kind="enrolment", uid=enrolment.uid, shares=shares)
    return enrolment


def record_decision(*, by: audit.Actor, pilot: Pilot, decision: str, note: str, now: datetime | None = None) -> Pilot:
    """End a pilot: offer the version to everybody ("go") or revise it, with a note that says why.

    What was measured by then is kept in the audit line. "go" needs as many learners as the plan says; a version that
    turns out to be wrong can be revised with fewer. Raises NotAllowed, InvalidInput with the field, and Conflict after
    a decision or with too few learners.
    """
    _require_author(by, pilot.version.course)
    wanted = _decision(decision)
    why = read_paragraphs(note, most=LONGEST_NOTE, field="note")
    if not why:
        raise InvalidInput("Say why, for whoever asks later.", field="note")
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _lock_undecided(pilot)
        report = pilot_report(locked, visible_to=by, now=moment)
        if wanted == PilotDecision.GO and not report.has_enough_learners:
            raise Conflict(
                f"The plan asks for {locked.least_learners} learners. {report.measured} were measured so far."
            )
        columns: dict[str, Any] = {"decision": wanted, "decision_note": why, "decided_by": by.public_id}
        columns |= {"decided_at": moment, "closed_at": locked.closed_at or moment}
        return _write(by, locked, "record_decision", columns, decision=str(wanted), facts=_facts(report))


def _facts(report: PilotReport) -> dict[str, Any]:
    """The numbers that the decision was made by, rounded as they were shown. Nobody can be told from them."""
    gain, completed = report.gain, report.completed
    return {
        "learners": report.enrolled,
        "sharing": report.sharing,
        "completed_percent": completed
        and [round(value, 1) for value in (completed.percent, completed.low, completed.high)],
        "pairs": report.pairs,
        "gain_points": gain and [round(value, 1) for value in (gain.mean, gain.low, gain.high)],
        "least_gain": report.pilot.least_gain,
        "reaches_least_gain": report.reaches_least_gain,
    }


def _require_author(by: audit.Actor, course: Course) -> None:
    require(may_edit_content(by, course), "Only authors of the course can do this.")


def _lock_undecided(pilot: Pilot) -> Pilot:
    locked = Pilot.objects.select_for_update(of=("self",)).select_related("version__course").get(pk=pilot.pk)
    if locked.decision:
        raise Conflict("This pilot is decided already.")
    return locked


def _write(by: audit.Actor, pilot: Pilot, action: str, columns: dict[str, Any], **details: Any) -> Pilot:
    for name, value in columns.items():
        setattr(pilot, name, value)
    pilot.save(update_fields=list(columns))
    audit.record(by=by, action=action, kind="pilot", uid=pilot.uid, **details)
    return pilot


def _decision(text: str) -> PilotDecision:
    try:
        return PilotDecision(text)
    except ValueError:
        raise InvalidInput(f"A decision is one of {', '.join(PilotDecision.values)}.", field="decision") from None


def _checked(plan: PilotPlan, version: ContentVersion) -> dict[str, Any]:
    """The columns that a plan sets. Raises InvalidInput with the field."""
    target = read_line(plan.target_group, most=LONGEST_TARGET_GROUP, field="target_group")
    if not target:
        raise InvalidInput("Say who tries the course.", field="target_group")
    if not 1 <= plan.least_learners <= _MOST_LEARNERS:
        raise InvalidInput(f"A number of learners from 1 to {_MOST_LEARNERS}.", field="least_learners")
    if not 0 <= plan.least_gain <= 100:
        raise InvalidInput("A gain in percentage points from 0 to 100.", field="least_gain")
    tests = {"before_test": plan.before_test, "after_test": plan.after_test, "questionnaire": plan.questionnaire}
    _check_instruments(tests, version)
    numbers = {"least_learners": plan.least_learners, "least_gain": plan.least_gain}
    return {"target_group": target, **numbers, **tests}


def _check_instruments(tests: dict[str, Instrument | None], version: ContentVersion) -> None:
    of_units = set(version.units.exclude(instrument=None).values_list("instrument_id", flat=True))
    for field, instrument in tests.items():
        if instrument is None:
            continue
        if instrument.pk not in of_units:
            raise InvalidInput("Choose a test that a unit of this version holds.", field=field)
        if (instrument.purpose == Purpose.QUESTIONNAIRE) != (field == "questionnaire"):
            raise InvalidInput("A questionnaire has no right answers, and a test has.", field=field)
    before, after = tests["before_test"], tests["after_test"]
    if before is not None and before == after:
        raise InvalidInput("The test afterwards is another one than the test before.", field="after_test")
    if (before is None) != (after is None):
        raise InvalidInput(
            "A gain needs a test before and one afterwards.", field="after_test" if before else "before_test"
        )
