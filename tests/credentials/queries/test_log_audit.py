"""The log is append-only, and a fault is found: whoever removes, changes, inserts or dates back is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, LogEntry, LogHead, LogTip, StatusReason
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential
from synchromesh.credentials.queries.log_audit import audit_whole_log
from synchromesh.engine.credential_formats.log_entries import EntryKind, entry_bytes, read_entry
from synchromesh.engine.credential_formats.transparency import Frontier, append, leaf_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential(db: None) -> Credential:
    """The second of three; a head was signed after two entries and after the fourth."""
    first = a_credential(occasion="n:1")
    second = a_credential(first.version.achievement, occasion="n:2")
    sign_log_head(by=OPERATOR)
    a_credential(first.version.achievement, occasion="n:3")
    suspend_credential(by=OPERATOR, credential=second, reason=StatusReason.CHECK, note="A doubt")
    sign_log_head(by=OPERATOR)
    return second


def problems() -> list[str]:
    return [f"{problem.position}: {problem.message}" for problem in audit_whole_log().problems]


def test_a_log_that_nobody_touched_is_in_order(credential: Credential) -> None:
    audit = audit_whole_log()
    assert (audit.entries, audit.heads, audit.credentials, audit.problems) == (4, 2, 3, ())


def test_the_removal_of_the_newest_entry_is_detected(credential: Credential) -> None:
    LogEntry.objects.filter(index=3).delete()
    found = problems()
    assert any("entries were removed" in one for one in found)
    assert any(f"credential {credential.code}: Its state is suspended" in one for one in found)


def test_a_removal_that_rewrites_the_tip_too_is_detected_by_the_head(credential: Credential) -> None:
    LogEntry.objects.filter(index=3).delete()
    Credential.objects.filter(pk=credential.pk).update(state="valid")
    leaves = [bytes(one) for one in LogEntry.objects.order_by("index").values_list("leaf_hash", flat=True)]
    frontier, _ = append(Frontier(), leaves)
    LogTip.objects.update(size=3, frontier=frontier.to_text())
    assert problems() == ["head of size 4: The log has 3 entries, fewer than this head: entries were removed."]


def test_a_removal_in_the_middle_is_detected(credential: Credential) -> None:
    LogEntry.objects.filter(index=1).delete()
    assert any("head of size 2" in one for one in problems())


def test_an_entry_that_is_dated_back_is_detected(credential: Credential) -> None:
    newest = LogEntry.objects.get(index=3)
    change = read_entry(bytes(newest.entry))
    earlier = entry_bytes(kind=change.kind, at=change.at - timedelta(days=400), commitment=change.commitment)
    LogEntry.objects.filter(index=3).update(entry=earlier, leaf_hash=leaf_hash(earlier))
    found = problems()
    assert any("back-dated" in one for one in found)
    assert any("head of size 4" in one for one in found)


def test_an_entry_dated_back_behind_the_newest_head_is_detected_before_anything_is_signed(
    credential: Credential,
) -> None:
    LogHead.objects.filter(size=4).delete()
    newest = LogEntry.objects.get(index=3)
    change = read_entry(bytes(newest.entry))
    earlier = entry_bytes(kind=change.kind, at=change.at - timedelta(days=400), commitment=change.commitment)
    LogEntry.objects.filter(index=3).update(entry=earlier, leaf_hash=leaf_hash(earlier))
    assert problems() == ["entry 3: It is dated before a head that lacks it: back-dated."]


def test_an_entry_that_was_changed_or_slipped_in_is_detected(credential: Credential) -> None:
    forged = entry_bytes(kind=EntryKind.ISSUED, at=timezone.now().replace(microsecond=0), commitment=b"\1" * 32)
    LogEntry.objects.filter(index=0).update(entry=forged, leaf_hash=leaf_hash(forged))
    assert any("was changed or slipped in" in one for one in problems())


def test_a_head_that_nobody_signed_is_detected(credential: Credential) -> None:
    head = LogHead.objects.get(size=4)
    LogHead.objects.filter(size=4).update(signed=head.signed | {"at": "2020-01-01T00:00:00Z"})
    assert problems() == ["head of size 4: This head is not signed by a key of the log."]


def test_a_state_or_a_date_that_was_changed_past_the_log_is_detected(credential: Credential) -> None:
    Credential.objects.filter(pk=credential.pk).update(state="valid")
    assert problems() == [
        f"credential {credential.code}: Its state is valid, but the last entry of the log about it says suspended."
    ]
    Credential.objects.filter(pk=credential.pk).update(
        state="suspended", valid_from=credential.valid_from - timedelta(days=1)
    )
    (found,) = problems()
    assert "another credential" in found


def test_entries_are_never_older_than_the_newest_head(credential: Credential) -> None:
    later = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    head = sign_log_head(by=OPERATOR, now=later)
    assert head is not None
    a_credential(credential.version.achievement, occasion="n:4")
    assert read_entry(bytes(LogEntry.objects.get(index=5).entry)).at == later
    assert problems() == []
