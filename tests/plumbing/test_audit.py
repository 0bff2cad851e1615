"""The audit trail keeps who did what, as text, inside the transaction of the change."""

from __future__ import annotations

import pytest
from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.plumbing import audit
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_which_record() -> None:
    audit.record(by=OPERATOR, action="save_topic", kind="field", uid="u-1", fields=["titles"])
    event = AuditEvent.objects.get()
    assert (event.actor, event.action, event.target_kind, event.target_uid) == (
        "operator",
        "save_topic",
        "field",
        "u-1",
    )
    assert event.details == {"fields": ["titles"]}
    assert "operator save_topic field u-1" in str(event)


def test_a_line_outlives_the_person(person: User) -> None:
    audit.record(by=person, action="save_plan", kind="plan", uid="u-2")
    public_id = person.public_id
    person.delete()
    assert AuditEvent.objects.get().actor == public_id


def test_a_change_that_is_taken_back_leaves_no_line() -> None:
    with transaction.atomic():
        audit.record(by=OPERATOR, action="save_topic", kind="field", uid="u-1")
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
