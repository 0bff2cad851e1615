"""The report of a pilot: whom it is about, its numbers, and what is not told of few people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.learning import pilot_records, records
from tests.learning.records import NOW

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, Pilot, StuckReport
from synchromesh.learning.queries.pilot_report import PilotReport, pilot_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A version with everything that a pilot measures."""
    return pilot_records.a_version_to_try()


@pytest.fixture
def pilot(version: ContentVersion) -> Pilot:
    """Its pilot."""
    return pilot_records.a_pilot(version)


@pytest.fixture
def tutor(version: ContentVersion) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), version.course, "tutor")


def _report(pilot: Pilot, tutor: User) -> PilotReport:
    return pilot_report(Pilot.objects.get(pk=pilot.pk), visible_to=tutor, now=NOW)


def _people(version: ContentVersion, count: int, **columns: Any) -> list[Enrolment]:
    return [pilot_records.a_participant(version, **columns) for _ in range(count)]


def test_only_those_who_share_are_measured(version: ContentVersion, pilot: Pilot, tutor: User) -> None:
    _people(version, 4)
    _people(version, 1, state="completed")
    for _ in range(5):
        records.an_enrolment(version, state="completed")
    records.an_enrolment(version, state="waiting", shares_pilot_answers=True)
    report = _report(pilot, tutor)
    assert (report.enrolled, report.sharing) == (10, 5)
    assert report.completed is not None
    assert (report.completed.count, report.completed.of, report.completed.percent) == (1, 5, 20)
    assert 0 < report.completed.low < 20 < report.completed.high < 100


def test_the_gain_is_of_pairs_of_first_attempts(version: ContentVersion, pilot: Pilot, tutor: User) -> None:
    for learner, gain in zip(_people(version, 5), (10, 20, 30, 40, 50), strict=True):
        pilot_records.a_result(learner, "before", 30)
        pilot_records.a_result(learner, "after", 30 + gain)
        pilot_records.a_result(learner, "after", 100, number=2)
    pilot_records.a_result(_people(version, 1)[0], "after", 100)
    report = _report(pilot, tutor)
    assert (report.pairs, report.measured, report.has_enough_learners) == (5, 5, True)
    assert report.before is not None
    assert report.after is not None
    assert report.gain is not None
    assert (report.before.mean, report.after.mean, report.gain.mean) == pytest.approx((30, 60, 30))
    # Mean 30, standard deviation 15.811, t(4) = 2.776: 30 plus and minus 19.63.
    assert (report.gain.low, report.gain.high) == pytest.approx((10.37, 49.63), abs=0.01)
    assert report.reaches_least_gain is True


def test_a_gain_whose_lower_end_is_below_the_plan_does_not_reach_it(
    version: ContentVersion, pilot: Pilot, tutor: User
) -> None:
    Pilot.objects.filter(pk=pilot.pk).update(least_gain=11)
    for learner, gain in zip(_people(version, 5), (10, 20, 30, 40, 50), strict=True):
        pilot_records.a_result(learner, "before", 30)
        pilot_records.a_result(learner, "after", 30 + gain)
    assert _report(pilot, tutor).reaches_least_gain is False


def test_four_people_are_not_broken_down(version: ContentVersion, pilot: Pilot, tutor: User) -> None:
    for learner in _people(version, 4, state="completed"):
        pilot_records.a_result(learner, "before", 30)
        pilot_records.a_result(learner, "after", 60)
        pilot_records.an_answer(learner, "2")
    report = _report(pilot, tutor)
    assert (report.sharing, report.pairs) == (4, 4)
    assert (report.completed, report.before, report.after, report.gain) == (None, None, None, None)
    assert (report.questions, report.units, report.languages) == ((), (), ())
    assert report.reaches_least_gain is None


def test_answers_to_a_questionnaire_are_counted_by_question(version: ContentVersion, pilot: Pilot, tutor: User) -> None:
    people = _people(version, 5)
    for learner, helped in zip(people, ("1", "2", "2", "2", "2"), strict=True):
        pilot_records.an_answer(learner, helped, "Good" if helped == "2" else None)
    pilot_records.an_answer(people[0], "2", number=2)
    scale, words = _report(pilot, tutor).questions
    assert [(choice.key, choice.count, choice.percent) for choice in scale.choices] == [("1", 0, 0), ("2", 5, 100)]
    assert (words.n, words.is_shown, words.words) == (4, False, ())


def test_where_people_got_stuck(version: ContentVersion, pilot: Pilot, tutor: User) -> None:
    text, before = version.units.get(key="text"), version.units.get(key="before")
    long_ago = NOW - timedelta(days=15)
    people = [
        *_people(version, 1, last_unit=text, state="left"),
        *_people(version, 1, last_unit=text, last_seen_at=long_ago),
        *_people(version, 2, last_unit=text, last_seen_at=NOW),
        *_people(version, 1, last_unit=text, last_seen_at=long_ago, state="completed"),
    ]
    for learner, seconds in zip(people, (100, 200, 500, 900, 1000), strict=True):
        records.a_done_unit(learner, "text", seconds=seconds)
    records.a_done_unit(people[0], "before")
    StuckReport.objects.create(enrolment=people[0], unit=text, settled_at=NOW)
    StuckReport.objects.create(enrolment=people[0], unit=before)
    first, second, *_ = _report(pilot, tutor).units
    assert (first.seen, first.stuck_reports, first.median_seconds, first.stated_minutes) == (5, 1, 500, 5)
    assert (first.stopped_here, first.stopped_percent, first.takes_longer) == (2, 40, True)
    assert (second.seen, second.stuck_reports, second.median_seconds, second.stopped_here) == (1, None, None, None)


def test_languages_are_told_apart_only_where_no_group_is_small(
    version: ContentVersion, pilot: Pilot, tutor: User
) -> None:
    _people(version, 5)
    _people(version, 4, language="de")
    assert _report(pilot, tutor).languages == ()
    _people(version, 1, language="de", state="completed")
    groups = _report(pilot, tutor).languages
    assert [(group.language, group.people, group.gain) for group in groups] == [("de", 5, None), ("en", 5, None)]


def test_learners_and_strangers_read_no_report(version: ContentVersion, pilot: Pilot, person: User) -> None:
    for reader in (person, pilot_records.a_participant(version).person):
        with pytest.raises(NotFound):
            pilot_report(pilot, visible_to=reader, now=NOW)


def test_a_report_takes_as_many_questions_for_many_learners(
    version: ContentVersion, pilot: Pilot, tutor: User, django_assert_max_num_queries: Any
) -> None:
    for learner in _people(version, 8):
        pilot_records.a_result(learner, "before", 30)
        pilot_records.a_result(learner, "after", 60)
        pilot_records.an_answer(learner, "2", "Good")
    with django_assert_max_num_queries(14):
        _report(pilot, tutor)
