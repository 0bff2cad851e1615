"""Tests of synchromesh.learning.operations.progress."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.learning.question_documents import RIGHT, a_document
from tests.learning.records import (
    ALL_KINDS,
    NOW,
    a_cohort,
    a_course_with_content,
    a_done_unit,
    a_learner,
    a_unit,
    an_enrolment,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import CohortDate, ContentVersion, EarnedAchievement, Enrolment, UnitProgress
from synchromesh.learning.operations.progress import (
    Reported,
    mark_unit_done,
    record_presence,
    report_unit,
    see_unit,
)
from synchromesh.learning.queries.enrolments import get_enrolment_to_learn
from synchromesh.learning.queries.outline import course_outline, get_unit_to_learn

pytestmark = pytest.mark.django_db


def _at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def _see(enrolment: Enrolment, key: str, minutes: float = 0) -> None:
    """As a page does it: with the enrolment as it is read for that page."""
    fresh = Enrolment.objects.get(pk=enrolment.pk)
    see_unit(by=enrolment.person, enrolment=fresh, unit=enrolment.version.units.get(key=key), now=_at(minutes))


def _seconds(enrolment: Enrolment) -> dict[str, int]:
    return dict(UnitProgress.objects.filter(enrolment=enrolment).values_list("unit__key", "seconds"))


def _report(enrolment: Enrolment, key: str, save_number: int = 1, **report: Any) -> Reported:
    return report_unit(
        by=enrolment.person, enrolment_uid=enrolment.uid, unit_key=key, report=report, save_number=save_number, now=NOW
    )


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_opening_a_unit_makes_nothing_done(kind: str) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=[kind]))
    for minutes in (0, 10):
        _see(enrolment, kind, minutes)
    outline = course_outline(enrolment.version, enrolment=enrolment)
    assert (outline.done, outline.percent, outline.unit(kind).state) == (0, 0, "begun")
    assert not EarnedAchievement.objects.exists()


def test_a_learner_finds_their_place_again() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "text", "text"]))
    _see(enrolment, "text-2", 5)
    enrolment.refresh_from_db()
    assert (enrolment.last_unit.key if enrolment.last_unit else "", enrolment.last_seen_at) == ("text-2", _at(5))


def test_the_time_between_two_sights_goes_to_the_unit_where_one_was() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "text"]))
    _see(enrolment, "text", 0)
    _see(enrolment, "text", 2)
    _see(enrolment, "text-2", 5)
    _see(enrolment, "text", 6)
    assert _seconds(enrolment) == {"text": 300, "text-2": 60}
    mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="text", now=_at(8))
    assert _seconds(enrolment) == {"text": 420, "text-2": 60}
    first = UnitProgress.objects.get(unit__key="text")
    assert (first.first_seen_at, first.last_seen_at) == (_at(0), _at(6))


def test_whoever_is_away_for_a_night_did_not_learn_all_night() -> None:
    enrolment = an_enrolment(a_course_with_content())
    _see(enrolment, "text", 0)
    _see(enrolment, "text", 12 * 60)
    _see(enrolment, "text", 60)
    assert _seconds(enrolment) == {"text": 30 * 60}


def test_a_text_is_done_when_its_reader_says_so() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "text"]))
    _see(enrolment, "text")
    for minutes in (1, 2):
        step = mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="text", now=_at(minutes))
        assert (step.is_done, step.is_complete) == (True, False)
    assert UnitProgress.objects.get().done_at == _at(1)
    assert course_outline(enrolment.version, enrolment=enrolment).percent == 50


def test_a_unit_that_was_never_opened_cannot_be_said_to_be_done() -> None:
    enrolment = an_enrolment(a_course_with_content())
    with pytest.raises(Conflict):
        mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="text")


@pytest.mark.parametrize("kind", ["video", "exercise", "quiz", "assignment", "live-session"])
def test_what_must_be_shown_cannot_be_said_to_be_done(kind: str) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=[kind]))
    _see(enrolment, kind)
    with pytest.raises(Conflict):
        mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key=kind)


@pytest.mark.parametrize("kind", ["text", "picture", "file", "quiz", "assignment", "live-session"])
def test_a_unit_that_reports_nothing_takes_no_report(kind: str) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=[kind]))
    with pytest.raises(Conflict):
        _report(enrolment, kind, done=True)
    assert not UnitProgress.objects.filter(done_at__isnull=False).exists()


def test_a_video_is_done_by_what_its_player_reports() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["video", "text"]))
    first = _report(enrolment, "video", 1, duration=100, spans=[[0, 50]])
    second = _report(enrolment, "video", 2, duration=100, spans=[[50, 95]])
    assert [(came.is_done, came.answer) for came in (first, second)] == [
        (False, {"seen_percent": 50}),
        (True, {"seen_percent": 95}),
    ]
    assert second.state == UnitProgress.objects.get().state


def test_a_unit_that_is_done_stays_done() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["exercise", "text"]))
    _report(enrolment, "exercise", 1, question="colour", answer="a")
    assert _report(enrolment, "exercise", 2, question="steps", answer=RIGHT["order"]).is_done
    assert _report(enrolment, "exercise", 3, question="colour", answer="b").is_done


def test_a_report_of_an_older_page_does_not_overwrite_what_another_device_stored() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["video", "text"]))
    _report(enrolment, "video", 1, duration=100, position=10)
    newer = _report(enrolment, "video", 2, duration=100, position=80, spans=[[0, 80]])
    for number in (1, 2):
        older = _report(enrolment, "video", number, duration=100, position=20)
        assert (older.is_newer_elsewhere, older.save_number, older.state) == (True, 2, newer.state)
    assert UnitProgress.objects.get().state["position"] == 80


def test_the_same_report_twice_is_acknowledged_again() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["video", "text"]))
    came = [_report(enrolment, "video", 1, duration=100, spans=[[0, 80]], position=80) for _ in range(2)]
    assert not came[1].is_newer_elsewhere
    assert (came[0].state, came[0].answer, came[0].save_number) == (came[1].state, came[1].answer, 1)


def test_a_report_that_cannot_be_read_changes_nothing() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["video", "text"]))
    for report, number in (({"spans": "x"}, 1), ({}, 0), ({}, 10**7)):
        with pytest.raises(InvalidInput):
            _report(enrolment, "video", number, **report)
    assert not UnitProgress.objects.exists()


def test_typed_words_are_told_in_the_language_of_the_learner() -> None:
    version = a_course_with_content(kinds=["text"])
    question = a_document("short-text", "word", accepted={"en": ["loud"], "de": ["laut"]})
    a_unit(version.sections.get(key="second"), "exercise", content={"questions": [question]})
    enrolment = an_enrolment(version, language="de")
    assert _report(enrolment, "exercise", question="word", show=True).answer["solution"] == "laut"


def test_a_live_session_is_done_for_whoever_was_there_and_can_be_taken_back() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["live-session", "text"]))
    session = enrolment.version.units.get(key="live-session")
    for was_there, percent in ((True, 50), (False, 0), (True, 50)):
        record_presence(by=OPERATOR, enrolment=enrolment, unit=session, was_there=was_there, now=NOW)
        assert course_outline(enrolment.version, enrolment=enrolment).percent == percent
    with pytest.raises(Conflict):
        record_presence(by=OPERATOR, enrolment=enrolment, unit=enrolment.version.units.get(key="text"), was_there=True)


def test_another_persons_progress_does_not_exist(staff: User) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "video"]))
    _see(enrolment, "text")
    for somebody in (a_learner(), staff):
        _refused(enrolment, by=somebody)


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_has_no_place_makes_no_progress(state: str) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "video"]))
    _see(enrolment, "text")
    Enrolment.objects.update(state=state)
    enrolment.refresh_from_db()
    _refused(enrolment, by=enrolment.person)


def test_a_version_that_is_not_published_is_not_learned() -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "video"]))
    _see(enrolment, "text")
    ContentVersion.objects.update(published_at=None)
    for act in (_done, _spied):
        with pytest.raises(NotFound):
            act(enrolment, enrolment.person)


def test_a_unit_of_another_version_does_not_exist() -> None:
    version = a_course_with_content(kinds=["text"])
    enrolment = an_enrolment(version)
    other = a_course_with_content(course=version.course, kinds=["picture"]).units.get()
    with pytest.raises(NotFound):
        see_unit(by=enrolment.person, enrolment=enrolment, unit=other)
    with pytest.raises(NotFound):
        mark_unit_done(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="picture")


def _refused(enrolment: Enrolment, *, by: User) -> None:
    before = list(UnitProgress.objects.values_list("seconds", "done_at", "save_number", "last_seen_at"))
    unit = enrolment.version.units.get(key="text")
    with pytest.raises(NotFound):
        see_unit(by=by, enrolment=enrolment, unit=unit)
    for act in (_done, _spied):
        with pytest.raises(NotFound):
            act(enrolment, by)
    assert list(UnitProgress.objects.values_list("seconds", "done_at", "save_number", "last_seen_at")) == before


def _done(enrolment: Enrolment, by: User) -> None:
    mark_unit_done(by=by, enrolment_uid=enrolment.uid, unit_key="text")


def _spied(enrolment: Enrolment, by: User) -> None:
    report_unit(by=by, enrolment_uid=enrolment.uid, unit_key="video", report={"duration": 1}, save_number=1)


def test_a_page_of_a_unit_asks_the_database_six_times_once_its_version_is_kept(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """With the session, its person and what stands beside the unit that is ten of ten; in a group, with a test, coming
    from another unit. The first reader of a version asks for its units, and the first visit leaves a trace."""
    version = a_course_with_content(kinds=ALL_KINDS)
    cohort = a_cohort(version.course)
    CohortDate.objects.create(cohort=cohort, unit_key="quiz", at=NOW)
    enrolment = an_enrolment(version, run=cohort.run)
    a_done_unit(enrolment, "text")
    _see(enrolment, "text")
    for count in (8, 6):
        with django_assert_num_queries(count):
            read = get_enrolment_to_learn(enrolment.person, version.course.slug)
            shown = get_unit_to_learn(read, "quiz")
            outline = course_outline(read.version, enrolment=read, progress=shown.all_progress)
            see_unit(by=enrolment.person, enrolment=read, unit=shown.unit, now=_at(1))
            assert outline.unit("quiz").due_at == NOW
            assert (shown.unit.instrument, shown.unit.section.titles, read.course.titles) != (None, {}, {})
