"""A log with some entries, one of them that of the sample credential, and its proof."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.engine.credential_formats.badge_samples import NOW, SITE

from synchromesh.engine.credential_formats.log_entries import EntryKind, commitment_of, entry_bytes, facts_of
from synchromesh.engine.credential_formats.log_heads import TreeHead, sign_head
from synchromesh.engine.credential_formats.offline_file import LogProof
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.signing_keys import MemoryKey
from synchromesh.engine.credential_formats.transparency import Frontier, append, inclusion_proof, leaf_hash, root_of

SALT = bytes(range(32))
PLACE = 5
SIZE = 11


def logged(
    record: CredentialRecord,
    *,
    key: MemoryKey,
    at: datetime | None = None,
    kind: EntryKind = EntryKind.ISSUED,
    log: str = f"{SITE}/log",
) -> LogProof:
    """The proof that a log of eleven entries holds this credential, entered at this instant (when it was issued)."""
    facts = facts_of(record)
    at = at or record.issued_at
    own = entry_bytes(kind=kind, at=at, commitment=commitment_of(facts, salt=SALT))
    entries = [
        own if number == PLACE else entry_bytes(kind=kind, at=at, commitment=number.to_bytes(32))
        for number in range(SIZE)
    ]
    leaves = [leaf_hash(entry) for entry in entries]
    frontier, _kept = append(Frontier(), leaves)
    head = TreeHead(log=log, size=SIZE, root=root_of(frontier), at=max(at, NOW - timedelta(days=1)))
    return LogProof(
        head=sign_head(head, signer=key),
        entry=own,
        index=PLACE,
        proof=inclusion_proof(PLACE, SIZE, lambda _level, indices: leaves[indices.start : indices.stop]),
        facts=facts,
        salt=SALT,
    )
