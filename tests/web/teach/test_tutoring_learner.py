"""The page of one learner: units, tries, results, and more time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import a_course_with_content, a_done_unit, a_learner, an_enrolment, give_part

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, TimeAllowance
from synchromesh.learning.models import ContentVersion, Enrolment, StuckReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published course with a test."""
    return a_course_with_content(kinds=("text", "quiz"))


@pytest.fixture
def enrolment(version: ContentVersion) -> Enrolment:
    """A learner."""
    return an_enrolment(version, a_learner("Lena"))


@pytest.fixture
def tutor(client: Client, version: ContentVersion) -> User:
    """A tutor, signed in."""
    person = give_part(a_learner("Tara Tutor"), version.course, "tutor")
    client.force_login(person)
    return person


def _address(enrolment: Enrolment) -> str:
    return f"/en/teach/courses/hv-safety/learners/{enrolment.uid}/"


def _attempt(enrolment: Enrolment, number: int = 1, **columns: Any) -> Attempt:
    unit = enrolment.version.units.get(kind="quiz")
    given = {"instrument": unit.instrument, "person": enrolment.person, "occasion": enrolment.uid, "number": number}
    return Attempt.objects.create(**(given | {"seed": 1, "language": "en", "started_at": timezone.now()} | columns))


def _finished(enrolment: Enrolment, number: int, points: int) -> Attempt:
    now = timezone.now()
    done = {"submitted_at": now, "marked_at": now, "points": Decimal(points), "most_points": Decimal(4)}
    return _attempt(enrolment, number, passed=points > 2, **done)


def test_a_tutor_sees_units_tries_and_results(client: Client, tutor: User, enrolment: Enrolment) -> None:
    a_done_unit(enrolment, "text")
    _finished(enrolment, 1, 1)
    _finished(enrolment, 2, 3)
    page = client.get(_address(enrolment)).content.decode()
    assert "1 of 2 steps done." in page
    assert "25 %, not passed" in page
    assert "75 %, passed, counts" in page
    assert "1 minute" in page
    assert "example.org" not in page.partition("<main")[2].partition("</main")[0].replace("courses", "")


def test_more_time_is_given_for_all_tests_and_taken_away(client: Client, tutor: User, enrolment: Enrolment) -> None:
    assert client.post(_address(enrolment), {"do": "percent", "percent": "25"}).status_code == 302
    assert TimeAllowance.objects.get().percent == 25
    assert "Has 25 % more time" in client.get(_address(enrolment)).content.decode()
    for wrong in ("", "much", "301"):
        answer = client.post(_address(enrolment), {"do": "percent", "percent": wrong})
        assert answer.status_code == 422
        assert 'href="#percent"' in answer.content.decode()
    client.post(_address(enrolment), {"do": "percent", "percent": "0"})
    assert not TimeAllowance.objects.exists()


def test_a_running_test_ends_later(client: Client, tutor: User, enrolment: Enrolment) -> None:
    due_at = timezone.now() + timedelta(minutes=5)
    attempt = _attempt(enrolment, due_at=due_at)
    assert "Tests that run now" in client.get(_address(enrolment)).content.decode()
    given = {"do": "minutes", "attempt": str(attempt.uid), "minutes": "10"}
    assert "10 minutes more." in client.post(_address(enrolment), given, follow=True).content.decode()
    attempt.refresh_from_db()
    assert attempt.due_at == due_at + timedelta(minutes=10)
    refused = client.post(_address(enrolment), given | {"minutes": "9999"})
    assert f'href="#minutes-{attempt.uid}"' in refused.content.decode()
    Attempt.objects.update(submitted_at=timezone.now())
    assert "has ended meanwhile" in client.post(_address(enrolment), given).content.decode()


def test_a_report_of_this_learner_alone_is_settled_here(client: Client, tutor: User, enrolment: Enrolment) -> None:
    unit = enrolment.version.units.get(key="text")
    report = StuckReport.objects.create(enrolment=enrolment, unit=unit, text="Which glove?")
    other = StuckReport.objects.create(enrolment=an_enrolment(enrolment.version), unit=unit)
    assert "Which glove?" in client.get(_address(enrolment)).content.decode()
    assert client.post(_address(enrolment), {"do": "settle", "report": str(other.uid)}).status_code == 404
    assert client.post(_address(enrolment), {"do": "settle", "report": str(report.uid)}).status_code == 302
    report.refresh_from_db()
    assert report.settled_at is not None


def test_nobody_but_tutors_and_authors_sees_a_learner(client: Client, enrolment: Enrolment) -> None:
    course = enrolment.course
    reviewer = give_part(a_learner("Rita Reviewer"), course, "reviewer")
    other = give_part(a_learner("Olaf Other"), a_course_with_content("other", kinds=("text",)).course, "author")
    for person in (enrolment.person, reviewer, other):
        client.force_login(person)
        assert client.get(_address(enrolment)).status_code in {403, 404}
        assert client.post(_address(enrolment), {"do": "percent", "percent": "25"}).status_code in {403, 404}
    assert client.get(_address(enrolment).replace("hv-safety", "other")).status_code == 404
    assert not TimeAllowance.objects.exists()


def test_tutors_give_no_time_to_themselves(client: Client, tutor: User, version: ContentVersion) -> None:
    own = an_enrolment(version, tutor)
    page = client.get(_address(own)).content.decode()
    assert "More time for tests" not in page
    assert client.post(_address(own), {"do": "percent", "percent": "25"}).status_code == 403


def test_ten_tries_take_as_many_queries_as_one(
    client: Client, tutor: User, enrolment: Enrolment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 11):
        _finished(enrolment, number, 1)
    with django_assert_max_num_queries(17):
        client.get(_address(enrolment))
