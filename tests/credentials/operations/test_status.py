"""A credential that is withdrawn, suspended, made valid again or corrected: in the lists, in the log, by mail."""

from __future__ import annotations

import pytest
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, CredentialState, LogEntry, StatusReason
from synchromesh.credentials.operations.status import (
    Correction,
    correct_credential,
    reinstate_credential,
    suspend_credential,
    withdraw_credential,
)
from synchromesh.engine.credential_formats.log_entries import read_entry
from synchromesh.engine.credential_formats.status_lists import entry_value
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def bits(credential: Credential) -> tuple[int, int]:
    """Withdrawn and suspended, as the lists say."""
    credential.status_list.refresh_from_db()
    lists = credential.status_list
    return tuple(entry_value(bytes(one), credential.status_index) for one in (lists.withdrawn, lists.suspended))  # type: ignore[return-value]


def test_each_change_sets_one_bit_and_is_logged(asked_jobs: list[str]) -> None:
    credential = a_credential()
    other = a_credential(credential.version.achievement, occasion="test:2")
    assert bits(credential) == (0, 0)
    suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    assert (bits(credential), credential.state) == ((0, 1), CredentialState.SUSPENDED)
    reinstate_credential(by=OPERATOR, credential=credential)
    assert bits(credential) == (0, 0)
    change = withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR, note="Wrong course")
    assert (bits(credential), bits(other)) == ((1, 0), (0, 0))
    entries = LogEntry.objects.filter(subject=credential.uid).order_by("index")
    kinds = [str(read_entry(bytes(entry.entry)).kind) for entry in entries]
    assert kinds == ["issued", "suspended", "reinstated", "withdrawn"]
    assert change.log_index == entries[3].index
    assert asked_jobs.count("credentials.tasks.send_status_mail") == 3


def test_a_change_that_changes_nothing_is_refused() -> None:
    credential = a_credential()
    with pytest.raises(Conflict, match="already"):
        reinstate_credential(by=OPERATOR, credential=credential)
    with pytest.raises(InvalidInput):
        suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note=" ")
    with pytest.raises(InvalidInput):
        withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.OTHER, note="x" * 1001)
    assert LogEntry.objects.count() == 1


def test_a_correction_is_a_new_credential_and_the_former_one_is_withdrawn() -> None:
    old = a_credential(percent=80)
    correction = Correction(name=" Zoé Müller-Šťastná ", note="An accent was wrong")
    new = correct_credential(by=OPERATOR, credential=old, correction=correction)
    old.refresh_from_db()
    assert (new.holder_name, new.replaces, new.valid_from) == ("Zoé Müller-Šťastná", old, old.valid_from)
    assert (new.percent, new.holder_email, new.version) == (old.percent, old.holder_email, old.version)
    assert (old.state, old.status_changes.get().reason) == (CredentialState.WITHDRAWN, StatusReason.CORRECTED)
    assert old.holder_name == "Zoë Müller-Šťastná"
    assert LogEntry.objects.count() == 3
    with pytest.raises(Conflict):
        correct_credential(by=OPERATOR, credential=old, correction=correction)
    with pytest.raises(InvalidInput):
        correct_credential(by=OPERATOR, credential=new, correction=Correction(name=" ", note=""))


def test_managers_change_the_status_and_one_alone_corrects_nothing_that_needs_two(manager: User, editor: User) -> None:
    issuer = an_issuer(manager.memberships.get().organisation)
    achievement = an_achievement(issuer, needs_two_persons=True)
    credential = a_credential(achievement)
    with pytest.raises(NotAllowed):
        suspend_credential(by=editor, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    with pytest.raises(Conflict, match="two persons"):
        correct_credential(by=manager, credential=credential, correction=Correction(name="Somebody else", note=""))
    withdraw_credential(by=manager, credential=credential, reason=StatusReason.HOLDER)
    assert AuditEvent.objects.filter(action="change_status", actor=manager.public_id).count() == 1
    assert Credential.objects.count() == 1
