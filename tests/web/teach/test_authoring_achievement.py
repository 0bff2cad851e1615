"""What completing a course earns: made from the course, linked, and unlinked, by whoever works for both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.credentials.records import an_achievement, an_issuer
from tests.learning.records import a_course_with_content, give_part

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.learning.models import CourseAchievement

pytestmark = pytest.mark.django_db
UNKNOWN_VARIABLE = "⚠"


@pytest.fixture
def course(manager: User) -> Course:
    """A published course of the manager's organisation, which is an issuer."""
    organisation = manager.memberships.get().organisation
    an_issuer(organisation)
    course: Course = a_course_with_content(kinds=("text",)).course
    course.provider, course.minutes = organisation, 90
    course.summaries, course.outcomes = {"en": "In short"}, {"en": ["Isolates a vehicle"]}
    course.save()
    return course


@pytest.fixture
def as_person(client: Client) -> Callable[[User], Client]:
    """The client, signed in."""

    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def test_an_achievement_is_made_from_a_course_and_unlinked(
    course: Course, manager: User, as_person: Callable[[User], Client], asked_jobs: list[str]
) -> None:
    client, page = as_person(manager), f"/en/teach/courses/{course.slug}/achievement/"
    assert "earns no credential yet" in client.get(page).content.decode()
    sent = {"do": "make", "issuer": manager.memberships.get().organisation.slug}
    assert client.post(page, sent).status_code == 302
    linked = CourseAchievement.objects.get()
    assert linked.achievement.versions.get().published_at is not None
    shown = client.get(page).content.decode()
    assert f"/en/award/achievements/{linked.achievement.slug}/" in shown
    assert UNKNOWN_VARIABLE not in shown
    again = client.post(page, sent)
    assert again.status_code == 422
    assert "has an achievement already" in again.content.decode()
    assert client.post(page, {"do": "unlink"}).status_code == 302
    assert not CourseAchievement.objects.exists()


def test_one_that_is_there_is_linked(
    course: Course, manager: User, as_person: Callable[[User], Client], asked_jobs: list[str]
) -> None:
    achievement = an_achievement(manager.memberships.get().organisation.issuer)
    client, page = as_person(manager), f"/en/teach/courses/{course.slug}/achievement/"
    assert client.post(page, {"do": "link", "achievement": "no-such"}).status_code == 422
    assert client.post(page, {"do": "link", "achievement": achievement.slug}).status_code == 302
    assert CourseAchievement.objects.get().achievement == achievement


def test_an_author_who_works_for_no_issuer_is_told_so(
    course: Course, person: User, as_person: Callable[[User], Client]
) -> None:
    give_part(person, course, "author")
    page = as_person(person).get(f"/en/teach/courses/{course.slug}/achievement/").content.decode()
    assert "must also work for an issuer" in page
    assert "Make and publish it" not in page


def test_a_reviewer_reads_it_and_changes_nothing(
    course: Course, person: User, as_person: Callable[[User], Client]
) -> None:
    give_part(person, course, "reviewer")
    client, page = as_person(person), f"/en/teach/courses/{course.slug}/achievement/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"do": "unlink"}).status_code == 403
