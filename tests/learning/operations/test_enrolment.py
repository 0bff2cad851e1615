"""Tests of synchromesh.learning.operations.enrolment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.learning.records import (
    NOW,
    a_cohort,
    a_course_with_content,
    a_done_unit,
    a_learner,
    an_enrolment,
    give_part,
)
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import Enrolment, Pilot, PilotDecision
from synchromesh.learning.operations.enrolment import change_language, enrol_person, leave_course, start_again
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_learner_begins_in_the_newest_published_version() -> None:
    old = a_course_with_content()
    new = a_course_with_content(course=old.course)
    a_course_with_content(course=old.course, published=False)
    learner = a_learner()
    enrolment = enrol_person(by=learner, course=old.course, language="de", now=NOW)
    assert (enrolment.version, enrolment.state, enrolment.language, enrolment.round) == (new, "active", "de", 1)
    assert (enrolment.enrolled_at, enrolment.seated_at, enrolment.joined_by) == (NOW, NOW, "open")
    assert AuditEvent.objects.filter(action="enrol_person", actor=learner.public_id).count() == 1


def test_a_language_that_the_course_does_not_have_becomes_its_source_language() -> None:
    version = a_course_with_content(languages=["de"], source_language="de")
    assert enrol_person(by=a_learner(), course=version.course, language="fr").language == "de"


def test_a_newer_version_never_changes_under_a_learner() -> None:
    version = a_course_with_content()
    enrolment = enrol_person(by=a_learner(), course=version.course, language="en")
    a_course_with_content(course=version.course)
    enrolment.refresh_from_db()
    assert enrolment.version == version


def test_somebody_is_in_a_course_once_at_a_time() -> None:
    enrolment = an_enrolment(a_course_with_content())
    for state in ("active", "waiting", "completed"):
        Enrolment.objects.update(state=state)
        with pytest.raises(Conflict):
            enrol_person(by=enrolment.person, course=enrolment.course, language="en")
    assert Enrolment.objects.count() == 1


def test_a_course_without_published_content_has_nothing_to_learn() -> None:
    draft = a_course_with_content(published=False)
    unpublished = a_course_with_content("hidden", course=a_course("hidden", published_at=None))
    for course in (draft.course, unpublished.course, a_course("empty")):
        with pytest.raises(Conflict):
            enrol_person(by=a_learner(), course=course, language="en")


def test_a_course_that_is_not_offered_yet_can_be_learned_by_whoever_is_let_in() -> None:
    version = a_course_with_content("hidden", course=a_course("hidden", published_at=None))
    cohort = a_cohort(version.course)
    enrolment = enrol_person(by=a_learner(), course=version.course, language="en", run=cohort.run, joined_by="code")
    assert enrolment.state == "active"


def test_a_version_that_is_being_tried_is_for_groups_only_until_it_is_for_everybody() -> None:
    old = a_course_with_content()
    tried = a_course_with_content(course=old.course)
    pilot = Pilot.objects.create(version=tried, target_group="Apprentices", opened_at=NOW)
    run = a_cohort(old.course).run

    def began(**how: object) -> object:
        return enrol_person(by=a_learner(), course=old.course, language="en", **how).version  # type: ignore[arg-type]

    assert (began(), began(run=run)) == (old, tried)
    Pilot.objects.filter(pk=pilot.pk).update(decision=PilotDecision.REVISE)
    assert (began(), began(run=run)) == (old, old)
    Pilot.objects.filter(pk=pilot.pk).update(decision=PilotDecision.GO)
    assert (began(), began(run=run)) == (tried, tried)


def test_seats_are_given_in_order_and_then_one_waits() -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=2).run
    states = [
        enrol_person(by=a_learner(), course=version.course, language="en", run=run, joined_by="open") for _ in range(3)
    ]
    assert [enrolment.state for enrolment in states] == ["active", "active", "waiting"]
    assert states[2].seated_at is None


def test_who_waits_longest_gets_the_place_of_whoever_leaves_and_a_mail(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=1).run
    seated = an_enrolment(version, run=run)
    late, early = (
        an_enrolment(version, run=run, state="waiting", enrolled_at=NOW + timedelta(minutes=minutes))
        for minutes in (2, 1)
    )
    with django_capture_on_commit_callbacks(execute=True):
        leave_course(by=seated.person, enrolment_uid=seated.uid, now=NOW + timedelta(hours=1))
    assert [_state(one) for one in (seated, early, late)] == ["left", "active", "waiting"]
    assert Enrolment.objects.get(pk=early.pk).seated_at == NOW + timedelta(hours=1)
    assert [message.to for message in mail.outbox] == [[early.person.email]]


def test_seats_that_were_added_go_to_those_who_wait_before_anybody_new() -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=1).run
    waiting = an_enrolment(version, run=run, state="waiting")
    new = enrol_person(by=a_learner(), course=version.course, language="en", run=run)
    assert (_state(waiting), new.state) == ("active", "waiting")


def test_leaving_the_waiting_list_moves_nobody() -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=1).run
    an_enrolment(version, run=run)
    first, second = (an_enrolment(version, run=run, state="waiting") for _ in range(2))
    leave_course(by=first.person, enrolment_uid=first.uid)
    assert (_state(first), _state(second)) == ("left", "waiting")


def test_whoever_comes_back_goes_on_where_they_were() -> None:
    old = a_course_with_content()
    enrolment = an_enrolment(old)
    a_done_unit(enrolment, "text")
    leave_course(by=enrolment.person, enrolment_uid=enrolment.uid)
    a_course_with_content(course=old.course)
    again = enrol_person(by=enrolment.person, course=old.course, language="en")
    assert (again.pk, again.version, again.state, again.left_at) == (enrolment.pk, old, "active", None)
    assert again.progress.count() == 1


def test_whoever_comes_back_to_a_full_group_waits() -> None:
    version = a_course_with_content()
    run = a_cohort(version.course, seats=1).run
    enrolment = an_enrolment(version, run=run)
    leave_course(by=enrolment.person, enrolment_uid=enrolment.uid)
    an_enrolment(version, run=run)
    again = enrol_person(by=enrolment.person, course=version.course, language="en", run=run)
    assert (again.state, again.seated_at) == ("waiting", None)


def test_what_is_completed_or_left_cannot_be_left() -> None:
    enrolment = an_enrolment(a_course_with_content())
    for state in ("completed", "left"):
        Enrolment.objects.update(state=state)
        with pytest.raises(Conflict):
            leave_course(by=enrolment.person, enrolment_uid=enrolment.uid)


@pytest.mark.parametrize("state", ["completed", "left"])
def test_a_course_can_be_taken_again_from_its_beginning(state: str) -> None:
    old = a_course_with_content()
    enrolment = an_enrolment(old, state=state)
    a_done_unit(enrolment, "text")
    new = a_course_with_content(course=old.course)
    again = start_again(by=enrolment.person, course=old.course, language="en")
    assert (again.round, again.version, again.progress.count()) == (2, new, 0)
    assert _state(enrolment) == state


def test_only_whoever_has_ended_a_course_begins_it_again() -> None:
    enrolment = an_enrolment(a_course_with_content())
    for person in (enrolment.person, a_learner()):
        with pytest.raises(Conflict):
            start_again(by=person, course=enrolment.course, language="en")


def test_tutors_enrol_others_and_nobody_else_does() -> None:
    version = a_course_with_content()
    tutor, pupil = give_part(a_learner(), version.course, "tutor"), a_learner()
    enrolment = enrol_person(by=tutor, person=pupil, course=version.course, language="en", joined_by="staff")
    assert (enrolment.person, enrolment.joined_by) == (pupil, "staff")
    with pytest.raises(NotAllowed):
        enrol_person(by=a_learner(), person=a_learner(), course=version.course, language="en")
    assert enrol_person(by=OPERATOR, person=a_learner(), course=version.course, language="en").state == "active"


def test_visitors_and_closed_accounts_do_not_enrol() -> None:
    version = a_course_with_content()
    for somebody in (VISITOR, a_learner(is_active=False)):
        with pytest.raises(NotAllowed):
            enrol_person(by=somebody, course=version.course, language="en")


def test_a_group_of_another_course_takes_nobody() -> None:
    run = a_cohort(a_course("other")).run
    with pytest.raises(InvalidInput):
        enrol_person(by=a_learner(), course=a_course_with_content().course, language="en", run=run)


def test_a_learner_changes_to_a_language_that_the_version_has() -> None:
    enrolment = an_enrolment(a_course_with_content())
    assert change_language(by=enrolment.person, enrolment_uid=enrolment.uid, language="de").language == "de"
    with pytest.raises(InvalidInput) as caught:
        change_language(by=enrolment.person, enrolment_uid=enrolment.uid, language="fr")
    assert caught.value.field == "language"


def test_another_persons_enrolment_does_not_exist(staff: User) -> None:
    enrolment = an_enrolment(a_course_with_content())
    tutor = give_part(a_learner(), enrolment.course, "tutor")
    for somebody in (a_learner(), tutor, staff):
        for uid in (enrolment.uid, "no-uid"):
            with pytest.raises(NotFound):
                leave_course(by=somebody, enrolment_uid=uid)
            with pytest.raises(NotFound):
                change_language(by=somebody, enrolment_uid=uid, language="de")
    assert _state(enrolment) == "active"


def _state(enrolment: Enrolment) -> str:
    return Enrolment.objects.get(pk=enrolment.pk).state
