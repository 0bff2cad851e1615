"""Pilots: what may be planned, who takes part, and what they end with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.learning import pilot_records, records
from tests.learning.records import NOW

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import ContentVersion, Pilot
from synchromesh.learning.operations import pilots as operations
from synchromesh.learning.queries.pilots import PilotConsent, list_pilot_instruments, pilot_consent
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A version with everything that a pilot measures."""
    return pilot_records.a_version_to_try()


@pytest.fixture
def author(version: ContentVersion) -> User:
    """An author of the course."""
    return records.give_part(records.a_learner("author"), version.course, "author")


def test_an_author_opens_a_pilot_of_a_published_version(version: ContentVersion, author: User) -> None:
    pilot = operations.open_pilot(by=author, version=version, plan=pilot_records.a_plan(version))
    assert Pilot.objects.get(version=version) == pilot
    with pytest.raises(Conflict):
        operations.open_pilot(by=author, version=version, plan=pilot_records.a_plan(version))


def test_a_draft_is_not_tried_and_a_tutor_opens_no_pilot(version: ContentVersion, author: User) -> None:
    plan = pilot_records.a_plan(version)
    tutor = records.give_part(records.a_learner(), version.course, "tutor")
    with pytest.raises(NotAllowed):
        operations.open_pilot(by=tutor, version=version, plan=plan)
    version.published_at = None
    with pytest.raises(Conflict):
        operations.open_pilot(by=author, version=version, plan=plan)
    assert not Pilot.objects.exists()


def test_a_plan_that_measures_nothing_is_refused(version: ContentVersion, author: User) -> None:
    before, asks = (pilot_records.the_instrument(version, key) for key in ("before", "asks"))
    elsewhere = records.an_instrument(version.course, "elsewhere")
    wrong: dict[str, dict[str, Any]] = {
        "target_group": {"target_group": " "},
        "least_learners": {"least_learners": 0},
        "least_gain": {"least_gain": 101},
        "before_test": {"before_test": elsewhere},
        "after_test": {"after_test": before},
        "questionnaire": {"questionnaire": before},
    }
    for field, changes in wrong.items():
        with pytest.raises(InvalidInput) as refused:
            operations.open_pilot(by=author, version=version, plan=pilot_records.a_plan(version, **changes))
        assert refused.value.field == field
    mixed: list[dict[str, Any]] = [{"before_test": asks}, {"after_test": None}]
    for changes in mixed:
        with pytest.raises(InvalidInput):
            operations.open_pilot(by=author, version=version, plan=pilot_records.a_plan(version, **changes))
    found = list_pilot_instruments(version, visible_to=author)
    assert (len(found["tests"]), found["questionnaires"]) == (2, [asks])


def test_the_plan_stands_once_somebody_takes_part(version: ContentVersion, author: User) -> None:
    pilot = pilot_records.a_pilot(version)
    plan = pilot_records.a_plan(version, least_gain=20)
    assert operations.change_pilot(by=author, pilot=pilot, plan=plan).least_gain == 20
    pilot_records.a_participant(version)
    with pytest.raises(Conflict):
        operations.change_pilot(by=author, pilot=pilot, plan=plan)


def test_consent_is_given_while_the_pilot_is_open_and_taken_back_at_any_time(
    version: ContentVersion, author: User
) -> None:
    learner = records.an_enrolment(version)
    with pytest.raises(Conflict):
        operations.share_pilot_answers(by=learner.person, enrolment_uid=learner.uid, shares=True)
    pilot = pilot_records.a_pilot(version)
    assert operations.share_pilot_answers(
        by=learner.person, enrolment_uid=learner.uid, shares=True
    ).shares_pilot_answers
    operations.close_pilot(by=author, pilot=pilot)
    learner.refresh_from_db()
    assert pilot_consent(learner) == PilotConsent(may_give=False, is_given=True)
    assert not operations.share_pilot_answers(
        by=learner.person, enrolment_uid=learner.uid, shares=False
    ).shares_pilot_answers
    with pytest.raises(Conflict):
        operations.share_pilot_answers(by=learner.person, enrolment_uid=learner.uid, shares=True)


def test_nobody_consents_for_another(version: ContentVersion, author: User) -> None:
    pilot_records.a_pilot(version)
    learner = records.an_enrolment(version)
    for other in (author, records.an_enrolment(version).person):
        with pytest.raises(NotFound):
            operations.share_pilot_answers(by=other, enrolment_uid=learner.uid, shares=True)


def test_go_needs_as_many_learners_as_planned_and_keeps_what_was_measured(
    version: ContentVersion, author: User
) -> None:
    pilot = pilot_records.a_pilot(version)
    for number in range(5):
        learner = pilot_records.a_participant(version)
        pilot_records.a_result(learner, "before", 50)
        if number < 4:
            pilot_records.a_result(learner, "after", 100)
    with pytest.raises(Conflict):
        operations.record_decision(by=author, pilot=pilot, decision="go", note="It works.")
    pilot_records.a_result(learner, "after", 100)

    decided = operations.record_decision(by=author, pilot=pilot, decision="go", note="It works.", now=NOW)

    assert (decided.decision, decided.closed_at, decided.decided_by) == ("go", NOW, author.public_id)
    facts = AuditEvent.objects.get(action="record_decision").details["facts"]
    assert (facts["pairs"], facts["gain_points"], facts["reaches_least_gain"]) == (5, [50.0, 50.0, 50.0], True)
    with pytest.raises(Conflict):
        operations.record_decision(by=author, pilot=pilot, decision="revise", note="No.", now=NOW + timedelta(days=1))


def test_a_version_is_revised_with_few_learners_but_not_without_a_reason(version: ContentVersion, author: User) -> None:
    pilot = pilot_records.a_pilot(version)
    for decision, note in (("revise", " "), ("perhaps", "Why not.")):
        with pytest.raises(InvalidInput):
            operations.record_decision(by=author, pilot=pilot, decision=decision, note=note)
    assert operations.record_decision(by=author, pilot=pilot, decision="revise", note="Unit 1 fails.").closed_at


def test_a_tutor_decides_nothing(version: ContentVersion) -> None:
    tutor = records.give_part(records.a_learner(), version.course, "tutor")
    with pytest.raises(NotAllowed):
        operations.record_decision(by=tutor, pilot=pilot_records.a_pilot(version), decision="revise", note="No.")
