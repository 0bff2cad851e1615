"""The statistics of a test count each person once and name nobody."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.assessment.records import NOW, a_person, a_test, answer, begin, give_part, minutes

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.attempts import submit_attempt
from synchromesh.assessment.queries.item_statistics import instrument_statistics
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import NotFound

pytestmark = pytest.mark.django_db


def _take(person: User, test: Instrument, *raws: object) -> None:
    attempt = begin(person, test)
    for position, raw in enumerate(raws, start=1):
        if raw is not None:
            answer(attempt, position, raw, now=NOW + minutes(position))
    submit_attempt(by=person, attempt_uid=attempt.uid)


def test_the_first_finished_attempt_of_each_person_counts(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    test = a_test("single", "multiple", "short-text")
    _take(person, test, "a", ["a", "c"], "orange")
    _take(person, test, "b", ["a"], "blue")
    _take(a_person("other"), test, "b", None, "blue")
    begin(a_person("late"), test)
    test = Instrument.objects.select_related("bank__course__provider").get(pk=test.pk)
    with django_assert_num_queries(3):
        found = instrument_statistics(test, visible_to=OPERATOR)
    items = {item.key: item for item in found.statistics.items}
    assert found.statistics.n == 2
    assert {key: item.n for key, item in items.items()} == {"single": 2, "multiple": 2, "short-text": 2}
    assert {key: item.difficulty for key, item in items.items()} == {"single": 0.5, "multiple": 0, "short-text": 0.5}
    assert items["single"].picked == {"a": 0.5, "b": 0.5}
    assert items["multiple"].picked == {"a": 0.5, "c": 0.5}
    assert (items["multiple"].unanswered, items["short-text"].picked) == (0.5, {})
    assert items["single"].median_seconds == 60
    assert found.questions.keys() == items.keys()


def test_a_questionnaire_has_shares_and_no_difficulty(person: User) -> None:
    test = a_test("scale", "single", purpose="questionnaire")
    _take(person, test, "2", "b")
    items = instrument_statistics(test, visible_to=OPERATOR).statistics.items
    assert [item.difficulty for item in items] == [None, None]
    assert [dict(item.picked) for item in items] == [{"2": 1.0}, {"b": 1.0}]


def test_statistics_are_for_those_who_work_on_the_course(person: User) -> None:
    test = a_test("single")
    for part in CoursePart:
        found = instrument_statistics(test, visible_to=give_part(a_person(part), test, part))
        assert (found.statistics.n, found.statistics.items) == (0, ())
    with pytest.raises(NotFound):
        instrument_statistics(test, visible_to=person)
