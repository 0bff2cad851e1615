"""Several learners, or one on several devices, at the same moment: real threads, real connections."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.assessment.simultaneity import shared_database, together
from tests.learning.records import (
    NOW,
    a_cohort,
    a_course_with_content,
    a_done_unit,
    a_learner,
    an_enrolment,
)

from synchromesh.engine.errors import Conflict
from synchromesh.learning.models import EarnedAchievement, Enrolment, UnitProgress
from synchromesh.learning.operations.enrolment import enrol_person, leave_course, start_again
from synchromesh.learning.operations.progress import Reported, Step, mark_unit_done, report_unit, see_unit
from synchromesh.learning.operations.unit_attempts import start_unit_attempt, submit_unit_attempt
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = 4


def test_the_last_seats_are_given_once_and_the_others_wait_in_order(tmp_path: Path) -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=2).run
    enrol = partial(enrol_person, course=version.course, language="en", run=run)
    learners = [a_learner() for _ in range(6)]
    with shared_database(tmp_path):
        found = together([partial(enrol, by=learner) for learner in learners])
    assert [one for one in found if not isinstance(one, Enrolment)] == []
    states = list(Enrolment.objects.order_by("pk").values_list("state", flat=True))
    assert sorted(states) == ["active", "active", "waiting", "waiting", "waiting", "waiting"]
    assert states[:2] == ["active", "active"]


def test_one_person_on_several_devices_is_enrolled_once(tmp_path: Path) -> None:
    version, learner = a_course_with_content(), a_learner()
    runs = [None, a_cohort(version.course, seats=5).run] * 2
    with shared_database(tmp_path):
        found = together(
            [partial(enrol_person, by=learner, course=version.course, language="en", run=run) for run in runs]
        )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Conflict", "Conflict", "Enrolment"], found
    assert Enrolment.objects.count() == 1


def test_taking_a_course_again_on_two_devices_is_one_round(tmp_path: Path) -> None:
    enrolment = an_enrolment(a_course_with_content(), state="completed")
    again = partial(start_again, by=enrolment.person, course=enrolment.course, language="en")
    with shared_database(tmp_path):
        found = together([again] * DEVICES)
    assert sum(isinstance(one, Conflict) for one in found) == DEVICES - 1, found
    assert sorted(Enrolment.objects.values_list("round", flat=True)) == [1, 2]


def test_a_place_that_becomes_free_goes_to_whoever_waits_longest_and_to_nobody_else(tmp_path: Path) -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=1).run
    seated = an_enrolment(version, run=run)
    first, second = (
        an_enrolment(version, run=run, state="waiting", enrolled_at=NOW + timedelta(minutes=minutes))
        for minutes in (1, 2)
    )
    leave = partial(leave_course, by=seated.person, enrolment_uid=seated.uid)
    late = NOW + timedelta(minutes=3)
    enrol = partial(enrol_person, by=a_learner(), course=version.course, language="en", run=run, now=late)
    with shared_database(tmp_path):
        left, left_again, joined = together([leave, leave, enrol])
    assert sum(isinstance(one, Conflict) for one in (left, left_again)) == 1, (left, left_again)
    assert isinstance(joined, Enrolment)
    states = dict(Enrolment.objects.values_list("pk", "state"))
    assert states == {seated.pk: "left", first.pk: "active", second.pk: "waiting", joined.pk: "waiting"}


def test_a_course_is_completed_once_although_two_devices_do_the_last_units(tmp_path: Path) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["text", "picture"]))
    for key in ("text", "picture"):
        a_done_unit(enrolment, key, done_at=None)
    done = partial(mark_unit_done, by=enrolment.person, enrolment_uid=enrolment.uid)
    with shared_database(tmp_path):
        found = together([partial(done, unit_key=key) for key in ("text", "picture") * 2])
    assert [one for one in found if not isinstance(one, Step)] == []
    assert EarnedAchievement.objects.count() == 1
    assert Enrolment.objects.get().state == "completed"
    assert AuditEvent.objects.filter(action="complete_if_due").count() == 1


def test_a_last_test_that_is_handed_in_on_two_devices_completes_the_course_once(tmp_path: Path) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["quiz"]))
    attempt = start_unit_attempt(by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="quiz", now=NOW)
    submit = partial(submit_unit_attempt, by=enrolment.person, attempt_uid=attempt.uid, now=NOW)
    with shared_database(tmp_path):
        found = together([submit] * DEVICES)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert EarnedAchievement.objects.count() == 1


def test_in_whatever_order_reports_arrive_the_newest_state_stays(tmp_path: Path) -> None:
    enrolment = an_enrolment(a_course_with_content(kinds=["video", "text"]))

    def report(number: int) -> Reported:
        seen = {"duration": 100, "position": 10 * number, "spans": [[0, 10 * number]]}
        return report_unit(
            by=enrolment.person, enrolment_uid=enrolment.uid, unit_key="video", report=seen, save_number=number
        )

    with shared_database(tmp_path):
        found = together([partial(report, number) for number in (2, 4, 1, 3)])
    assert [one for one in found if not isinstance(one, Reported)] == []
    stored = UnitProgress.objects.get()
    assert (stored.save_number, stored.state["position"], stored.state["spans"]) == (4, 40, [[0, 40]])


def test_a_unit_opened_for_the_first_time_on_several_devices_leaves_one_trace(tmp_path: Path) -> None:
    enrolment = an_enrolment(a_course_with_content())
    unit = enrolment.version.units.get(key="text")
    with shared_database(tmp_path):
        found = together([partial(see_unit, by=enrolment.person, enrolment=enrolment, unit=unit, now=NOW)] * DEVICES)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert UnitProgress.objects.count() == 1
