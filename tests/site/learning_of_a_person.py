"""One record of each kind that learning keeps about a person."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Instrument, Purpose, QuestionBank, TimeAllowance
from synchromesh.catalogue.models import Course, CourseRole, Run
from synchromesh.learning.models import (
    Cohort,
    CohortInvitation,
    ContentVersion,
    Enrolment,
    Post,
    PostReport,
    PrivateNote,
)


def _course() -> Course:
    return Course.objects.get_or_create(slug="learned", defaults={"titles": {"en": "Learned"}})[0]


def _bank() -> QuestionBank:
    return QuestionBank.objects.get_or_create(course=_course())[0]


def _enrol(person: User) -> None:
    version = ContentVersion.objects.create(course=_course(), number=1, source_language="en", made_by="operator")
    Enrolment.objects.create(
        person=person, course=_course(), version=version, language="en", joined_by="open", enrolled_at=timezone.now()
    )


def _attempt(person: User) -> None:
    instrument = Instrument.objects.create(bank=_bank(), key="check", purpose=Purpose.QUIZ)
    Attempt.objects.create(
        instrument=instrument,
        person=person,
        occasion=uuid.uuid4(),
        number=1,
        seed=1,
        language="en",
        started_at=timezone.now(),
    )


def _accept_invitation(person: User) -> None:
    cohort = Cohort.objects.create(run=Run.objects.create(course=_course(), external_id="1"))
    CohortInvitation.objects.create(
        cohort=cohort,
        email=str(person.email),
        key_hash="2" * 64,
        made_by="operator",
        expires_at=timezone.now(),
        accepted_by=person,
    )


def _report_post(person: User) -> None:
    post = Post.objects.create(course=_course(), unit_key="a", text="Buy now!", language="en")
    PostReport.objects.create(post=post, person=person, reason="An advertisement")


LEARNING_BUILDERS: dict[str, Callable[[User], object]] = {
    "catalogue.CourseRole.person": lambda person: CourseRole.objects.create(
        course=_course(), person=person, part="tutor", given_by="operator"
    ),
    "learning.Enrolment.person": _enrol,
    "assessment.Attempt.person": _attempt,
    "assessment.TimeAllowance.person": lambda person: TimeAllowance.objects.create(
        bank=_bank(), person=person, percent=25, granted_by="operator"
    ),
    "learning.PrivateNote.person": lambda person: PrivateNote.objects.create(
        person=person, course=_course(), unit_key="a", text="Ask about the orange cable"
    ),
    "learning.CohortInvitation.accepted_by": _accept_invitation,
    "learning.Post.author": lambda person: Post.objects.create(
        course=_course(), author=person, unit_key="a", text="Which glove?", language="en"
    ),
    "learning.PostReport.person": _report_post,
}
