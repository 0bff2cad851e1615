"""Tests of synchromesh.learning.queries.completion and of the steps that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import ALL_KINDS, NOW, a_course_with_content, a_done_unit, an_enrolment

from synchromesh.assessment.models import Attempt, Instrument
from synchromesh.learning.models import Unit
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.queries.completion import attempt_percent, completion_rule, completion_state
from synchromesh.learning.queries.steps import count_steps


@dataclass(frozen=True, kw_only=True)
class _Unit:
    kind: str
    is_required: bool
    is_done: bool


_units = st.lists(
    st.builds(
        _Unit, kind=st.sampled_from(["text", "quiz", "live-session"]), is_required=st.booleans(), is_done=st.booleans()
    ),
    max_size=8,
)


@settings(max_examples=100)
@given(units=_units, asked=st.none() | st.integers(1, 100))
def test_everything_done_meets_every_rule_and_nothing_done_meets_none(units: list[_Unit], asked: int | None) -> None:
    nothing = [_Unit(kind=unit.kind, is_required=unit.is_required, is_done=False) for unit in units]
    everything = [_Unit(kind=unit.kind, is_required=unit.is_required, is_done=True) for unit in units]
    steps = count_steps(units, attendance_percent=asked)
    assert 0 <= steps.done <= steps.total
    assert steps.percent <= 99
    assert not count_steps(nothing, attendance_percent=asked).are_done
    assert count_steps(everything, attendance_percent=asked).are_done == bool(units and steps.total)


@pytest.mark.django_db
def test_the_rule_says_beforehand_what_must_be_done_and_how(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = a_course_with_content(kinds=ALL_KINDS, issues_credential=True)
    Unit.objects.filter(key="picture").update(is_required=False)
    Unit.objects.filter(key="quiz").update(must_pass=True)
    Instrument.objects.filter(key="quiz").update(pass_percent=70)
    for count in (1, 0):  # the first reader of a version asks for its units
        with django_assert_num_queries(count):
            rule = completion_rule(version)
    assert [(unit.key, unit.number, unit.must, unit.pass_percent) for unit in rule.units] == [
        ("text", 1, "read", None),
        ("video", 2, "report", None),
        ("file", 4, "read", None),
        ("exercise", 5, "report", None),
        ("passport-exercise", 6, "report", None),
        ("quiz", 7, "pass", 70),
        ("assignment", 8, "hand-in", None),
        ("live-session", 9, "attend", None),
    ]
    assert (rule.attendance_percent, rule.sessions, rule.sessions_needed, rule.issues_credential) == (None, 1, 0, True)


@pytest.mark.django_db
def test_a_share_of_the_live_sessions_is_said_as_a_number_of_them() -> None:
    rule = completion_rule(a_course_with_content(kinds=["text", *["live-session"] * 3], attendance_percent=50))
    assert [unit.key for unit in rule.units] == ["text"]
    assert (rule.attendance_percent, rule.sessions, rule.sessions_needed) == (50, 3, 2)


@pytest.mark.django_db
def test_how_far_a_learner_is_with_the_rule(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = a_course_with_content(kinds=["quiz", "assignment", "live-session"], attendance_percent=100)
    enrolment = an_enrolment(version)
    a_done_unit(enrolment, "quiz")
    a_done_unit(enrolment, "live-session")
    common = {"person": enrolment.person, "occasion": enrolment.uid, "number": 1, "seed": 1, "language": "en"}
    moments = {"started_at": NOW, "submitted_at": NOW}
    for key, result in (("quiz", {"marked_at": NOW, "points": 1, "most_points": 2}), ("assignment", {})):
        Attempt.objects.create(**(common | moments | result | {"instrument": version.units.get(key=key).instrument}))
    for count in (5, 4):  # the first reader of a version asks for its units
        with django_assert_num_queries(count):
            state = completion_state(enrolment)
    assert [(unit.unit.key, unit.is_done, unit.waits_for_mark, unit.percent) for unit in state.units] == [
        ("quiz", True, False, Decimal(50)),
        ("assignment", False, True, None),
    ]
    assert (state.sessions_attended, state.done, state.total, state.percent) == (1, 2, 3, 66)
    assert (state.is_complete, state.completed_at, state.achievement) == (False, None, None)


@pytest.mark.django_db
def test_a_completed_course_reads_a_hundred_and_shows_what_was_earned() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text"]))
    a_done_unit(enrolment, "text")
    earned = complete_if_due(by=enrolment.person, enrolment=enrolment, now=NOW)
    state = completion_state(enrolment)
    assert (state.percent, state.is_complete, state.completed_at, state.achievement) == (100, True, NOW, earned)


@pytest.mark.parametrize(
    ("points", "most", "percent"),
    [
        ("2", "3", "66.66"),
        ("59.999", "100", "59.99"),
        ("3", "3", "100"),
        ("0", "3", "0"),
        (None, "3", None),
        ("0", "0", None),
    ],
)
def test_a_share_is_rounded_down(points: str | None, most: str, percent: str | None) -> None:
    attempt = Attempt(points=None if points is None else Decimal(points), most_points=Decimal(most))
    assert attempt_percent(attempt) == (None if percent is None else Decimal(percent))
