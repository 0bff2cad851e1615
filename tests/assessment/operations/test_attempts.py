"""Attempts from start to end: what is drawn, when time is up, what counts as passed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.assessment.records import NOW, OCCASION, a_person, a_test, answer, answer_all_right, begin, minutes
from tests.learning.question_documents import DOCUMENTS

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import Attempt, Response
from synchromesh.assessment.operations.attempts import (
    check_answer,
    save_answer,
    start_attempt,
    submit_attempt,
    submit_overdue_attempts,
)
from synchromesh.assessment.operations.drawing import draw_questions
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.scoring import marking
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
POOL = [(2, ["single", "multiple", "order", "match"])]


def _drawn(attempt: Attempt) -> list[str]:
    return [response.question.key for response in attempt.responses.select_related("question")]


def test_an_attempt_asks_what_the_test_says_in_its_order(person: User) -> None:
    attempt = begin(person, a_test("order", "single", "multiple"))
    assert _drawn(attempt) == ["order", "single", "multiple"]
    assert [response.position for response in attempt.responses.all()] == [1, 2, 3]
    assert (attempt.number, attempt.started_at, attempt.due_at) == (1, NOW, None)
    assert AuditEvent.objects.filter(action="start_attempt", actor=person.public_id).count() == 1


def test_a_draw_follows_from_its_seed_and_varies_with_it() -> None:
    test = a_test("single", "multiple", "order", "match", parts=POOL, shuffle_questions=True)
    draws = [[question.key for question in draw_questions(test, seed=seed)] for seed in range(20)]
    assert all(len(set(draw)) == 2 for draw in draws)
    assert len({tuple(draw) for draw in draws}) > 4
    assert draws == [[question.key for question in draw_questions(test, seed=seed)] for seed in range(20)]


def test_what_is_drawn_keeps_the_order_of_the_pool_unless_it_is_shuffled() -> None:
    test = a_test("single", "multiple", "order", "match", parts=POOL)
    places = {key: place for place, key in enumerate(POOL[0][1])}
    for seed in range(10):
        drawn = [places[question.key] for question in draw_questions(test, seed=seed)]
        assert drawn == sorted(drawn)


def test_starting_again_goes_on_with_the_open_attempt(person: User) -> None:
    test = a_test()
    first = begin(person, test)
    assert begin(person, test, language="de").pk == first.pk
    assert begin(person, test, occasion=uuid4()).pk != first.pk
    assert begin(a_person("other"), test).pk != first.pk


def test_there_are_as_many_attempts_as_the_test_allows(person: User) -> None:
    test = a_test(attempts_allowed=2)
    for number in (1, 2):
        attempt = begin(person, test)
        assert attempt.number == number
        submit_attempt(by=person, attempt_uid=attempt.uid)
    with pytest.raises(Conflict):
        begin(person, test)


def test_nobody_starts_a_draft_or_without_an_account(person: User) -> None:
    with pytest.raises(Conflict):
        begin(person, a_test(frozen=False))
    with pytest.raises(NotAllowed):
        start_attempt(by=VISITOR, instrument=a_test(), occasion=OCCASION, language="en")  # type: ignore[arg-type]


def test_a_right_answer_to_each_kind_gets_all_points(person: User) -> None:
    test = a_test(*(kind for kind in DOCUMENTS if kind not in {"free-text", "file", "scale"}), pass_percent=100)
    attempt = begin(person, test)
    answer_all_right(attempt)
    ended = submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW + minutes(5))
    assert ended.points == ended.most_points == len(attempt.responses.all())
    assert (ended.passed, ended.marked_at, ended.time_was_up) == (True, NOW + minutes(5), False)
    assert all(Response.objects.values_list("is_correct", flat=True))


@pytest.mark.parametrize(("needed", "passed"), [(50, True), (51, False), (None, True)])
def test_passing_is_compared_exactly(person: User, needed: int | None, passed: bool) -> None:
    attempt = begin(person, a_test("single", "true-false", pass_percent=needed))
    answer(attempt, 1, "a")
    ended = submit_attempt(by=person, attempt_uid=attempt.uid)
    assert (ended.points, ended.most_points, ended.passed) == (Decimal(1), Decimal(2), passed)


def test_an_attempt_waits_for_a_person_only_where_something_was_written(person: User) -> None:
    test = a_test("single", "free-text", "file")
    empty = submit_attempt(by=person, attempt_uid=begin(person, test).uid)
    assert (empty.points, empty.passed, empty.marked_at is None) == (Decimal(0), True, False)
    written = begin(person, test)
    answer(written, 2, "Off, secure, verify.")
    ended = submit_attempt(by=person, attempt_uid=written.uid)
    assert (ended.points, ended.passed, ended.marked_at) == (None, None, None)
    assert list(written.responses.values_list("waits_for_mark", flat=True)) == [False, True, False]


def test_a_questionnaire_has_no_result(person: User) -> None:
    attempt = begin(person, a_test("scale", "free-text", purpose="questionnaire"))
    answer(attempt, 1, "2")
    answer(attempt, 2, "It was good.")
    ended = submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW)
    assert (ended.marked_at, ended.points, ended.passed) == (NOW, None, None)
    assert not attempt.responses.filter(waits_for_mark=True).exists()


def test_handing_in_twice_is_handing_in_once(person: User) -> None:
    attempt = begin(person, a_test())
    first = submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW)
    again = submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW + minutes(9))
    assert (first.submitted_at, again.submitted_at) == (NOW, NOW)
    assert AuditEvent.objects.filter(action="submit_attempt").count() == 1


def test_time_is_up_by_the_clock_of_the_server_with_a_few_seconds_for_the_way(person: User) -> None:
    attempt = begin(person, a_test(minutes=10))
    assert attempt.due_at == NOW + minutes(10)
    answer(attempt, 1, "a", now=NOW + minutes(10.05))
    with pytest.raises(Conflict):
        answer(attempt, 2, ["a"], now=NOW + minutes(10.1))
    ended = submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW + minutes(60))
    assert (ended.submitted_at, ended.time_was_up, ended.points) == (NOW + minutes(10), True, Decimal(1))


def test_an_attempt_whose_learner_is_gone_is_handed_in_with_what_was_saved(person: User) -> None:
    attempt = begin(person, a_test(minutes=10))
    answer(attempt, 1, "a", now=NOW + minutes(1))
    untimed = begin(person, a_test())
    assert submit_overdue_attempts(by=OPERATOR, now=NOW + minutes(9)) == []
    assert submit_overdue_attempts(by=OPERATOR, occasion=uuid4(), now=NOW + minutes(11)) == []
    (ended,) = submit_overdue_attempts(by=OPERATOR, occasion=OCCASION, now=NOW + minutes(11))
    assert (ended.pk, ended.submitted_at, ended.points) == (attempt.pk, attempt.due_at, Decimal(1))
    assert submit_overdue_attempts(by=OPERATOR, now=NOW + minutes(12)) == []
    untimed.refresh_from_db()
    assert untimed.submitted_at is None
    with pytest.raises(NotAllowed):
        submit_overdue_attempts(by=person)


def test_an_attempt_that_cannot_be_handed_in_does_not_hold_up_the_others(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = timezone.now() - minutes(60)
    first, second = (begin(person, a_test(minutes=1), now=early) for _ in range(2))
    broken, whole = "synchromesh.assessment.operations.ending.mark", marking.mark

    def fail_once(*given: object, **named: object) -> object:
        monkeypatch.setattr(broken, whole)
        raise ValueError

    monkeypatch.setattr(broken, fail_once)
    submit_overdue_attempts(by=OPERATOR)
    assert list(Attempt.objects.filter(submitted_at=None)) == [first]
    submit_overdue_attempts(by=OPERATOR)
    assert not Attempt.objects.filter(submitted_at=None).exists()
    second.refresh_from_db()
    assert second.submitted_at == early + minutes(1)


def test_an_attempt_that_ran_out_is_shown_before_another_begins(person: User) -> None:
    test = a_test(minutes=10)
    first = begin(person, test)
    ended = begin(person, test, now=NOW + minutes(30))
    assert (ended.pk, ended.submitted_at, ended.time_was_up) == (first.pk, first.due_at, True)
    assert begin(person, test, now=NOW + minutes(30)).number == 2


def test_an_answer_that_was_checked_stands(person: User) -> None:
    attempt = begin(person, a_test("single", "multiple", feedback="after-each"))
    with pytest.raises(InvalidInput):
        check_answer(by=person, attempt_uid=attempt.uid, position=1)
    answer(attempt, 1, "b")
    checked = check_answer(by=person, attempt_uid=attempt.uid, position=1, now=NOW)
    assert (checked.points, checked.is_correct, checked.checked_at) == (Decimal(0), False, NOW)
    assert check_answer(by=person, attempt_uid=attempt.uid, position=1, now=NOW + minutes(1)).checked_at == NOW
    with pytest.raises(Conflict):
        answer(attempt, 1, "a")
    answer(attempt, 2, ["a", "b"])
    assert submit_attempt(by=person, attempt_uid=attempt.uid).points == 1


@pytest.mark.parametrize("columns", [{"feedback": "after-end"}, {"feedback": "after-each", "purpose": "questionnaire"}])
def test_an_answer_is_checked_only_where_feedback_comes_after_each(person: User, columns: dict[str, Any]) -> None:
    attempt = begin(person, a_test("single", **columns))
    answer(attempt, 1, "a")
    with pytest.raises(Conflict):
        check_answer(by=person, attempt_uid=attempt.uid, position=1)


def test_another_persons_attempt_does_not_exist(person: User) -> None:
    attempt = begin(person, a_test(feedback="after-each"))
    for by in (a_person("other"), OPERATOR, VISITOR):
        with pytest.raises(NotFound):
            save_answer(by=by, attempt_uid=attempt.uid, position=1, raw="a", save_number=1)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            check_answer(by=by, attempt_uid=attempt.uid, position=1)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            submit_attempt(by=by, attempt_uid=attempt.uid)  # type: ignore[arg-type]
    person.is_active = False
    with pytest.raises(NotFound):
        submit_attempt(by=person, attempt_uid=attempt.uid)
    with pytest.raises(NotFound):
        submit_attempt(by=person, attempt_uid="no uid")
