"""What of a discussion is shown to whom."""

from __future__ import annotations

from typing import Any

import pytest
from tests.learning import records
from tests.records import a_provider

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Post
from synchromesh.learning.operations.discussion import hide_post, report_post
from synchromesh.learning.queries.discussion import (
    get_moderation,
    list_threads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published version of a course with a provider."""
    version = records.a_course_with_content()
    version.course.provider = a_provider()
    version.course.save()
    return version


@pytest.fixture
def tutor(version: ContentVersion) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), version.course, "tutor")


def _post(course: Course, author: User | None, text: str = "Why?", **columns: Any) -> Post:
    given = {"course": course, "unit_key": "text", "author": author, "text": text, "language": "en"}
    return Post.objects.create(**(given | columns))


def test_learners_read_what_is_said_to_all_and_to_their_cohort(version: ContentVersion, tutor: User) -> None:
    course, run, other = version.course, *(records.a_cohort(version.course).run for _ in range(2))
    for text, where in (("all", None), ("mine", run), ("other", other)):
        _post(course, tutor, text, run=where)
    member, alone = (records.an_enrolment(version, run=where).person for where in (run, None))

    def texts(reader: User) -> list[str]:
        return [thread.post.text for thread in list_threads(course, "text", visible_to=reader)]

    assert texts(member) == ["all", "mine"]
    assert texts(alone) == ["all"]
    assert texts(tutor) == ["all", "mine", "other"]
    assert len(get_moderation(course, visible_to=tutor).newest) == 3
    assert [thread.post.text for thread in list_threads(course, "text", visible_to=tutor, run=other)] == ["other"]


def test_a_post_shows_a_name_and_never_an_address(version: ContentVersion) -> None:
    nameless = records.an_enrolment(version, records.a_learner(name="anna", email="anna@example.org")).person
    User.objects.filter(pk=nameless.pk).update(name="")
    _post(version.course, nameless)
    _post(version.course, None)
    threads = list_threads(version.course, "text", visible_to=records.an_enrolment(version).person)
    assert [thread.post.author for thread in threads] == ["", ""]


def test_a_hidden_post_keeps_its_place_and_its_text_only_for_tutors_and_its_author(
    version: ContentVersion, tutor: User
) -> None:
    author, reader = (records.an_enrolment(version).person for _ in range(2))
    post = _post(version.course, author, "Rude words")
    _post(version.course, reader, "An answer", answers=post)
    hide_post(by=tutor, uid=post.uid, reason="Not kind")
    shown = {person: list_threads(version.course, "text", visible_to=person)[0] for person in (author, reader, tutor)}
    assert [shown[person].post.text for person in (author, reader, tutor)] == ["Rude words", "", "Rude words"]
    assert {thread.post.hidden_because for thread in shown.values()} == {"Not kind"}
    assert [thread.answers[0].text for thread in shown.values()] == ["An answer"] * 3


def test_whoever_teaches_is_marked(version: ContentVersion, tutor: User, staff: User) -> None:
    editor = records.a_learner()
    provider = Organisation.objects.get(courses=version.course)
    Membership.objects.create(person=editor, organisation=provider, role="editor")
    learner = records.an_enrolment(version).person
    for author in (tutor, editor, staff, learner):
        _post(version.course, author)
    threads = list_threads(version.course, "text", visible_to=learner)
    assert [thread.post.is_tutor for thread in threads] == [True, True, True, False]
    assert [thread.post.may_report for thread in threads] == [True, True, True, False]


def test_tutors_read_why_a_post_was_reported_and_nobody_else_does(version: ContentVersion, tutor: User) -> None:
    learner, other = (records.an_enrolment(version).person for _ in range(2))
    post = _post(version.course, learner)
    report_post(by=other, uid=post.uid, reason="Rude")
    found = get_moderation(version.course, visible_to=tutor)
    (reported,) = found.reported
    assert found.newest == ()
    assert (reported.reasons, reported.post.reports) == (("Rude",), 1)
    assert list_threads(version.course, "text", visible_to=learner)[0].post.reports == 0
    with pytest.raises(NotFound):
        get_moderation(version.course, visible_to=learner)


def test_a_discussion_takes_as_many_questions_for_many_posts(
    version: ContentVersion, tutor: User, django_assert_max_num_queries: Any
) -> None:
    reader = records.an_enrolment(version).person
    for number in range(8):
        _post(version.course, tutor, answers=_post(version.course, reader, f"{number}"))
    with django_assert_max_num_queries(8):
        assert len(list_threads(version.course, "text", visible_to=reader)) == 8
