"""Withdraw, suspend and make valid again; correct by a new credential. Each change stands in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Credential, CredentialState, StatusChange, StatusList, StatusReason
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.credentials.operations.log import Logged, append_entries
from synchromesh.credentials.operations.status_places import lock_lists
from synchromesh.credentials.permissions import may_change_status
from synchromesh.credentials.queries.records import credential_record
from synchromesh.engine.credential_formats.log_entries import EntryKind, commitment_of, facts_of
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.column_limits import limit_refusals

ONLY_MANAGERS = "Only managers of the issuer change the status of a credential."
_ENTRIES = {
    CredentialState.VALID: EntryKind.REINSTATED,
    CredentialState.SUSPENDED: EntryKind.SUSPENDED,
    CredentialState.WITHDRAWN: EntryKind.WITHDRAWN,
}
_FINAL = "A withdrawn credential stays withdrawn. Issue a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is right instead; the rest stays as it was."""

    name: str
    note: str


def withdraw_credential(
    *, by: audit.Actor, credential: Credential, reason: StatusReason, note: str = ""
) -> StatusChange:
    """Withdraw for good. Raises NotAllowed, Conflict where it is withdrawn already."""
    return _change(by, credential, CredentialState.WITHDRAWN, reason, note)


def suspend_credential(*, by: audit.Actor, credential: Credential, reason: StatusReason, note: str) -> StatusChange:
    """Take its force away for a time. Raises NotAllowed, Conflict, InvalidInput without words of why."""
    if not note.strip():
        raise InvalidInput("Say why, so that the holder can answer.", field="note")
    return _change(by, credential, CredentialState.SUSPENDED, reason, note)


def reinstate_credential(*, by: audit.Actor, credential: Credential, note: str = "") -> StatusChange:
    """Make a suspended credential valid again. Raises NotAllowed, Conflict."""
    return _change(by, credential, CredentialState.VALID, StatusReason.CLEARED, note)


def correct_credential(*, by: audit.Actor, credential: Credential, correction: Correction) -> Credential:
    """Issue it anew with the right name and withdraw the former one. Raises NotAllowed, InvalidInput, Conflict.

    Where an achievement needs two persons one alone cannot correct either, since that names another holder.
    """
    require(may_change_status(by, credential), ONLY_MANAGERS)
    if not correction.name.strip():
        raise InvalidInput("Give the name as it should be.", field="name")
    with transaction.atomic():
        old = _locked(credential.uid)
        if old.state == CredentialState.WITHDRAWN:
            raise Conflict(_FINAL)
        lock_lists(old.version.achievement.issuer, old.status_list)
        new = issue_credential(
            by=by,
            achievement=old.version.achievement,
            new=NewCredential(
                name=correction.name.strip(),
                occasion=f"correction:{old.uid}",
                email=old.holder_email,
                person=old.holder,
                did=old.holder_did,
                language=old.language,
                percent=old.percent,
                evidence=old.evidence,
                replaces=old,
            ),
            valid_from=old.valid_from,
        )
        _change(by, old, CredentialState.WITHDRAWN, StatusReason.CORRECTED, correction.note)
    return new


def _change(
    by: audit.Actor, credential: Credential, state: CredentialState, reason: StatusReason, note: str
) -> StatusChange:
    require(may_change_status(by, credential), ONLY_MANAGERS)
    for _, message in limit_refusals(StatusChange, {"note": note.strip()}):
        raise InvalidInput(message, field="note")
    with transaction.atomic():
        locked = _locked(credential.uid)
        if locked.state == CredentialState.WITHDRAWN:
            raise Conflict(_FINAL)
        if locked.state == state:
            raise Conflict("It has this status already.")
        now = timezone.now().replace(microsecond=0)
        _set_bits(locked, state, now)
        record = credential_record(locked)
        commitment = commitment_of(facts_of(record), salt=bytes.fromhex(locked.log_salt))
        index = append_entries([Logged(kind=_ENTRIES[state], commitment=commitment, subject=locked.uid)])
        locked.state, locked.state_changed_at = state, now
        locked.save(update_fields=["state", "state_changed_at"])
        change = StatusChange.objects.create(
            credential=locked,
            state=state,
            reason=reason,
            note=note.strip(),
            changed_by=by.public_id,
            changed_at=now,
            log_index=index,
        )
        audit.record(
            by=by, action="change_status", kind="credential", uid=locked.uid, state=str(state), reason=str(reason)
        )
        jobs.enqueue("credentials.tasks.send_status_mail", change_uid=str(change.uid))
    credential.state, credential.state_changed_at = locked.state, locked.state_changed_at
    return change


def _locked(uid: UUID) -> Credential:
    found = Credential.objects.select_for_update(of=("self",)).select_related(
        "version__achievement__issuer__organisation", "status_list", "holder"
    )
    return found.get(uid=uid)


def _set_bits(credential: Credential, state: CredentialState, now: datetime) -> None:
    """Set or clear the credential's bit in both lists."""
    status_list = StatusList.objects.select_for_update().get(pk=credential.status_list_id)
    place = credential.status_index
    status_list.withdrawn = _with_bit(bytes(status_list.withdrawn), place, state == CredentialState.WITHDRAWN)
    status_list.suspended = _with_bit(bytes(status_list.suspended), place, state == CredentialState.SUSPENDED)
    status_list.changed_at = now
    status_list.save(update_fields=["withdrawn", "suspended", "changed_at"])


def _with_bit(bits: bytes, index: int, value: bool) -> bytes:
    """Bit 0 is the leftmost (Bitstring Status List 1.0, section 3.1)."""
    changed = bytearray(bits)
    mask = 0x80 >> (index % 8)
    changed[index // 8] = changed[index // 8] | mask if value else changed[index // 8] & ~mask
    return bytes(changed)
