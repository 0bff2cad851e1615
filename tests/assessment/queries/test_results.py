"""What came of an attempt, and which attempt counts."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.assessment.records import NOW, OCCASION, a_person, a_test, answer, begin, give_part, minutes
from tests.learning.question_documents import a_document
from tests.records import a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import Attempt, Instrument
from synchromesh.assessment.operations.attempts import submit_attempt
from synchromesh.assessment.operations.questions import save_question
from synchromesh.assessment.queries.attempts import (
    counting_attempts,
    get_attempt,
    instrument_standings,
    is_overdue,
    list_attempts,
)
from synchromesh.assessment.queries.results import attempt_result
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import NotFound

pytestmark = pytest.mark.django_db


def _take(person: User, test: Instrument, *raws: str | None) -> Attempt:
    attempt = begin(person, test)
    for position, raw in enumerate(raws, start=1):
        if raw is not None:
            answer(attempt, position, raw)
    return submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW)


def test_a_result_has_points_percent_and_outcomes_by_skill(person: User) -> None:
    a_skill("weld")
    a_skill("paint")
    test = a_test(
        "single",
        "true-false",
        "short-text",
        "scale",
        changes={
            "single": {"skill": "weld", "level": 1},
            "true-false": {"skill": "weld", "level": 1, "points": 2},
            "short-text": {"skill": "paint"},
        },
        pass_percent=25,
    )
    result = attempt_result(_take(person, test, "a", None, "blue", "2"))
    assert (result.points, result.most_points, result.percent) == (Decimal(1), Decimal(4), Decimal(25))
    assert result.passed is True
    found = [(one.skill.slug, one.level, one.points, one.most_points, one.percent) for one in result.skills]
    assert found == [
        ("paint", None, Decimal(0), Decimal(1), Decimal(0)),
        ("weld", 1, Decimal(1), Decimal(3), Decimal("33.33")),
    ]
    assert [one.is_correct for one in result.questions] == [True, False, False, None]
    assert [one.is_answered for one in result.questions] == [True, False, True, True]
    assert (result.is_finished, result.counts, result.attempts_left) == (True, True, None)


def test_a_percentage_is_rounded_down_so_that_it_never_looks_passed(person: User) -> None:
    changes = {"single": {"points": 799.99}, "true-false": {"points": 200.01}}
    test = a_test("single", "true-false", changes=changes, pass_percent=80)
    result = attempt_result(_take(person, test, "a"))
    assert (result.percent, result.passed) == (Decimal("79.99"), False)


def test_only_the_points_are_told_where_feedback_comes_never(person: User) -> None:
    result = attempt_result(_take(person, a_test("single", "true-false", feedback="never"), "a"))
    assert (result.points, result.shows_feedback) == (Decimal(1), False)
    assert {(one.points, one.is_correct) for one in result.questions} == {(None, None)}


def test_what_waits_for_a_person_has_no_result_yet(person: User) -> None:
    test = a_test("single", "free-text", attempts_allowed=3)
    result = attempt_result(_take(person, test, "a", "Off."))
    assert (result.is_finished, result.points, result.percent, result.skills) == (False, None, None, ())
    assert (result.waiting, result.counts, result.attempts_left) == ((2,), False, 2)


def test_a_questionnaire_has_no_result(person: User) -> None:
    result = attempt_result(_take(person, a_test("scale", purpose="questionnaire"), "2"))
    assert (result.has_result, result.is_finished, result.percent, result.passed) == (False, True, None, None)


@pytest.mark.parametrize(("rule", "number"), [("best", 2), ("latest", 3), ("first", 1)])
def test_the_rule_says_which_attempt_counts(person: User, rule: str, number: int) -> None:
    test = a_test("single", "true-false", attempt_rule=rule)
    for raws in ((None, None), ("a", "true"), ("a", None)):
        _take(person, test, *raws)
    begin(person, test)
    counting = counting_attempts(occasions=[OCCASION])[OCCASION, test.pk]
    assert counting.number == number
    assert attempt_result(counting).counts
    assert counting_attempts(occasions=[uuid4()], instruments=[test]) == {}


def test_an_attempt_that_waits_does_not_count(person: User) -> None:
    test = a_test("free-text", attempt_rule="latest")
    finished = _take(person, test)
    _take(person, test, "Off.")
    assert counting_attempts(occasions=[OCCASION]) == {(OCCASION, test.pk): finished}


def test_where_somebody_stands_with_several_tests_is_one_query(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tests = [a_test("single", attempts_allowed=2), a_test("free-text"), a_test("single"), a_test(frozen=False)]
    for _ in range(2):
        first = _take(person, tests[0])
    _take(person, tests[1], "Off.")
    running = begin(person, tests[1])
    with django_assert_num_queries(1):
        found = instrument_standings(instruments=tests, person=person, occasion=OCCASION)
    standings = [found[test.pk] for test in tests]
    assert [one.attempts_left for one in standings] == [0, None, None, None]
    assert [one.may_start for one in standings] == [False, False, True, False]
    assert [one.waiting for one in standings] == [False, True, False, False]
    assert [one.open for one in standings] == [None, running, None, None]
    assert standings[0].attempts[-1] == first
    assert len(list_attempts(instrument=tests[1], person=person, occasion=OCCASION)) == 2


def test_time_is_up_some_seconds_after_the_end(person: User) -> None:
    attempt = begin(person, a_test(minutes=10))
    assert [is_overdue(attempt, now=NOW + minutes(at)) for at in (10, 10.05, 10.1)] == [False, False, True]
    assert not is_overdue(begin(person, a_test()), now=NOW + minutes(999))


def test_an_attempt_is_seen_by_its_person_and_by_who_marks(person: User) -> None:
    test = a_test()
    attempt = begin(person, test)
    for part in (CoursePart.TUTOR, CoursePart.AUTHOR):
        assert get_attempt(attempt.uid, visible_to=give_part(a_person(part), test, part)) == attempt
    assert get_attempt(str(attempt.uid), visible_to=person) == attempt
    reviewer = give_part(a_person("reviewer"), test, CoursePart.REVIEWER)
    tutor_elsewhere = give_part(a_person("elsewhere"), a_test(), CoursePart.TUTOR)
    for by in (reviewer, tutor_elsewhere, a_person("other"), VISITOR):
        with pytest.raises(NotFound):
            get_attempt(attempt.uid, visible_to=by)
    for uid in (uuid4(), "1", ""):
        with pytest.raises(NotFound):
            get_attempt(uid, visible_to=person)


def test_a_result_stays_when_its_question_is_edited(person: User) -> None:
    test = a_test("single")
    ended = _take(person, test, "a")
    save_question(by=OPERATOR, bank=test.bank, document=a_document(points=9))
    assert attempt_result(get_attempt(ended.uid, visible_to=person)).most_points == 1
    assert begin(person, test).responses.get().question.points == 1
