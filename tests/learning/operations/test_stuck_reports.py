"""Learners say that they are stuck; tutors settle it."""

from __future__ import annotations

import pytest
from tests.learning import records

from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, StuckReport
from synchromesh.learning.operations.stuck_reports import make_stuck_report, settle_stuck_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published version."""
    return records.a_course_with_content()


@pytest.fixture
def enrolment(version: ContentVersion) -> Enrolment:
    """Somebody who learns in it."""
    return records.an_enrolment(version)


def _report(enrolment: Enrolment, text: str = "") -> StuckReport:
    return make_stuck_report(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="quiz", text=text)


def test_a_second_report_changes_the_words_of_the_open_one(enrolment: Enrolment) -> None:
    assert _report(enrolment).uid == _report(enrolment, "What is a pack?").uid
    assert StuckReport.objects.get().text == "What is a pack?"


def test_after_it_is_settled_one_can_be_stuck_again(enrolment: Enrolment) -> None:
    tutor = records.give_part(records.a_learner(), enrolment.course, "tutor")
    settle_stuck_report(by=tutor, uid=_report(enrolment).uid)
    settle_stuck_report(by=enrolment.person, uid=_report(enrolment).uid)
    assert StuckReport.objects.exclude(settled_at=None).count() == 2


def test_anothers_report_is_not_found(enrolment: Enrolment, version: ContentVersion) -> None:
    other = records.an_enrolment(version).person
    with pytest.raises(NotFound):
        make_stuck_report(by=other, enrolment_uid=enrolment.uid, unit_key="quiz")
    with pytest.raises(NotFound):
        settle_stuck_report(by=other, uid=_report(enrolment).uid)
    with pytest.raises(NotFound):
        settle_stuck_report(by=enrolment.person, uid="no uid")


def test_whoever_has_left_is_not_stuck(version: ContentVersion) -> None:
    with pytest.raises(NotFound):
        _report(records.an_enrolment(version, state="left"))
