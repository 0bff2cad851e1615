"""Background work of learning."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.learning.operations import awarding, cohort_invitations, unit_attempts


@task()
def settle_overdue_attempts() -> None:
    """Hand in attempts whose time is up and count them for their units. A repeated run finds none of them open."""
    unit_attempts.settle_overdue_attempts(by=OPERATOR)


@task()
def remove_expired_invitations() -> None:
    """Forget addresses of people whose invitation ended long ago. A repeated run finds none."""
    cohort_invitations.remove_expired_invitations(by=OPERATOR, now=timezone.now())


@task()
def award_earned(*, earned_uid: str) -> None:
    """Issue what a learner earned. A repeated run finds it issued."""
    awarding.award_earned(by=OPERATOR, earned_uid=earned_uid)


@task()
def award_waiting() -> None:
    """Ask anew for what was earned and is not issued yet. A repeated run finds what is still open."""
    awarding.award_waiting(by=OPERATOR)
