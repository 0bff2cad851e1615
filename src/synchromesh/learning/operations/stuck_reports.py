"""A learner says that they cannot go on at a unit; a tutor, or the learner, says that it is settled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment, StuckReport, Unit
from synchromesh.learning.permissions import may_learn_in, may_see_learners, owns_enrolment
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_paragraphs

LONGEST_TEXT = 1_000  # characters, as the column holds
_NO_REPORT = "There is no such report."


def make_stuck_report(*, by: User, enrolment_uid: UUID, unit_key: str, text: str = "") -> StuckReport:
    """Say that one cannot go on at a unit, and perhaps why. Once more while it is open changes the words.

    Raises NotFound for another's enrolment and for a unit of another version, and InvalidInput for a text that is too
    long.
    """
    words = read_paragraphs(text, most=LONGEST_TEXT, field="text")
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update(of=("self",)).filter(uid=enrolment_uid).first()
        if enrolment is None or not may_learn_in(by, enrolment):
            raise NotFound("There is no such unit in a course of yours.")
        unit = Unit.objects.filter(version=enrolment.version_id, key=unit_key).first()
        if unit is None:
            raise NotFound("There is no such unit in a course of yours.")
        report = StuckReport.objects.filter(enrolment=enrolment, unit=unit, settled_at=None).first()
        if report is not None and report.text == words:
            return report
        report = report or StuckReport(enrolment=enrolment, unit=unit)
        report.text = words
        report.save()
        audit.record(by=by, action="make_stuck_report", kind="stuck_report", uid=report.uid, unit=unit_key)
    return report


def settle_stuck_report(*, by: audit.Actor, uid: UUID | str, now: datetime | None = None) -> StuckReport:
    """Say that it goes on. Tutors of the course may, and the learner. Raises NotFound for all others."""
    wanted = read_uid(uid, missing=_NO_REPORT)
    with transaction.atomic():
        found = StuckReport.objects.select_for_update(of=("self",)).select_related("enrolment__course__provider")
        report = found.filter(uid=wanted).first()
        if report is None or not (
            owns_enrolment(by, report.enrolment) or may_see_learners(by, report.enrolment.course)
        ):
            raise NotFound(_NO_REPORT)
        if report.settled_at is None:
            report.settled_at = now or timezone.now()
            report.save(update_fields=["settled_at"])
            audit.record(by=by, action="settle_stuck_report", kind="stuck_report", uid=report.uid)
    return report
