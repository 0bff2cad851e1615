"""Reviews: who may write, show and answer them, and what changed words bring about."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from tests.pathways.review_records import a_review, finish
from tests.records import TODAY, a_course, a_provider, stored

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.pathways.models import Review
from synchromesh.pathways.operations.reviews import (
    delete_review,
    delete_review_answer,
    publish_review,
    refuse_review,
    write_review,
    write_review_answer,
)
from synchromesh.pathways.queries.reviews import list_shown_reviews
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(organisation: Organisation) -> Course:
    """A course of `organisation`."""
    return a_course("welding", provider=organisation)


@pytest.fixture
def review(course: Course, person: User) -> Review:
    """A waiting review of `person`."""
    finish(person, course)
    return write_review(by=person, course=course, helped=3, words="Good trainer.", language="en")


def _write(by: User, course: Course, **said: object) -> Review:
    return write_review(by=by, course=course, **({"helped": 2, "words": "", "language": "en"} | said))  # type: ignore[arg-type]


def test_a_review_waits_until_it_was_read_and_shown(review: Review, course: Course, staff: User) -> None:
    assert (review.state, review.finished_on) == ("waiting", TODAY)
    assert list_shown_reviews(course).reviews == []
    publish_review(by=staff, uid=review.uid, seen=review.written_at)
    assert list_shown_reviews(course).reviews == [review]
    after = Review.objects.get()
    assert (after.written_at, after.decided_by) == (review.written_at, staff.public_id)


def test_only_somebody_who_finished_the_course_can_review_it(course: Course, person: User) -> None:
    other = finish(person, a_course("gluing"))
    with pytest.raises(NotAllowed):
        _write(person, course)
    other.course, other.status = course, "started"
    other.save()
    with pytest.raises(NotAllowed):
        _write(person, course)
    assert not Review.objects.exists()


def test_who_finished_a_course_that_was_merged_may_review_the_one_that_stays(course: Course, person: User) -> None:
    finish(person, a_course("old-welding", published_at=None, merged_into=course), on=date(2026, 5, 1))
    assert _write(person, course).finished_on == date(2026, 5, 1)


def test_the_providers_own_people_cannot_review_its_courses(
    course: Course, member: User, editor: User, manager: User
) -> None:
    for own in (member, editor, manager):
        finish(own, course)
        with pytest.raises(NotAllowed):
            _write(own, course)
    assert not Review.objects.exists()


def test_changed_words_wait_again_and_the_same_words_do_not(
    review: Review, course: Course, person: User, staff: User
) -> None:
    publish_review(by=staff, uid=review.uid, seen=review.written_at)
    _write(person, course, helped=3, words=" Good trainer. ")
    assert Review.objects.get().state == "shown"
    _write(person, course, helped=3, words="Buy pills!")
    after = Review.objects.get()
    assert (after.state, after.decided_by, after.decided_at) == ("waiting", "", None)


def test_words_that_changed_after_they_were_read_are_not_shown(
    review: Review, course: Course, person: User, staff: User
) -> None:
    seen = review.written_at
    _write(person, course, words="Buy pills!")
    with pytest.raises(Conflict):
        publish_review(by=staff, uid=review.uid, seen=seen)
    with pytest.raises(Conflict):
        refuse_review(by=staff, uid=review.uid, seen=seen, reason="Advertising")
    assert Review.objects.get().state == "waiting"


def test_nobody_but_alliance_staff_decides(review: Review, person: User, manager: User, staff: User) -> None:
    before = stored()
    for other in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            publish_review(by=other, uid=review.uid, seen=review.written_at)
        with pytest.raises(NotAllowed):
            refuse_review(by=other, uid=review.uid, seen=review.written_at, reason="No")
    assert stored() == before
    publish_review(by=OPERATOR, uid=review.uid, seen=review.written_at)
    with pytest.raises(Conflict):
        publish_review(by=staff, uid=review.uid, seen=review.written_at)


def test_nobody_decides_about_their_own_words_or_their_own_organisation(
    course: Course, organisation: Organisation, staff: User
) -> None:
    finish(staff, course)
    own = _write(staff, course)
    with pytest.raises(NotAllowed):
        publish_review(by=staff, uid=own.uid, seen=own.written_at)
    other = a_review(course, state="waiting")
    Membership.objects.create(person=staff, organisation=organisation, role="member")
    with pytest.raises(NotAllowed):
        publish_review(by=staff, uid=other.uid, seen=other.written_at)


def test_a_refusal_has_a_reason_that_its_author_reads(review: Review, staff: User, asked_jobs: list[str]) -> None:
    with pytest.raises(InvalidInput):
        refuse_review(by=staff, uid=review.uid, seen=review.written_at, reason=" ")
    assert asked_jobs == []
    refuse_review(by=staff, uid=review.uid, seen=review.written_at, reason="It names a trainer.")
    after = Review.objects.get()
    assert (after.state, after.reason) == ("refused", "It names a trainer.")
    assert asked_jobs == ["plumbing.tasks.deliver_mail"]


def test_the_providers_editors_answer_a_shown_review_and_change_the_answer(
    review: Review, editor: User, staff: User
) -> None:
    with pytest.raises(NotFound):
        write_review_answer(by=editor, uid=review.uid, words="Thanks", language="en")
    publish_review(by=staff, uid=review.uid, seen=review.written_at)
    for words in ("Thanks", "Many thanks"):
        write_review_answer(by=editor, uid=review.uid, words=words, language="en")
    after = Review.objects.get()
    assert (after.answer, after.answered_by, after.written_at) == ("Many thanks", editor.public_id, review.written_at)
    delete_review_answer(by=editor, uid=review.uid)
    assert Review.objects.get().answer == ""


def test_nobody_else_answers_for_the_provider(course: Course, member: User, person: User, staff: User) -> None:
    review, stranger = a_review(course), User.objects.create_user(email="s@example.org", password=None)
    Membership.objects.create(person=stranger, organisation=a_provider(), role="manager")
    for other in (member, person, staff, stranger):
        with pytest.raises(NotAllowed):
            write_review_answer(by=other, uid=review.uid, words="Thanks", language="en")
    for other in (member, person, stranger):
        with pytest.raises(NotAllowed):
            delete_review_answer(by=other, uid=review.uid)
    delete_review_answer(by=staff, uid=review.uid)


def test_an_author_deletes_the_own_review_and_no_other(review: Review, course: Course, person: User) -> None:
    other = a_review(course)
    delete_review(by=person, course=course)
    assert list(Review.objects.all()) == [other]
    with pytest.raises(NotFound):
        delete_review(by=person, course=course)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"helped": 0}, "helped"),
        ({"helped": 4}, "helped"),
        ({"words": "x" * 2001}, "words"),
        ({"language": "klingon"}, "language"),
    ],
)
def test_a_review_that_cannot_be_read_is_refused_with_the_field(
    course: Course, person: User, said: dict[str, object], field: str
) -> None:
    finish(person, course)
    with pytest.raises(InvalidInput) as refused:
        _write(person, course, **said)
    assert refused.value.field == field


def test_words_are_kept_as_lines_without_what_cannot_be_printed(course: Course, person: User) -> None:
    finish(person, course)
    written = _write(person, course, words="One\x00\r\n\r\n\r\n\r\n<b>two</b>\u202e  three\t")
    assert written.words == "One\n\n<b>two</b> three"


def test_the_trail_has_no_words(review: Review, staff: User, editor: User) -> None:
    publish_review(by=staff, uid=review.uid, seen=review.written_at)
    write_review_answer(by=editor, uid=review.uid, words="Thanks", language="en")
    lines = AuditEvent.objects.filter(target_kind="review").order_by("pk")
    assert [line.action for line in lines] == ["write_review", "publish_review", "write_review_answer"]
    assert "trainer" not in str([line.details for line in lines])
    assert mail.outbox == []
