"""Tests of synchromesh.learning.queries.learner_home."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import (
    NOW,
    a_cohort,
    a_course_with_content,
    a_done_unit,
    a_learner,
    an_enrolment,
    an_instrument,
)

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Instrument
from synchromesh.learning.models import CohortDate, Enrolment
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.queries.completion import completion_rule
from synchromesh.learning.queries.learner_home import learner_home
from synchromesh.learning.queries.outline import course_outline

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _learning(person: User, slug: str, **columns: Any) -> Enrolment:
    version = a_course_with_content(slug, kinds=["text", "quiz", "live-session"])
    return an_enrolment(version, person, run=a_cohort(version.course).run, **columns)


def _date(enrolment: Enrolment, key: str, after: timedelta) -> None:
    assert enrolment.run is not None
    CohortDate.objects.create(cohort=enrolment.run.cohort, unit_key=key, at=NOW + after)


def _marked(enrolment: Enrolment, instrument: Instrument | None, number: int, **columns: Any) -> Attempt:
    given = {"seed": 1, "language": "en", "started_at": NOW, "submitted_at": NOW, "marked_at": NOW}
    whose = {"person": enrolment.person, "occasion": enrolment.uid, "instrument": instrument, "number": number}
    return Attempt.objects.create(**(given | whose | {"points": 1, "most_points": 4, "passed": False} | columns))


def test_nobody_has_an_empty_home_by_mistake() -> None:
    home = learner_home(a_learner(), now=NOW)
    assert (home.learning, home.waiting, home.earned, home.left) == ((), (), (), ())


def test_home_says_what_is_next_and_how_long_it_takes() -> None:
    enrolment = _learning(a_learner(), "one")
    a_done_unit(enrolment, "text")
    (course,) = learner_home(enrolment.person, now=NOW).learning
    assert course.next_unit is not None
    assert (course.enrolment, course.next_unit.key, course.minutes_left) == (enrolment, "quiz", 10)
    assert course.outline == course_outline(enrolment.version, enrolment=enrolment)


def test_the_course_that_was_opened_last_comes_first() -> None:
    person = a_learner()
    _learning(person, "one", last_seen_at=NOW)
    _learning(person, "two", last_seen_at=NOW + DAY)
    _learning(person, "three", enrolled_at=NOW + DAY / 2)
    slugs = [one.enrolment.course.slug for one in learner_home(person, now=NOW).learning]
    assert slugs == ["two", "three", "one"]


def test_home_says_when_something_is_due_and_only_where_somebody_set_a_date() -> None:
    enrolment = _learning(a_learner(), "one")
    assert learner_home(enrolment.person, now=NOW).learning[0].due is None
    _date(enrolment, "text", -DAY)
    _date(enrolment, "quiz", DAY)
    (course,) = learner_home(enrolment.person, now=NOW).learning
    assert course.due is not None
    assert (course.due.key, course.is_overdue) == ("text", True)
    a_done_unit(enrolment, "text")
    (course,) = learner_home(enrolment.person, now=NOW).learning
    assert course.due is not None
    assert (course.due.key, course.due.due_at, course.is_overdue) == ("quiz", NOW + DAY, False)


def test_a_live_session_is_named_before_it_is_held_and_not_after() -> None:
    enrolment = _learning(a_learner(), "one")
    _date(enrolment, "live-session", DAY)
    (before,) = learner_home(enrolment.person, now=NOW).learning
    (after,) = learner_home(enrolment.person, now=NOW + 2 * DAY).learning
    assert before.due is not None
    assert (before.due.key, before.due.held_at, before.is_overdue, after.due) == (
        "live-session",
        NOW + DAY,
        False,
        None,
    )


def test_home_says_how_the_last_test_went() -> None:
    enrolment = _learning(a_learner(), "one")
    quiz = enrolment.version.units.get(key="quiz").instrument
    asked = an_instrument(enrolment.course, "opinion", purpose="questionnaire")
    _marked(enrolment, quiz, 1)
    latest = _marked(enrolment, quiz, 2, points=3, passed=True, marked_at=NOW + DAY)
    _marked(enrolment, quiz, 3, marked_at=None, points=None, passed=None)
    _marked(enrolment, asked, 1, marked_at=NOW + 2 * DAY)
    (course,) = learner_home(enrolment.person, now=NOW).learning
    result = course.latest_result
    assert result is not None
    assert (result.attempt, result.percent, result.passed) == (latest, Decimal(75), True)
    assert result.titles == {"en": "Test quiz", "de": "Prüfung quiz"}
    assert course.outline.unit("quiz").state == "waiting"


def test_home_names_waiting_lists_what_was_earned_and_what_was_left() -> None:
    person = a_learner()
    version = a_course_with_content("full")
    run = a_cohort(version.course).run
    an_enrolment(version, run=run, state="waiting", enrolled_at=NOW - DAY)
    waiting = an_enrolment(version, person, run=run, state="waiting")
    done = an_enrolment(a_course_with_content("done", kinds=["text"]), person)
    a_done_unit(done, "text")
    earned = complete_if_due(by=person, enrolment=done, now=NOW)
    left = an_enrolment(a_course_with_content("left"), person, state="left")
    an_enrolment(done.version, person, state="left", round=2)
    home = learner_home(person, now=NOW)
    assert [(one.enrolment, one.place) for one in home.waiting] == [(waiting, 2)]
    assert (home.learning, home.earned, home.left) == ((), (earned,), (left,))


def test_home_shows_nothing_of_anybody_else() -> None:
    _learning(a_learner(), "one")
    assert learner_home(a_learner(), now=NOW).learning == ()


def test_home_asks_as_often_for_many_courses_as_for_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = a_learner()
    full = a_course_with_content("full")
    an_enrolment(full, person, run=a_cohort(full.course).run, state="waiting")
    for slug in ("one", "two", "three"):
        enrolment = _learning(person, slug)
        _date(enrolment, "quiz", DAY)
        _marked(enrolment, enrolment.version.units.get(key="quiz").instrument, 1)
        with django_assert_num_queries(7):
            home = learner_home(person, now=NOW)
            assert all(one.enrolment.course.titles and one.latest_result and one.due for one in home.learning)


def test_a_unit_of_a_kind_that_is_gone_takes_nothing_else_away() -> None:
    person = a_learner()
    enrolment = _learning(person, "old")
    enrolment.version.units.filter(key="text").update(kind="hologram")
    (course,) = learner_home(person, now=NOW).learning
    assert "hologram" in {unit.kind for unit in course.outline.units}
    assert "read" in {unit.must for unit in completion_rule(enrolment.version).units}
