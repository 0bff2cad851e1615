"""The audit trail: one line per change of a record, written inside the same transaction as the change."""

from __future__ import annotations

from typing import Any, Protocol

from synchromesh.plumbing.models import AuditEvent


class Actor(Protocol):
    """Whoever acts: a person, or a built-in actor such as `operator`."""

    @property
    def public_id(self) -> str: ...


def record(*, by: Actor, action: str, kind: str, uid: object, **details: Any) -> None:
    """Write that `by` did `action` (verb_noun of the operation) to the record `kind`/`uid`.

    `details` must be JSON and must not repeat personal data that the record itself holds.
    """
    AuditEvent.objects.create(actor=by.public_id, action=action, target_kind=kind, target_uid=str(uid), details=details)
