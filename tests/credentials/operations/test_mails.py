"""What holders are told, in the language of their credential."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import StatusReason
from synchromesh.credentials.operations.claiming import find_by_claim_link
from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential

pytestmark = pytest.mark.django_db


def test_a_holder_gets_a_link_that_needs_no_account(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        credential = a_credential()
    (message,) = mail.outbox
    assert message.to == ["zoe@example.org"]
    assert "Isolate a vehicle" in message.subject
    assert f"/c/{credential.code}" in message.body
    found = re.search(r"/en/claim/([\w-]+)/", str(message.body))
    assert found is not None
    assert find_by_claim_link(found[1]) == credential


def test_who_has_an_account_is_led_to_its_page_and_reads_the_title_in_the_own_language(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_credential(person=person, language="de")
    (message,) = mail.outbox
    assert "Fahrzeug freischalten" in message.subject
    assert "/de/me/credentials/" in message.body
    assert "/claim/" not in message.body


def test_without_an_address_nobody_is_written_to(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_credential(by=OPERATOR, credential=a_credential(email=""), reason=StatusReason.ERROR)
    assert mail.outbox == []


def test_a_holder_is_told_why_a_status_changed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    credential = a_credential()
    with django_capture_on_commit_callbacks(execute=True):
        suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="100 % of it is unsure")
        withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR, note="The wrong course")
    suspended, withdrawn = mail.outbox
    assert "100 % of it is unsure" in suspended.body
    assert (suspended.subject, withdrawn.subject) == ("Suspended: Isolate a vehicle", "Withdrawn: Isolate a vehicle")
    assert "Skills Body" in withdrawn.body
