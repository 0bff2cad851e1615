"""Discussions: who takes part, what one may say, what tutors hide."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.cache import cache
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import ContentVersion, Post, PostReport
from synchromesh.learning.operations import discussion as operations
from synchromesh.learning.queries.discussion import list_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published version."""
    return records.a_course_with_content()


@pytest.fixture
def course(version: ContentVersion) -> Course:
    """The course of the version."""
    return version.course


@pytest.fixture
def learner(version: ContentVersion) -> User:
    """Somebody who learns alone."""
    return records.an_enrolment(version).person


@pytest.fixture
def tutor(course: Course) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), course, "tutor")


def _post(by: User, course: Course, text: str = "Why?", *, run: Run | None = None, answers: UUID | None = None) -> Post:
    return operations.write_post(
        by=by, course=course, unit_key="text", text=text, language="en", run=run, answers=answers
    )


def test_a_post_is_plain_text_with_its_lines(learner: User, course: Course) -> None:
    post = _post(learner, course, "<b>One</b>\r\n\r\n\r\n\r\ntwo\x07  three ")
    assert post.text == "<b>One</b>\n\ntwo three"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_an_empty_or_endless_post_is_refused(learner: User, course: Course, text: str) -> None:
    with pytest.raises(InvalidInput):
        _post(learner, course, text)


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_does_not_learn_here_takes_no_part(version: ContentVersion, state: str) -> None:
    stranger = records.an_enrolment(version, state=state).person
    with pytest.raises(NotFound):
        _post(stranger, version.course)
    with pytest.raises(NotFound):
        list_threads(version.course, "text", visible_to=stranger)


def test_a_unit_that_is_not_published_has_no_discussion(learner: User, course: Course) -> None:
    records.a_course_with_content(course=course, published=False, kinds=("picture",))
    with pytest.raises(NotFound):
        operations.write_post(by=learner, course=course, unit_key="picture", text="Why?", language="en")


def test_answers_go_one_level_deep(learner: User, tutor: User, course: Course) -> None:
    first = _post(learner, course)
    answer = _post(tutor, course, "Because.", answers=first.uid)
    assert answer.answers == first
    with pytest.raises(Conflict):
        _post(learner, course, answers=answer.uid)


def test_what_is_said_to_a_cohort_stays_in_it(version: ContentVersion, learner: User, tutor: User) -> None:
    course, run = version.course, records.a_cohort(version.course).run
    member = records.an_enrolment(version, run=run).person
    first = _post(member, course, run=run)
    for attempt in (
        lambda: _post(learner, course, run=run),
        lambda: _post(learner, course, answers=first.uid),
        lambda: operations.report_post(by=learner, uid=first.uid, reason="Rude"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert _post(tutor, course, answers=first.uid).run == run


def test_ten_posts_in_ten_minutes_are_enough(learner: User, tutor: User, course: Course) -> None:
    for _ in range(10):
        _post(learner, course)
    with pytest.raises(Conflict):
        _post(learner, course)
    _post(tutor, course)
    cache.clear()
    _post(learner, course)


def test_a_reported_post_is_hidden_with_a_reason_and_shown_again(
    learner: User, tutor: User, version: ContentVersion
) -> None:
    post = _post(learner, version.course)
    other = records.an_enrolment(version).person
    operations.report_post(by=other, uid=post.uid, reason="Rude")
    operations.report_post(by=other, uid=post.uid, reason="Very rude")
    assert [report.reason for report in PostReport.objects.filter(settled_at=None)] == ["Very rude"]

    operations.hide_post(by=tutor, uid=post.uid, reason="Not kind")

    assert not PostReport.objects.filter(settled_at=None).exists()
    with pytest.raises(Conflict):
        _post(other, version.course, answers=post.uid)
    assert operations.restore_post(by=tutor, uid=post.uid).hidden_at is None


def test_nobody_reports_their_own_post(learner: User, course: Course) -> None:
    with pytest.raises(Conflict):
        operations.report_post(by=learner, uid=_post(learner, course).uid, reason="Rude")


def test_reports_are_settled_without_hiding(learner: User, tutor: User, version: ContentVersion) -> None:
    post = _post(learner, version.course)
    operations.report_post(by=records.an_enrolment(version).person, uid=post.uid, reason="Rude")
    assert operations.settle_post_reports(by=tutor, uid=post.uid) == 1
    post.refresh_from_db()
    assert post.hidden_at is None


def test_a_learner_hides_nothing_and_a_stranger_does_not_learn_that_there_is_something(
    learner: User, tutor: User, course: Course, person: User
) -> None:
    post = _post(tutor, course)
    with pytest.raises(NotAllowed):
        operations.hide_post(by=learner, uid=post.uid, reason="I do not like it")
    with pytest.raises(NotFound):
        operations.hide_post(by=person, uid=post.uid, reason="I do not like it")


def test_a_tutor_of_another_course_hides_nothing(learner: User, course: Course) -> None:
    other = records.a_course_with_content("other").course
    tutor = records.give_part(records.a_learner(), other, "tutor")
    with pytest.raises(NotFound):
        operations.hide_post(by=tutor, uid=_post(learner, course).uid, reason="Not kind")


def test_own_words_are_taken_back_and_answers_stay(learner: User, tutor: User, course: Course) -> None:
    alone, answered = _post(learner, course), _post(learner, course)
    _post(tutor, course, "Because.", answers=answered.uid)
    with pytest.raises(NotFound):
        operations.withdraw_post(by=tutor, uid=alone.uid)
    for post in (alone, answered):
        operations.withdraw_post(by=learner, uid=post.uid)
    (thread,) = list_threads(course, "text", visible_to=tutor)
    assert (thread.post.text, thread.post.is_withdrawn, thread.answers[0].text) == ("", True, "Because.")
    with pytest.raises(Conflict):
        operations.restore_post(by=tutor, uid=answered.uid)
