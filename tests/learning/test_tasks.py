"""What learning does without anybody asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.learning import records

from synchromesh.assessment.models import Attempt, Instrument
from synchromesh.learning import tasks
from synchromesh.learning.models import CohortInvitation
from synchromesh.plumbing.duties import list_duties

pytestmark = pytest.mark.django_db


def test_the_duties_of_learning_are_registered() -> None:
    names = {duty.task for duty in list_duties()}
    assert {"learning.tasks.settle_overdue_attempts", "learning.tasks.remove_expired_invitations"} <= names


def test_an_attempt_whose_time_is_up_is_handed_in_and_counted() -> None:
    enrolment = records.an_enrolment(records.a_course_with_content(kinds=("quiz",)))
    unit = enrolment.version.units.get()
    instrument = Instrument.objects.get(units=unit)
    started = timezone.now() - timedelta(hours=2)
    attempt = Attempt.objects.create(
        instrument=instrument,
        person=enrolment.person,
        occasion=enrolment.uid,
        number=1,
        seed=1,
        language="en",
        started_at=started,
        due_at=started + timedelta(hours=1),
    )
    for _ in range(2):
        tasks.settle_overdue_attempts.func()
    attempt.refresh_from_db()
    enrolment.refresh_from_db()
    assert (attempt.time_was_up, enrolment.state) == (True, "completed")


def test_old_addresses_are_forgotten() -> None:
    cohort = records.a_cohort(records.a_course_with_content().course)
    for days in (1, 91):
        CohortInvitation.objects.create(
            cohort=cohort,
            email=f"{days}@example.org",
            key_hash=f"{days}",
            made_by="operator",
            expires_at=timezone.now() - timedelta(days=days),
        )
    tasks.remove_expired_invitations.func()
    assert [row.email for row in CohortInvitation.objects.all()] == ["1@example.org"]
