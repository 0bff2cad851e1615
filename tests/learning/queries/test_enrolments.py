"""Tests of synchromesh.learning.queries.enrolments."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import NOW, a_cohort, a_course_with_content, a_learner, an_enrolment, give_part

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment
from synchromesh.learning.queries.enrolments import (
    find_enrolment,
    get_enrolment,
    get_enrolment_to_learn,
    list_enrolments,
    place_in_waiting_list,
)

pytestmark = pytest.mark.django_db


def test_the_latest_round_is_the_one_that_is_found() -> None:
    first = an_enrolment(a_course_with_content(), state="completed")
    assert find_enrolment(first.person, first.course) == first
    second = an_enrolment(first.version, first.person, round=2)
    assert find_enrolment(first.person, first.course) == second
    assert list_enrolments(first.person) == [second, first]


def test_visitors_and_others_have_no_enrolment() -> None:
    enrolment = an_enrolment(a_course_with_content())
    for somebody in (VISITOR, AnonymousUser(), a_learner()):
        assert find_enrolment(somebody, enrolment.course) is None  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            get_enrolment_to_learn(somebody, enrolment.course.slug)  # type: ignore[arg-type]


def test_another_persons_enrolment_does_not_exist(staff: User) -> None:
    enrolment = an_enrolment(a_course_with_content())
    tutor = give_part(a_learner(), enrolment.course, "tutor")
    assert get_enrolment(str(enrolment.uid), visible_to=enrolment.person) == enrolment
    for somebody in (a_learner(), tutor, staff, VISITOR):
        with pytest.raises(NotFound):
            get_enrolment(enrolment.uid, visible_to=somebody)
    with pytest.raises(NotFound):
        get_enrolment("no-uid", visible_to=enrolment.person)


@pytest.mark.parametrize("state", ["active", "completed"])
def test_whoever_has_a_place_learns_in_one_question(
    state: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enrolment = an_enrolment(a_course_with_content(), state=state)
    with django_assert_num_queries(1):
        found = get_enrolment_to_learn(enrolment.person, enrolment.course.slug)
        assert (found, found.version.languages, found.course.slug) == (enrolment, ["en", "de"], "hv-safety")


@pytest.mark.parametrize("state", ["left", "waiting"])
def test_whoever_has_no_place_does_not_learn(state: str) -> None:
    enrolment = an_enrolment(a_course_with_content(), state=state)
    with pytest.raises(NotFound):
        get_enrolment_to_learn(enrolment.person, enrolment.course.slug)


def test_what_was_completed_can_be_read_again_after_leaving_a_later_round() -> None:
    first = an_enrolment(a_course_with_content(), state="completed")
    an_enrolment(first.version, first.person, round=2, state="left")
    assert get_enrolment_to_learn(first.person, first.course.slug) == first


def test_a_closed_account_and_an_unpublished_version_are_not_learned() -> None:
    enrolment = an_enrolment(a_course_with_content(), a_learner("closed", is_active=False))
    with pytest.raises(NotFound):
        get_enrolment_to_learn(enrolment.person, enrolment.course.slug)
    ContentVersion.objects.update(published_at=None)
    User.objects.update(is_active=True)
    with pytest.raises(NotFound):
        get_enrolment_to_learn(User.objects.get(), enrolment.course.slug)


def test_the_waiting_list_is_counted_from_who_waits_longest() -> None:
    version = a_course_with_content()
    run, other = a_cohort(version.course).run, a_cohort(version.course).run
    for minutes in (3, 1, 2):
        an_enrolment(version, run=run, state="waiting", enrolled_at=NOW + timedelta(minutes=minutes))
    an_enrolment(version, run=other, state="waiting", enrolled_at=NOW)
    an_enrolment(version, run=run, enrolled_at=NOW)
    waiting = Enrolment.objects.filter(run=run).order_by("enrolled_at")
    assert [place_in_waiting_list(one) for one in waiting] == [None, 1, 2, 3]
