"""Messages to a cohort: kept, and one mail to each learner who has an address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.learning.models import Cohort, CohortMessage
from synchromesh.learning.operations.messages import send_message
from synchromesh.learning.queries.cohorts import list_messages, list_own_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort of a course with content."""
    return records.a_cohort(records.a_course_with_content().course)


@pytest.fixture
def tutor(cohort: Cohort) -> User:
    """A tutor of the course."""
    return records.give_part(records.a_learner("tutor"), cohort.run.course, "tutor")


def test_each_learner_with_an_address_gets_one_mail(
    cohort: Cohort, tutor: User, django_capture_on_commit_callbacks: Any
) -> None:
    version = cohort.run.course.content_versions.get()
    twice = records.an_enrolment(version, run=cohort.run, state="completed").person
    records.an_enrolment(version, twice, run=cohort.run, round=2)
    records.an_enrolment(version, records.a_learner(email=None, sign_in_name="x"), run=cohort.run)
    records.an_enrolment(version, records.a_learner(is_active=False), run=cohort.run)
    for state in ("waiting", "left"):
        records.an_enrolment(version, run=cohort.run, state=state)
    records.an_enrolment(version)

    with django_capture_on_commit_callbacks(execute=True):
        send_message(by=tutor, cohort=cohort, subject="Monday\r\nBcc: x@example.org", text="We meet\n\nin hall 2.")

    (sent,) = mail.outbox
    assert sent.to == [twice.email]
    assert sent.subject == "Hv safety: Monday Bcc: x@example.org"
    assert "We meet\n\nin hall 2." in str(sent.body)
    assert [row.text for row in list_messages(cohort, visible_to=tutor)] == ["We meet\n\nin hall 2."]


def test_learners_read_the_messages_of_their_own_cohort(cohort: Cohort, tutor: User) -> None:
    version = cohort.run.course.content_versions.get()
    send_message(by=tutor, cohort=cohort, subject="Monday", text="We meet.")
    seen = {
        state: len(list_own_messages(records.an_enrolment(version, run=cohort.run, state=state)))
        for state in ("active", "waiting", "left")
    }
    assert seen == {"active": 1, "waiting": 0, "left": 0}
    assert list_own_messages(records.an_enrolment(version)) == []


def test_a_button_pressed_twice_sends_once(cohort: Cohort, tutor: User) -> None:
    now = timezone.now()
    for minutes in (0, 1, 11):
        at = now + timedelta(minutes=minutes)
        send_message(by=tutor, cohort=cohort, subject="Monday", text="We meet.", now=at)
    assert CohortMessage.objects.count() == 2


def test_twenty_messages_a_day_are_enough(cohort: Cohort, tutor: User) -> None:
    for number in range(20):
        send_message(by=tutor, cohort=cohort, subject=f"{number}", text="We meet.")
    with pytest.raises(Conflict):
        send_message(by=tutor, cohort=cohort, subject="One more", text="We meet.")


@pytest.mark.parametrize(("subject", "text"), [("", "We meet."), ("Monday", " "), ("x" * 201, "We meet.")])
def test_a_message_needs_subject_and_text(cohort: Cohort, tutor: User, subject: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        send_message(by=tutor, cohort=cohort, subject=subject, text=text)


def test_a_learner_writes_to_nobody(cohort: Cohort) -> None:
    learner = records.an_enrolment(cohort.run.course.content_versions.get(), run=cohort.run).person
    with pytest.raises(NotAllowed):
        send_message(by=learner, cohort=cohort, subject="Monday", text="We meet.")
