"""Tests of synchromesh.learning.operations.unit_attempts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.learning.records import (
    NOW,
    a_course_with_content,
    a_done_unit,
    a_learner,
    an_enrolment,
    an_instrument,
    give_part,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt, Instrument, Response
from synchromesh.assessment.operations.attempts import save_answer, start_attempt
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.learning.models import Enrolment, Unit, UnitProgress
from synchromesh.learning.operations.enrolment import enrol_person, leave_course
from synchromesh.learning.operations.unit_attempts import (
    mark_unit_response,
    settle_attempts,
    settle_overdue_attempts,
    start_unit_attempt,
    submit_unit_attempt,
)
from synchromesh.learning.queries.outline import UnitState, course_outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody who learns in a course with a quiz of two questions, an assignment and a text."""
    return an_enrolment(a_course_with_content(kinds=["quiz", "assignment", "text"]))


def _must_pass(enrolment: Enrolment, key: str = "quiz", **columns: Any) -> None:
    unit = Unit.objects.get(version=enrolment.version, key=key)
    Unit.objects.filter(pk=unit.pk).update(must_pass=True)
    Instrument.objects.filter(units=unit).update(**({"pass_percent": 60} | columns))


def _start(enrolment: Enrolment, key: str = "quiz", **how: Any) -> Attempt:
    return start_unit_attempt(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key=key, **({"now": NOW} | how))


def _take(enrolment: Enrolment, key: str = "quiz", *, right: bool, minutes: int = 0) -> Attempt:
    """Start, answer everything and hand in."""
    at = NOW + timedelta(minutes=minutes)
    attempt = _start(enrolment, key, now=at)
    answers: dict[str, object] = {"single": "a", "multiple": ["a", "b"], "free-text": "First off, then secure."}
    if not right:
        answers |= {"single": "b", "multiple": ["c"]}
    for response in Response.objects.filter(attempt=attempt).select_related("question"):
        raw = answers[response.question.kind]
        save_answer(
            by=enrolment.person, attempt_uid=attempt.uid, position=response.position, raw=raw, save_number=1, now=at
        )
    return submit_unit_attempt(by=enrolment.person, attempt_uid=attempt.uid, now=at)


def _state(enrolment: Enrolment, key: str = "quiz") -> UnitState:
    return course_outline(enrolment.version, enrolment=enrolment).unit(key).state


def test_a_test_that_need_not_be_passed_is_done_when_it_is_handed_in(enrolment: Enrolment) -> None:
    _start(enrolment)
    assert _state(enrolment) == "begun"
    attempt = _take(enrolment, right=False)
    assert (attempt.number, attempt.occasion, attempt.language) == (1, enrolment.uid, "en")
    assert _state(enrolment) == "done"
    assert UnitProgress.objects.get(unit__key="quiz").done_at == attempt.submitted_at


def test_a_test_that_must_be_passed_is_done_when_it_is_passed(enrolment: Enrolment) -> None:
    _must_pass(enrolment)
    _take(enrolment, right=False)
    assert _state(enrolment) == "begun"
    _take(enrolment, right=True, minutes=10)
    assert _state(enrolment) == "done"


@pytest.mark.parametrize(("rule", "state"), [("best", "done"), ("first", "done"), ("latest", "begun")])
def test_which_attempt_counts_is_the_rule_of_the_test(enrolment: Enrolment, rule: str, state: str) -> None:
    _must_pass(enrolment, attempt_rule=rule)
    _take(enrolment, right=True)
    _take(enrolment, right=False, minutes=10)
    assert _state(enrolment) == state


def test_an_assignment_waits_for_its_mark_and_is_done_when_it_is_passed(enrolment: Enrolment) -> None:
    _must_pass(enrolment, "assignment")
    attempt = _take(enrolment, "assignment", right=True)
    assert _state(enrolment, "assignment") == "waiting"
    tutor = give_part(a_learner(), enrolment.course, "tutor")
    for points, state in ((0, "begun"), (2, "done")):
        mark_unit_response(
            by=tutor, attempt_uid=attempt.uid, position=1, marks={"steps": Decimal(points)}, comment="Good", now=NOW
        )
        assert _state(enrolment, "assignment") == state


def test_an_assignment_that_only_must_be_handed_in_is_done_then_and_still_waits(enrolment: Enrolment) -> None:
    _take(enrolment, "assignment", right=True)
    unit = course_outline(enrolment.version, enrolment=enrolment).unit("assignment")
    assert (unit.state, unit.waits_for_mark) == ("done", True)


def test_a_learner_does_not_mark_and_a_stranger_neither(enrolment: Enrolment) -> None:
    attempt = _take(enrolment, "assignment", right=True)
    for somebody in (enrolment.person, a_learner()):
        with pytest.raises((NotAllowed, NotFound)):
            mark_unit_response(by=somebody, attempt_uid=attempt.uid, position=1, marks={"steps": Decimal(2)})


def test_an_attempt_goes_on_where_it_is_on_every_device(enrolment: Enrolment) -> None:
    assert _start(enrolment) == _start(enrolment, now=NOW + timedelta(minutes=5))
    assert Attempt.objects.count() == 1


def test_attempts_are_counted_for_each_round_of_a_course(enrolment: Enrolment) -> None:
    _must_pass(enrolment, attempts_allowed=1)
    _take(enrolment, right=False)
    with pytest.raises(Conflict):
        _start(enrolment)
    Enrolment.objects.update(state="left")
    again = an_enrolment(enrolment.version, enrolment.person, round=2)
    assert _start(again).number == 1


def test_a_test_whose_time_is_up_is_handed_in_and_counted(enrolment: Enrolment) -> None:
    _must_pass(enrolment, minutes=10, pass_percent=None)
    _start(enrolment)
    late = NOW + timedelta(minutes=11)
    assert settle_overdue_attempts(by=OPERATOR, now=NOW + timedelta(minutes=9)) == 0
    assert _state(enrolment) == "begun"
    assert settle_overdue_attempts(by=OPERATOR, now=late) == 1
    assert _state(enrolment) == "done"
    assert settle_overdue_attempts(by=OPERATOR, now=late) == 0


def test_starting_again_after_the_time_was_up_counts_what_ended(enrolment: Enrolment) -> None:
    _must_pass(enrolment, minutes=10, pass_percent=None)
    first = _start(enrolment)
    ended = _start(enrolment, now=NOW + timedelta(minutes=20))
    assert (ended, ended.submitted_at is not None, _state(enrolment)) == (first, True, "done")


def test_settling_twice_changes_nothing(enrolment: Enrolment) -> None:
    _take(enrolment, right=True)
    before = UnitProgress.objects.get(unit__key="quiz").done_at
    step = settle_attempts(by=OPERATOR, enrolment=enrolment, now=NOW + timedelta(days=1))
    assert (step.is_done, step.is_complete) == (False, False)
    assert UnitProgress.objects.get(unit__key="quiz").done_at == before


def test_only_the_operator_hands_in_for_everybody(staff: User) -> None:
    with pytest.raises(NotAllowed):
        settle_overdue_attempts(by=staff)


def test_an_attempt_on_another_occasion_is_handed_in_without_progress(enrolment: Enrolment) -> None:
    instrument = an_instrument(enrolment.course, "before")
    attempt = start_attempt(by=enrolment.person, instrument=instrument, occasion=instrument.uid, language="en", now=NOW)
    assert submit_unit_attempt(by=enrolment.person, attempt_uid=attempt.uid, now=NOW).submitted_at == NOW
    assert not UnitProgress.objects.exists()


def test_a_text_has_nothing_to_hand_in(enrolment: Enrolment) -> None:
    with pytest.raises(Conflict):
        _start(enrolment, "text")


def test_another_persons_test_does_not_exist(enrolment: Enrolment, staff: User) -> None:
    attempt = _start(enrolment)
    for somebody in (a_learner(), staff):
        with pytest.raises(NotFound):
            start_unit_attempt(by=somebody, enrolment_uid=enrolment.uid, unit_key="quiz")
        with pytest.raises(NotFound):
            submit_unit_attempt(by=somebody, attempt_uid=attempt.uid)


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_has_no_place_starts_no_test(enrolment: Enrolment, state: str) -> None:
    Enrolment.objects.update(state=state)
    with pytest.raises(NotFound):
        _start(enrolment)


def test_what_ended_or_was_marked_after_somebody_left_counts_when_they_come_back(enrolment: Enrolment) -> None:
    person, course = enrolment.person, enrolment.course
    Instrument.objects.update(minutes=10, attempts_allowed=1)
    _start(enrolment)
    leave_course(by=person, enrolment_uid=enrolment.uid, now=NOW)
    assert settle_overdue_attempts(by=OPERATOR, now=NOW + timedelta(minutes=20)) == 1
    for key in ("assignment", "text"):
        a_done_unit(enrolment, key)
    enrolment.refresh_from_db()
    assert enrolment.state == "left"  # nobody completes a course that they are not in

    back = enrol_person(by=person, course=course, language="en", now=NOW + timedelta(hours=1))
    assert (back.state, _state(back)) == ("completed", "done")
