"""What of reviews is read by whom, and from when on they are counted."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.pathways.review_records import a_review, finish
from tests.records import TODAY, a_course

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotAllowed, NotFound
from synchromesh.pathways.queries.reviews import (
    count_waiting_reviews,
    find_finish_day,
    find_own_review,
    get_review,
    get_shown_review,
    list_reviews_to_read,
    list_shown_reviews,
    list_unanswered_reviews,
)

pytestmark = pytest.mark.django_db


def test_reviews_are_counted_from_three_on_and_hidden_ones_never() -> None:
    course = a_course("welding")
    for name, helped in (("a", 3), ("b", 1)):
        a_review(course, name, helped=helped)
    a_review(course, "c", state="waiting")
    a_review(course, "d", state="refused")
    counts = list_shown_reviews(course).counts
    assert (counts.total, counts.enough) == (2, False)
    a_review(course, "e", helped=2)
    counts = list_shown_reviews(course).counts
    assert (counts.yes, counts.partly, counts.no, counts.enough) == (1, 1, 1, True)


def test_reviews_of_a_merged_course_stand_with_the_one_that_stays() -> None:
    course = a_course("welding")
    merged = a_review(a_course("old-welding", published_at=None, merged_into=course), "a")
    other = a_review(course, "b")
    a_review(a_course("gluing"), "c")
    assert list_shown_reviews(course).reviews == [other, merged]
    assert list_shown_reviews(course, limit=1).reviews == [other]
    assert find_own_review(merged.person, course) == merged


def test_shown_reviews_and_their_counts_take_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    course, empty = a_course("welding"), a_course("gluing")
    for name in "abcd":
        a_review(course, name)
    with django_assert_num_queries(1):
        found = list_shown_reviews(course, limit=3)
    assert (len(found.reviews), found.counts.total) == (3, 4)
    with django_assert_num_queries(1):
        list_shown_reviews(empty, limit=3)


def test_a_course_that_was_only_planned_is_not_finished(person: User, staff: User) -> None:
    course = a_course("welding")
    step = finish(person, course)
    assert find_finish_day(person, course) == TODAY
    assert find_finish_day(staff, course) is None
    step.status = "planned"
    step.save()
    assert find_finish_day(person, course) is None


def test_what_waits_is_read_by_alliance_staff_alone(staff: User, manager: User, person: User) -> None:
    review = a_review(a_course("welding"), state="waiting")
    for other in (manager, person, review.person):
        with pytest.raises(NotAllowed):
            list_reviews_to_read(visible_to=other)
        with pytest.raises(NotAllowed):
            get_review(review.uid, visible_to=other)
    with pytest.raises(NotFound):
        get_shown_review(review.uid)
    assert get_review(review.uid, visible_to=staff) == review
    assert count_waiting_reviews() == 1


def test_the_desk_reads_in_few_questions_what_waits_longest_first(
    staff: User, organisation: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    course = a_course("welding", provider=organisation)
    waiting = [a_review(course, name, state="waiting") for name in "abc"]
    a_review(course, "d")
    with django_assert_max_num_queries(3):
        found = list_reviews_to_read(visible_to=staff)
        assert [(review, review.course.provider) for review in found.page] == [(one, organisation) for one in waiting]
    assert found.counts == {"waiting": 3, "shown": 1, "refused": 0}
    assert len(list_reviews_to_read(visible_to=staff, state="nonsense").page) == 3


def test_the_provider_finds_the_reviews_with_words_that_it_has_not_answered(
    organisation: Organisation, editor: User, member: User, staff: User
) -> None:
    course = a_course("welding", provider=organisation)
    open_one = a_review(course, "a")
    for name, columns in (("b", {"words": ""}), ("c", {"answer": "Thanks"}), ("d", {"state": "waiting"})):
        a_review(course, name, **columns)
    a_review(a_course("gluing"), "e")
    assert list_unanswered_reviews(organisation, visible_to=editor) == [open_one]
    assert [list_unanswered_reviews(organisation, visible_to=other) for other in (member, staff, OPERATOR)] == [
        [],
        [],
        [],
    ]


def test_the_desk_says_where_somebody_else_must_decide(staff: User, organisation: Organisation) -> None:
    own, foreign = a_course("welding", provider=organisation), a_course("gluing")
    Membership.objects.create(person=staff, organisation=organisation, role="member")
    a_review(own, "a", state="waiting")
    a_review(foreign, "b", state="waiting")
    a_review(foreign, "c", state="waiting", person=staff)
    found = list_reviews_to_read(visible_to=staff).page
    assert [review.may_decide for review in found] == [False, True, False]
    assert all(review.may_decide for review in list_reviews_to_read(visible_to=OPERATOR).page)
