"""Background work of the community."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.operations import (
    digests,
    event_feedback_mails,
    event_guests,
    event_reminders,
    member_reminders,
)


@task()
def delete_due_guests() -> None:
    """Forget guests of events on the day that was promised to them. A repeated run finds none."""
    event_guests.delete_due_guests(by=OPERATOR, today=timezone.localdate())


@task()
def send_event_reminders() -> None:
    """Remind those whose event begins soon. A repeated run finds none."""
    event_reminders.send_reminders(by=OPERATOR, now=timezone.now())


@task()
def ask_for_event_feedback() -> None:
    """Ask those who were at an event what they think of it. A repeated run finds none."""
    event_feedback_mails.ask_for_feedback(by=OPERATOR, now=timezone.now())


@task()
def send_digests() -> None:
    """Send the digests that are due, and forget what nobody confirmed. A repeated run tells nothing twice."""
    now = timezone.now()
    digests.remove_unconfirmed(by=OPERATOR, now=now)
    digests.send_digests(by=OPERATOR, now=now)


@task()
def remind_members() -> None:
    """Remind members whose year ends soon. A repeated run finds none."""
    member_reminders.send_renewal_reminders(by=OPERATOR, today=timezone.localdate())
