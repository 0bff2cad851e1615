"""One learner as their tutors see them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import NOW, a_course_with_content, a_done_unit, a_learner, an_enrolment, give_part

from synchromesh.assessment.models import Attempt, Response
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment
from synchromesh.learning.queries.one_learner import LearnerView, get_learner
from synchromesh.learning.queries.unit_titles import unit_titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody in a course with a text, a test and an assignment."""
    return an_enrolment(a_course_with_content(kinds=("text", "quiz", "assignment")))


def _view(enrolment: Enrolment) -> LearnerView:
    tutor = give_part(a_learner(), enrolment.course, "tutor")
    return get_learner(enrolment.course, enrolment.uid, visible_to=tutor, now=NOW)


def _attempt(enrolment: Enrolment, key: str, **columns: Any) -> Attempt:
    given = {"person": enrolment.person, "occasion": enrolment.uid, "number": 1, "seed": 1, "language": "en"}
    instrument = enrolment.version.units.get(key=key).instrument
    assert instrument is not None
    return Attempt.objects.create(**(given | {"instrument": instrument, "started_at": NOW} | columns))


def test_units_come_in_order_with_time_and_tries(enrolment: Enrolment) -> None:
    a_done_unit(enrolment, "text", seconds=90)
    finished = {"submitted_at": NOW, "marked_at": NOW, "most_points": Decimal(4)}
    _attempt(enrolment, "quiz", points=Decimal(1), passed=False, **finished)
    _attempt(enrolment, "quiz", number=2, points=Decimal(4), passed=True, **finished)
    text, quiz, assignment = _view(enrolment).units
    assert (text.unit.key, text.seconds, text.attempts) == ("text", 90, ())
    assert [(one.percent, one.counts) for one in quiz.attempts] == [(Decimal(25), False), (Decimal(100), True)]
    assert (assignment.seconds, assignment.attempts) == (0, ())


def test_an_answer_that_waits_is_named_by_its_place(enrolment: Enrolment) -> None:
    attempt = _attempt(enrolment, "assignment", submitted_at=NOW)
    question = attempt.instrument.bank.questions.get(kind="free-text")
    Response.objects.create(attempt=attempt, position=1, question=question, waits_for_mark=True)
    [shown] = _view(enrolment).units[2].attempts
    assert (shown.to_mark, shown.percent, shown.may_extend) == ((1,), None, False)


@pytest.mark.parametrize(("minutes", "is_over"), [(5, False), (-5, True)])
def test_a_test_with_an_end_that_runs_can_be_made_longer(minutes: int, is_over: bool, enrolment: Enrolment) -> None:
    _attempt(enrolment, "quiz", due_at=NOW + timedelta(minutes=minutes))
    [shown] = _view(enrolment).units[1].attempts
    assert (shown.may_extend, shown.is_over) == (True, is_over)


def test_only_tutors_of_this_course_find_its_learners(enrolment: Enrolment) -> None:
    other: ContentVersion = a_course_with_content("other", kinds=("text",))
    tutor = give_part(a_learner(), other.course, "tutor")
    for course, person in ((enrolment.course, tutor), (other.course, tutor), (enrolment.course, enrolment.person)):
        with pytest.raises(NotFound):
            get_learner(course, enrolment.uid, visible_to=person, now=NOW)
    for uid in (uuid4(), "no uid"):
        with pytest.raises(NotFound):
            get_learner(other.course, uid, visible_to=tutor, now=NOW)


def test_many_tries_take_no_more_queries(
    enrolment: Enrolment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 9):
        _attempt(enrolment, "quiz", number=number, submitted_at=NOW)
    with django_assert_max_num_queries(14):
        _view(enrolment)


def test_a_unit_is_called_what_the_newest_published_version_calls_it() -> None:
    old = a_course_with_content(kinds=("text", "quiz"))
    new = a_course_with_content(course=old.course, kinds=("text",))
    new.units.update(titles={"en": "Newer text"})
    draft = a_course_with_content(course=old.course, kinds=("text",), published=False)
    draft.units.update(titles={"en": "Not yet"})
    assert unit_titles(old.course) == {"text": {"en": "Newer text"}, "quiz": old.units.get(key="quiz").titles}
