"""An answer is saved once, in few queries, and never over a newer one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.assessment.records import NOW, a_test, answer, begin, minutes

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Response
from synchromesh.assessment.operations.attempts import MOST_SAVES, save_answer, submit_attempt
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(person: User) -> Response:
    """The first of two questions in an attempt that has begun."""
    return begin(person, a_test("single", "short-text")).responses.get(position=1)


def _save(response: Response, raw: Any, number: int, *, position: int = 1, at: float = 1) -> tuple[int, bool]:
    attempt = response.attempt
    saved = save_answer(
        by=attempt.person,
        attempt_uid=attempt.uid,
        position=position,
        raw=raw,
        save_number=number,
        now=NOW + minutes(at),
    )
    response.refresh_from_db()
    return saved.save_number, saved.is_newer_elsewhere


def test_a_newer_save_replaces_and_an_older_one_is_told_so(response: Response) -> None:
    assert _save(response, "a", 1) == (1, False)
    assert _save(response, "b", 2) == (2, False)
    assert _save(response, "a", 1) == (2, True)
    assert _save(response, "a", 2) == (2, True)
    assert (response.answer, response.save_number) == ("b", 2)


def test_the_same_save_sent_twice_is_acknowledged_twice_and_kept_once(response: Response) -> None:
    assert _save(response, "a", 3, at=1) == (3, False)
    assert _save(response, "a", 3, at=2) == (3, False)
    assert response.saved_at == NOW + minutes(1)


def test_an_answer_is_taken_back_with_none(response: Response) -> None:
    _save(response, "a", 1)
    _save(response, None, 2)
    assert response.answer is None


def test_time_between_saves_counts_for_the_question_that_was_saved(response: Response) -> None:
    _save(response, "a", 1, at=2)
    _save(response, "orange", 1, position=2, at=5)
    _save(response, "b", 2, at=500)
    seconds = dict(response.attempt.responses.values_list("position", "seconds"))
    assert seconds == {1: 2 * 60 + 30 * 60, 2: 3 * 60}


@pytest.mark.parametrize("number", [0, -1, MOST_SAVES + 1])
def test_a_save_number_that_no_page_sends_is_refused(response: Response, number: int) -> None:
    with pytest.raises(InvalidInput):
        _save(response, "a", number)


def test_an_answer_that_is_none_of_the_choices_is_refused(response: Response) -> None:
    with pytest.raises(InvalidInput):
        _save(response, "z", 1)
    for position in (0, 3, 10**12):
        with pytest.raises(NotFound):
            _save(response, "a", 1, position=position)


def test_nothing_is_saved_after_the_end(response: Response) -> None:
    attempt = response.attempt
    submit_attempt(by=attempt.person, attempt_uid=attempt.uid)
    with pytest.raises(Conflict):
        _save(response, "a", 1)
    response.refresh_from_db()
    assert response.answer is None


def test_saves_leave_no_line_in_the_audit_trail(response: Response) -> None:
    before = AuditEvent.objects.count()
    _save(response, "a", 1)
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_save_takes_three_queries_besides_its_transaction(person: User) -> None:
    attempt = begin(person, a_test("single"))
    answer(attempt, 1, "b")  # reads the question, which is kept from then on
    with CaptureQueriesContext(connection) as queries:
        save_answer(by=person, attempt_uid=attempt.uid, position=1, raw="a", save_number=2, now=NOW)
    said = [query["sql"] for query in queries.captured_queries]
    assert len([sql for sql in said if not sql.startswith(("BEGIN", "COMMIT"))]) == 3
    assert len(said) <= 5


def test_a_save_number_may_jump_after_a_time_without_a_network(response: Response) -> None:
    assert _save(response, "a", 17) == (17, False)
    answer(response.attempt, 1, "b")
    response.refresh_from_db()
    assert response.save_number == 18
