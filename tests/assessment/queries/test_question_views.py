"""What a learner sees of a question: never its key, feedback only when the test says so."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.assessment.records import NOW, a_test, answer, answer_all_right, begin, minutes
from tests.learning.question_documents import DOCUMENTS, RIGHT

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.operations.attempts import check_answer, submit_attempt
from synchromesh.assessment.operations.marking import mark_response
from synchromesh.assessment.queries.question_views import QuestionView, question_view, question_views
from synchromesh.engine.errors import NotFound

pytestmark = pytest.mark.django_db
SECRETS = ("correct", "feedback", "accepted", "answer", "value", "tolerance", "pairs", "model_answers", "explanations")


def _view(attempt: Attempt, position: int = 1, *, at: float = 0) -> QuestionView:
    return question_view(attempt, position, language="en", now=NOW + minutes(at))


def _names(value: Any) -> set[str]:
    """Every name of every object in a JSON value."""
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_key_of_any_kind_reaches_the_page_of_an_open_attempt(person: User, kind: str) -> None:
    attempt = begin(person, a_test(kind, feedback="after-end"))
    if kind in RIGHT:
        answer(attempt, 1, RIGHT[kind])
    view = _view(attempt)
    shown = view.question.as_json()
    assert view.feedback is None
    assert _names(json.loads(json.dumps(shown))) & set(SECRETS) == set()
    assert _names(json.loads(json.dumps(asdict(view.question), default=str))) & set(SECRETS) == set()
    assert view.answer == RIGHT.get(kind)


def test_choices_come_in_the_order_of_the_seed_when_the_test_shuffles(person: User) -> None:
    attempt = begin(person, a_test("multiple", shuffle_choices=True))
    orders = set()
    for seed in range(30):
        attempt.seed = seed
        order = tuple(choice.key for choice in _view(attempt).question.choices)
        assert order == tuple(choice.key for choice in _view(attempt).question.choices)
        orders.add(order)
    assert len(orders) > 2
    attempt.instrument.shuffle_choices = False
    assert [choice.key for choice in _view(attempt).question.choices] == ["a", "b", "c"]


def test_the_saved_answer_comes_back_with_its_number(person: User) -> None:
    attempt = begin(person, a_test("single", "multiple", minutes=10))
    answer(attempt, 1, "b")
    view = _view(attempt)
    assert (view.answer, view.save_number, view.is_answered, view.saved_at) == ("b", 1, True, NOW)
    assert (view.position, view.count, view.may_change, view.may_check) == (1, 2, True, False)
    empty = _view(attempt, 2, at=11)
    assert (empty.answer, empty.is_answered, empty.may_change) == (None, False, False)
    with pytest.raises(NotFound):
        _view(attempt, 3)


def test_feedback_after_each_answer_comes_with_the_check(person: User) -> None:
    attempt = begin(person, a_test("single", "multiple", feedback="after-each"))
    answer(attempt, 1, "b")
    assert (_view(attempt).may_check, _view(attempt).feedback) == (True, None)
    check_answer(by=person, attempt_uid=attempt.uid, position=1, now=NOW)
    view = _view(attempt)
    assert view.feedback is not None
    assert (view.feedback.is_correct, view.feedback.points, view.feedback.solution) == (False, Decimal(0), "a")
    assert DOCUMENTS["single"]["explanations"] in view.feedback.texts
    assert (view.may_check, view.may_change, view.is_checked) == (False, False, True)
    assert _view(attempt, 2).feedback is None


def test_feedback_at_the_end_comes_for_every_question(person: User) -> None:
    attempt = begin(person, a_test(*RIGHT, feedback="after-end"))
    answer_all_right(attempt)
    ended = submit_attempt(by=person, attempt_uid=attempt.uid)
    for view in question_views(ended, language="de"):
        assert view.feedback is not None
        assert (view.feedback.is_correct, view.feedback.points) == (True, Decimal(1))
        kind = view.question.kind
        assert view.feedback.solution is not None, kind


def test_feedback_after_passing_comes_with_passing_or_after_the_last_attempt(person: User) -> None:
    test = a_test("single", feedback="after-pass", pass_percent=100, attempts_allowed=2)
    first = begin(person, test)
    first = submit_attempt(by=person, attempt_uid=first.uid)
    assert _view(first).feedback is None
    second = begin(person, test)
    assert _view(second).feedback is None
    second = submit_attempt(by=person, attempt_uid=second.uid)
    assert _view(first).feedback is not None
    other = begin(person, a_test("single", feedback="after-pass", pass_percent=100))
    answer(other, 1, "a")
    assert _view(submit_attempt(by=person, attempt_uid=other.uid)).feedback is not None


@pytest.mark.parametrize("columns", [{"feedback": "never"}, {"purpose": "questionnaire"}])
def test_no_feedback_where_there_is_none(person: User, columns: dict[str, Any]) -> None:
    attempt = begin(person, a_test("single", **columns))
    answer(attempt, 1, "a")
    assert _view(submit_attempt(by=person, attempt_uid=attempt.uid)).feedback is None


def test_marks_of_people_come_with_their_comments(person: User) -> None:
    attempt = begin(person, a_test("free-text"))
    answer(attempt, 1, "Off.")
    ended = submit_attempt(by=person, attempt_uid=attempt.uid)
    waiting = _view(ended).feedback
    assert waiting is not None
    assert (waiting.waits_for_mark, waiting.points, waiting.marks) == (True, None, ())
    mark_response(
        by=OPERATOR, attempt_uid=attempt.uid, position=1, marks={"steps": Decimal(2)}, comment="Good.", now=NOW
    )
    marked = _view(ended).feedback
    assert marked is not None
    assert (marked.points, marked.comment, [one.points for one in marked.marks]) == (Decimal(2), "Good.", [Decimal(2)])
    assert marked.model_answers == DOCUMENTS["free-text"]["model_answers"]
    assert marked.model_answers not in marked.texts


def test_all_questions_take_as_many_queries_as_one(
    person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = begin(person, a_test(*DOCUMENTS))
    with django_assert_max_num_queries(3):
        assert len(question_views(attempt, language="en")) == len(DOCUMENTS)
    with django_assert_max_num_queries(2):
        _view(attempt)
