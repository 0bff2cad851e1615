"""Invitations by e-mail: who gets one, once, and what is kept of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.learning.models import Cohort, CohortInvitation
from synchromesh.learning.operations import cohort_invitations as operations
from synchromesh.learning.operations.joining import join_cohort
from synchromesh.learning.queries.cohorts import find_cohort_by_key, list_invitations
from synchromesh.plumbing.rate_limits import Rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    """A cohort of the invited alone."""
    return records.a_cohort(records.a_course_with_content().course, joining="invitation")


def _send(cohort: Cohort, capture: Any, *addresses: str) -> operations.InvitationsSent:
    with capture(execute=True):
        return operations.send_invitations(by=OPERATOR, cohort=cohort, addresses=addresses)


def _key_in(text: str) -> str:
    found = re.search(r"/join/([^/\s]+)/", text)
    assert found is not None
    return found[1]


def test_an_invited_person_joins_with_the_address_in_the_mail(
    cohort: Cohort, django_capture_on_commit_callbacks: Any
) -> None:
    _send(cohort, django_capture_on_commit_callbacks, "New@Example.org ")
    (sent,) = mail.outbox
    key = _key_in(str(sent.body))

    assert sent.to == ["new@example.org"]
    assert find_cohort_by_key(cohort.run.course, key, now=timezone.now()).joined_by == "invitation"
    join_cohort(by=records.a_learner(), cohort=cohort, language="en", key=key)
    with pytest.raises(NotFound):
        find_cohort_by_key(cohort.run.course, key, now=timezone.now())


def test_the_key_itself_is_not_kept(cohort: Cohort, django_capture_on_commit_callbacks: Any) -> None:
    _send(cohort, django_capture_on_commit_callbacks, "new@example.org")
    key = _key_in(str(mail.outbox[0].body))
    assert key not in str(CohortInvitation.objects.values().get())


def test_good_lines_go_out_beside_wrong_ones(
    cohort: Cohort, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    records.an_enrolment(cohort.run.course.content_versions.get(), person, run=cohort.run)
    sent = _send(
        cohort, django_capture_on_commit_callbacks, "a@example.org", "nobody", "", "A@example.org", str(person.email)
    )
    assert sent.sent == 1
    assert [problem.position for problem in sent.problems] == ["line 2", "line 4", "line 5"]
    again = _send(cohort, django_capture_on_commit_callbacks, "a@example.org")
    assert (again.sent, len(again.problems), len(mail.outbox)) == (0, 1, 1)


def test_a_mail_is_in_the_language_of_the_account(cohort: Cohort, django_capture_on_commit_callbacks: Any) -> None:
    records.a_learner("gerda", language="de")
    cohort.run.language = "en"
    _send(cohort, django_capture_on_commit_callbacks, "gerda@example.org", "new@example.org")
    pages = {sent.to[0]: re.findall(r"http\S+", str(sent.body))[0] for sent in mail.outbox}
    assert "/de/courses/" in pages["gerda@example.org"]
    assert "/en/courses/" in pages["new@example.org"]


def test_a_renewed_invitation_has_another_key(cohort: Cohort, django_capture_on_commit_callbacks: Any) -> None:
    _send(cohort, django_capture_on_commit_callbacks, "new@example.org")
    (invitation,) = list_invitations(cohort, visible_to=OPERATOR)
    with django_capture_on_commit_callbacks(execute=True):
        operations.renew_invitation(by=OPERATOR, cohort=cohort, uid=invitation.uid)
    first, second = (_key_in(str(sent.body)) for sent in mail.outbox)
    with pytest.raises(NotFound):
        join_cohort(by=records.a_learner(), cohort=cohort, language="en", key=first)
    join_cohort(by=records.a_learner(), cohort=cohort, language="en", key=second)
    with pytest.raises(Conflict):
        operations.renew_invitation(by=OPERATOR, cohort=cohort, uid=invitation.uid)


def test_a_withdrawn_invitation_is_forgotten(cohort: Cohort, django_capture_on_commit_callbacks: Any) -> None:
    _send(cohort, django_capture_on_commit_callbacks, "new@example.org")
    invitation = CohortInvitation.objects.get()
    other = records.a_cohort(cohort.run.course, joining="invitation")
    with pytest.raises(NotFound):
        operations.withdraw_cohort_invitation(by=OPERATOR, cohort=other, uid=invitation.uid)
    operations.withdraw_cohort_invitation(by=OPERATOR, cohort=cohort, uid=invitation.uid)
    assert not CohortInvitation.objects.exists()


def test_addresses_are_forgotten_90_days_after_the_end(cohort: Cohort, django_capture_on_commit_callbacks: Any) -> None:
    _send(cohort, django_capture_on_commit_callbacks, "new@example.org")
    end = CohortInvitation.objects.get().expires_at
    for days, left in ((89, 1), (91, 0)):
        operations.remove_expired_invitations(by=OPERATOR, now=end + timedelta(days=days))
        assert CohortInvitation.objects.count() == left


def test_a_tutor_invites_nobody(cohort: Cohort) -> None:
    tutor = records.give_part(records.a_learner(), cohort.run.course, "tutor")
    with pytest.raises(NotAllowed):
        operations.send_invitations(by=tutor, cohort=cohort, addresses=["new@example.org"])


def test_a_course_does_not_flood_people_with_mail(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MAILS", Rate(name="few", most=2, seconds=60))
    with pytest.raises(Conflict):
        operations.send_invitations(by=OPERATOR, cohort=cohort, addresses=[f"{n}@example.org" for n in range(3)])
    assert not CohortInvitation.objects.exists()
    operations.send_invitations(by=OPERATOR, cohort=cohort, addresses=["a@example.org", "b@example.org"])


def test_tutors_do_not_see_the_addresses_of_who_was_invited(cohort: Cohort) -> None:
    operations.send_invitations(by=OPERATOR, cohort=cohort, addresses=["new@example.org"])
    tutor = records.give_part(records.a_learner("tutor"), cohort.run.course, "tutor")
    assert list_invitations(cohort, visible_to=tutor) == []
