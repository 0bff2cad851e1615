"""Pages of tutors: who learns, what waits for a mark, how questions work."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import (
    a_course_with_content,
    a_learner,
    an_enrolment,
    give_part,
)

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Response
from synchromesh.learning.models import ContentVersion, Enrolment, StuckReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published course with a text and an assignment."""
    return a_course_with_content(kinds=("text", "assignment", "quiz"))


@pytest.fixture
def tutor(version: ContentVersion) -> User:
    """Somebody who marks."""
    return give_part(a_learner("Tara Tutor"), version.course, "tutor")


def _handed_in(enrolment: Enrolment) -> Response:
    """An assignment that waits for a mark."""
    unit = enrolment.version.units.get(kind="assignment")
    assert unit.instrument is not None
    now = timezone.now()
    attempt = Attempt.objects.create(
        instrument=unit.instrument,
        person=enrolment.person,
        occasion=enrolment.uid,
        number=1,
        seed=1,
        language="en",
        started_at=now,
        submitted_at=now,
    )
    entries = [entry for part in unit.instrument.parts.all() for entry in part.entries.all()]
    question = next(entry.question for entry in entries if entry.question.kind == "free-text")
    return Response.objects.create(
        attempt=attempt,
        position=1,
        question=question,
        answer="First I switch it off.",
        waits_for_mark=True,
        saved_at=now,
    )


def test_a_tutor_marks_an_answer_by_its_rubric_and_the_attempt_is_finished(
    client: Client, version: ContentVersion, tutor: User
) -> None:
    response = _handed_in(an_enrolment(version, a_learner("Lena Learner")))
    client.force_login(tutor)
    page = client.get(f"/en/teach/courses/{version.course.slug}/marking/").content.decode()
    address = f"/en/teach/courses/{version.course.slug}/marking/{response.attempt.uid}/1/"
    assert "Lena Learner" in page
    assert address in page
    shown = client.get(address)
    assert "First I switch it off." in shown.content.decode()
    criteria = shown.context["criteria"]
    refused = client.post(address, {"comment": "Good start"})
    assert refused.status_code == 422
    assert "Good start" in refused.content.decode()
    best = {row["name"]: row["steps"][-1]["value"] for row in criteria}
    assert client.post(address, best | {"comment": "Well done"}).status_code == 302
    response.refresh_from_db()
    assert not response.waits_for_mark
    assert Attempt.objects.get().marked_at is not None
    assert (
        "Nothing waits for a mark" in client.get(f"/en/teach/courses/{version.course.slug}/marking/").content.decode()
    )


def test_nobody_but_those_who_teach_sees_learners_answers_or_statistics(
    client: Client, version: ContentVersion
) -> None:
    response = _handed_in(an_enrolment(version, a_learner("Lena Learner")))
    start = f"/en/teach/courses/{version.course.slug}"
    ways = ("learners/", "marking/", "statistics/", f"marking/{response.attempt.uid}/1/")
    for person in (response.attempt.person, a_learner("Somebody Else")):
        client.force_login(person)
        assert {client.get(f"{start}/{way}").status_code for way in ways} <= {403, 404}
    reviewer = give_part(a_learner("Rita Reviewer"), version.course, "reviewer")
    client.force_login(reviewer)
    assert client.get(f"{start}/statistics/").status_code == 200
    assert {client.get(f"{start}/{way}").status_code for way in ways if way != "statistics/"} == {404}


def test_an_answer_is_not_found_below_another_course(client: Client, version: ContentVersion, tutor: User) -> None:
    response = _handed_in(an_enrolment(version))
    other = a_course_with_content("another", kinds=("text",))
    give_part(tutor, other.course, "tutor")
    client.force_login(tutor)
    assert client.get(f"/en/teach/courses/another/marking/{response.attempt.uid}/1/").status_code == 404
    assert client.get(f"/en/teach/courses/another/marking/{uuid4()}/1/").status_code == 404


def test_sixty_learners_take_as_many_queries_as_one_and_a_report_is_settled(
    client: Client, version: ContentVersion, tutor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stuck = an_enrolment(version, a_learner("Stefan Stuck"))
    report = StuckReport.objects.create(enrolment=stuck, unit=version.units.first(), text="Which glove?")  # type: ignore[misc]
    for _ in range(60):
        an_enrolment(version)
    client.force_login(tutor)
    address = f"/en/teach/courses/{version.course.slug}/learners/"
    with django_assert_max_num_queries(12):  # session, person, course, two of parts, cohorts, the view
        page = client.get(address).content.decode()
    assert "1 learner needs a look" in page
    assert "Which glove?" in page
    assert client.post(f"{address}?show=stuck", {"settle": str(report.uid)}).status_code == 302
    assert "Nobody is stuck" in client.get(address).content.decode()
    table = client.get(f"{address}?format=csv")
    assert table["Content-Type"].startswith("text/csv")
    assert len(table.content.decode("utf-8-sig").splitlines()) == 62


def test_the_statistics_say_that_nobody_has_finished_yet(client: Client, version: ContentVersion, tutor: User) -> None:
    client.force_login(tutor)
    page = client.get(f"/en/teach/courses/{version.course.slug}/statistics/").content.decode()
    assert "Nobody has finished this test yet" in page
