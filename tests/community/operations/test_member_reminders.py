"""Managers are reminded once that the year of their membership ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import a_member, a_member_person

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.operations.member_reminders import send_renewal_reminders
from synchromesh.community.operations.members import renew_member
from synchromesh.engine.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_managers_are_reminded_once_for_each_year(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    today = timezone.localdate()
    profile = a_member(renewal_due_on=today + timedelta(days=20))
    manager = a_member_person(profile, role="manager")
    a_member_person(profile, role="editor")
    a_member(renewal_due_on=today + timedelta(days=31))
    a_member(renewal_due_on=today, ended_on=today)
    for expected in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert send_renewal_reminders(by=OPERATOR, today=today) == expected
    assert [message.to for message in outbox.outbox] == [[manager.email]]
    assert f"/members/{profile.organisation.slug}/manage/" in str(outbox.outbox[0].body)
    renew_member(by=manager, profile=profile)
    profile.refresh_from_db()
    assert profile.renewal_due_on is not None
    with django_capture_on_commit_callbacks(execute=True):
        send_renewal_reminders(by=OPERATOR, today=profile.renewal_due_on - timedelta(days=10))
    assert [message.to for message in outbox.outbox] == [[manager.email]] * 2


def test_nobody_else_sends_them() -> None:
    with pytest.raises(NotAllowed):
        send_renewal_reminders(by=a_member_person(), today=timezone.localdate())
