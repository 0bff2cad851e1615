"""Tests of synchromesh.learning.operations.completion."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from tests.learning.records import NOW, a_course_with_content, a_done_unit, an_enrolment

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt
from synchromesh.learning.models import EarnedAchievement, Enrolment, Unit, UnitProgress
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.operations.progress import mark_unit_done, record_presence, see_unit
from synchromesh.learning.queries.outline import course_outline
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _complete(enrolment: Enrolment) -> EarnedAchievement | None:
    return complete_if_due(by=enrolment.person, enrolment=enrolment, now=NOW)


def _learning(*kinds: str, done: Sequence[str] = (), **columns: Any) -> Enrolment:
    enrolment = an_enrolment(a_course_with_content(kinds=kinds, **columns))
    for key in done:
        a_done_unit(enrolment, key)
    return enrolment


def _percent(enrolment: Enrolment) -> int:
    enrolment.refresh_from_db()
    return course_outline(enrolment.version, enrolment=enrolment).percent


def test_a_course_is_completed_by_the_last_required_unit() -> None:
    enrolment = _learning("text", "picture", done=["text"])
    unit = enrolment.version.units.get(key="picture")
    see_unit(by=enrolment.person, enrolment=enrolment, unit=unit, now=NOW)
    assert (_complete(enrolment), _percent(enrolment)) == (None, 50)
    step = mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="picture", now=NOW)
    assert (step.is_done, step.is_complete, _percent(enrolment)) == (True, True, 100)
    assert (enrolment.state, enrolment.completed_at) == ("completed", NOW)
    assert AuditEvent.objects.filter(action="complete_if_due").count() == 1


def test_a_course_is_completed_once() -> None:
    enrolment = _learning("text", done=["text"])
    first = _complete(enrolment)
    assert first is not None
    for again in (enrolment, Enrolment.objects.get(), _stale(enrolment)):
        assert _complete(again) is None
    assert list(EarnedAchievement.objects.all()) == [first]


def test_what_was_earned_is_kept_until_it_can_be_issued() -> None:
    earned = _complete(_learning("text", done=["text"], issues_credential=True))
    assert earned is not None
    assert (earned.to_be_issued, earned.credential_uid, earned.percent) == (True, None, None)
    other = _complete(_learning("text", done=["text"], slug="other"))
    assert other is not None
    assert not other.to_be_issued


def test_an_optional_unit_is_not_needed_and_does_not_count() -> None:
    enrolment = _learning("text", "picture", "file", done=["picture"])
    Unit.objects.exclude(key="text").update(is_required=False)
    assert (_complete(enrolment), _percent(enrolment)) == (None, 0)
    a_done_unit(enrolment, "text")
    assert _complete(enrolment) is not None
    assert _percent(enrolment) == 100


def test_all_units_are_needed_where_an_author_requires_none() -> None:
    enrolment = _learning("text", "picture", done=["text"])
    Unit.objects.update(is_required=False)
    assert (_complete(enrolment), _percent(enrolment)) == (None, 50)


def test_an_empty_version_is_never_completed() -> None:
    enrolment = _learning()
    assert (_complete(enrolment), _percent(enrolment)) == (None, 0)


def test_almost_everything_is_not_everything() -> None:
    """199 of 200 is 99.5 %, which is shown as 99; and what is not completed yet never reads 100."""
    kinds = ["text"] * 200
    enrolment = _learning(*kinds)
    units = list(enrolment.version.units.all())
    UnitProgress.objects.bulk_create(
        UnitProgress(enrolment=enrolment, unit=unit, first_seen_at=NOW, last_seen_at=NOW, done_at=NOW)
        for unit in units[:-1]
    )
    assert _percent(enrolment) == 99
    a_done_unit(enrolment, units[-1].key)
    assert _percent(enrolment) == 99
    _complete(enrolment)
    assert _percent(enrolment) == 100


@pytest.mark.parametrize(("asked", "needed"), [(100, 3), (67, 3), (66, 2), (34, 2), (33, 1), (1, 1)])
def test_so_much_of_the_live_sessions_must_be_attended(asked: int, needed: int) -> None:
    enrolment = _learning("text", *["live-session"] * 3, done=["text"], attendance_percent=asked)
    sessions = list(enrolment.version.units.filter(kind="live-session"))
    for attended, session in enumerate(sessions, start=1):
        assert enrolment.state == "active"
        assert _percent(enrolment) == 100 * attended // (1 + needed)
        record_presence(by=OPERATOR, enrolment=enrolment, unit=session, was_there=True, now=NOW)
        enrolment.refresh_from_db()
        if attended == needed:
            break
    assert (enrolment.state, _percent(enrolment)) == ("completed", 100)


def test_without_a_share_every_required_session_must_be_attended() -> None:
    enrolment = _learning("text", "live-session", "live-session", done=["text", "live-session"])
    assert _complete(enrolment) is None
    a_done_unit(enrolment, "live-session-2")
    assert _complete(enrolment) is not None


def test_what_was_earned_is_not_taken_back() -> None:
    enrolment = _learning("live-session", done=["live-session"])
    _complete(enrolment)
    session = enrolment.version.units.get()
    record_presence(by=OPERATOR, enrolment=enrolment, unit=session, was_there=False, now=NOW)
    assert (_percent(enrolment), EarnedAchievement.objects.count()) == (100, 1)


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_has_no_place_completes_nothing(state: str) -> None:
    enrolment = _learning("text", done=["text"])
    Enrolment.objects.update(state=state)
    assert _complete(enrolment) is None


def test_the_result_keeps_the_rule_and_what_was_reached() -> None:
    enrolment = _learning(
        "text", "quiz", "quiz", "live-session", done=["text", "quiz", "quiz-2"], attendance_percent=50
    )
    a_done_unit(enrolment, "live-session")
    Unit.objects.filter(key="quiz").update(must_pass=True)
    quiz = enrolment.version.units.get(key="quiz").instrument
    assert quiz is not None
    quiz.pass_percent = 60
    quiz.save()
    _an_attempt(enrolment, "quiz", points=2, number=1)
    _an_attempt(enrolment, "quiz", points=1, number=2)
    _an_attempt(enrolment, "quiz-2", points=1, most_points=1)
    earned = _complete(enrolment)
    assert earned is not None
    assert earned.percent == Decimal("75.00")
    result = earned.result
    assert [(unit["key"], unit["must"], unit["percent"]) for unit in result["units"]] == [
        ("text", "read", None),
        ("quiz", "pass", "66.66"),
        ("quiz-2", "hand-in", "100.00"),
    ]
    assert result["units"][1]["pass_percent"] == 60
    assert result["units"][1]["titles"] == {"en": "Unit quiz", "de": "Einheit quiz"}
    assert {name: result[name] for name in result if name != "units"} == {
        "version": 1,
        "percent": "75.00",
        "attendance_percent": 50,
        "sessions": 1,
        "sessions_needed": 1,
        "sessions_attended": 1,
    }


def test_a_result_is_rounded_down_so_that_nobody_reads_a_pass_mark_that_was_not_reached() -> None:
    enrolment = _learning("quiz", done=["quiz"])
    _an_attempt(enrolment, "quiz", points=Decimal("59.99"), most_points=Decimal("100.00"))
    earned = _complete(enrolment)
    assert earned is not None
    assert earned.percent == Decimal("59.99")


def _an_attempt(enrolment: Enrolment, key: str, **columns: Any) -> Attempt:
    given = {"number": 1, "seed": 1, "language": "en", "most_points": 3}
    moments = {"started_at": NOW, "submitted_at": NOW, "marked_at": NOW, "passed": True}
    whose = {"person": enrolment.person, "occasion": enrolment.uid}
    unit = enrolment.version.units.get(key=key)
    return Attempt.objects.create(**(given | moments | whose | {"instrument": unit.instrument} | columns))


def _stale(enrolment: Enrolment) -> Enrolment:
    """The enrolment as another device read it before."""
    stale = Enrolment.objects.get(pk=enrolment.pk)
    stale.state, stale.completed_at = "active", None
    return stale
