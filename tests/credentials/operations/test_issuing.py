"""Issuing: signed, logged, once, and checkable by whoever has the bytes."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import (
    Achievement,
    Credential,
    CredentialEnvelope,
    KeyPurpose,
    LogEntry,
    SigningKey,
    StatusReason,
)
from synchromesh.credentials.operations.achievements import end_achievement
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope, written_formats
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential, issue_many
from synchromesh.credentials.operations.keys import mark_compromised, rotate_key
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.status import reinstate_credential, suspend_credential, withdraw_credential
from synchromesh.credentials.queries.log import proof_of_inclusion
from synchromesh.credentials.queries.records import credential_record
from synchromesh.engine.credential_formats.transparency import is_included
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def verdicts(credential: Credential, format_name: str = "open_badge_jwt") -> tuple[str, str, str]:
    checked = verify_credential(bytes(take_envelope(credential, format_name).data))
    return str(checked.signature.word), str(checked.status.word), str(checked.issuer.word)


def test_what_is_issued_is_good_valid_and_of_a_known_issuer() -> None:
    credential = a_credential()
    assert verdicts(credential) == ("good", "valid", "known")
    assert credential.log_index == 0
    assert AuditEvent.objects.filter(action="issue_credential", target_uid=str(credential.uid)).count() == 1


@pytest.mark.parametrize("format_name", sorted(written_formats()))
def test_each_envelope_of_it_is_good(format_name: str) -> None:
    credential = a_credential()
    signature, status, issuer = verdicts(credential, format_name)
    assert (signature, status) == ("good", "valid")
    assert issuer in {"known", "could_not_check"} if format_name == "offline_bundle" else issuer == "known"


def test_an_envelope_is_the_same_bytes_ever_after() -> None:
    credential = a_credential()
    first = bytes(take_envelope(credential, "open_badge").data)
    rotate_key(by=OPERATOR, issuer=credential.version.achievement.issuer, purpose=KeyPurpose.CREDENTIALS)
    assert bytes(take_envelope(credential, "open_badge").data) == first
    assert CredentialEnvelope.objects.filter(credential=credential).count() == 2
    assert verdicts(credential, "open_badge") == ("good", "valid", "known")


def test_one_occasion_gives_one_credential() -> None:
    achievement = an_achievement()
    first, second = a_credential(achievement), a_credential(achievement)
    assert first == second
    assert LogEntry.objects.count() == 1
    new = [NewCredential(name="A", occasion="x"), NewCredential(name="B", occasion="x")]
    version = achievement.versions.get()
    assert [one.holder_name for one in issue_many(by=OPERATOR, version=version, people=new)] == ["A"]


def test_places_in_status_lists_are_all_different_and_tell_no_order() -> None:
    achievement = an_achievement()
    people = [NewCredential(name=f"P{n}", occasion=f"many:{n}") for n in range(40)]
    issued = issue_many(by=OPERATOR, version=achievement.versions.get(), people=people)
    places = [one.status_index for one in issued]
    assert len(set(places)) == 40
    assert places != sorted(places)
    assert [one.log_index for one in issued] == list(range(40))


def test_the_log_proves_that_it_was_issued() -> None:
    for number in range(5):
        a_credential(*[an_achievement()] if number == 0 else [_only()], occasion=f"n:{number}")
    head = sign_log_head(by=OPERATOR)
    assert head is not None
    entry = LogEntry.objects.get(index=3)
    assert is_included(
        bytes(entry.leaf_hash), index=3, size=5, proof=proof_of_inclusion(3, 5), root=bytes.fromhex(head.root)
    )
    assert sign_log_head(by=OPERATOR) == head


def _only() -> Achievement:
    return (
        Credential.objects.select_related("version__achievement__issuer__organisation")
        .earliest("id")
        .version.achievement
    )


def test_withdrawn_stays_withdrawn_and_suspended_may_come_back() -> None:
    credential = a_credential()
    suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    assert verdicts(credential) == ("good", "suspended", "known")
    reinstate_credential(by=OPERATOR, credential=credential)
    assert verdicts(credential) == ("good", "valid", "known")
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    assert verdicts(credential) == ("good", "withdrawn", "known")
    with pytest.raises(Conflict):
        reinstate_credential(by=OPERATOR, credential=credential)
    assert LogEntry.objects.filter(subject=credential.uid).count() == 4


def test_a_change_of_any_letter_is_noticed() -> None:
    data = bytearray(take_envelope(a_credential(), "open_badge").data)
    place = data.index(b"Isolate")
    data[place] = ord("J")
    assert verify_credential(bytes(data)).signature.word == "altered"


def test_what_a_stolen_key_signed_is_refused() -> None:
    credential = a_credential()
    key = SigningKey.objects.get(pk=credential.key_id)
    mark_compromised(by=OPERATOR, key=key, since=credential.issued_at)
    assert verdicts(credential)[0] != "good"
    assert SigningKey.objects.filter(issuer=key.issuer, retired_at=None).count() == 1


def test_an_ended_achievement_is_not_awarded() -> None:
    achievement = an_achievement()
    end_achievement(by=OPERATOR, achievement=achievement)
    achievement.refresh_from_db()
    with pytest.raises(Conflict):
        a_credential(achievement)


def test_only_who_works_for_the_issuer_awards(person: User, editor: User) -> None:
    issuer = an_issuer(editor.memberships.get().organisation)
    achievement = an_achievement(issuer)
    new = NewCredential(name="Zoë", occasion="t")
    with pytest.raises(NotAllowed):
        issue_credential(by=person, achievement=achievement, new=new)
    assert issue_credential(by=editor, achievement=achievement, new=new).issued_by == editor.public_id
    with pytest.raises(NotAllowed):
        withdraw_credential(by=editor, credential=Credential.objects.get(), reason=StatusReason.ERROR)


def test_it_expires_when_its_months_are_over() -> None:
    credential = a_credential(an_achievement(months_valid=12))
    assert credential.valid_until is not None
    assert 365 <= (credential.valid_until - timezone.now()).days <= 366


def test_by_hand_one_alone_issues_nothing_that_needs_two(manager: User) -> None:
    issuer = an_issuer(manager.memberships.get().organisation)
    achievement = an_achievement(issuer, needs_two_persons=True)
    with pytest.raises(Conflict, match="two persons"):
        issue_credential(by=manager, achievement=achievement, new=NewCredential(name="Zoë", occasion="t"))
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Zo\x00"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"language": "xx"}, "language"),
        ({"percent": 101}, "percent"),
        ({"occasion": "x" * 81}, "occasion"),
    ],
)
def test_a_holder_who_cannot_be_named_so_is_refused_with_the_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_credential(**changes)
    assert refusal.value.field == field
    assert not Credential.objects.exists()


def test_what_counts_towards_another_achievement_says_so() -> None:
    part = an_achievement()
    an_achievement(part.issuer, titles={"en": "All of it"}, parts=[part])
    record = credential_record(a_credential(part))
    assert len(record.achievement.part_of) == 1
    assert credential_record(a_credential(part, occasion="2")).achievement.part_of == record.achievement.part_of
