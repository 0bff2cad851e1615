"""Hold the whole transparency log against its signed heads, and the credentials of this site against the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from synchromesh.credentials.models import Credential, CredentialState, KeyPurpose, LogEntry, LogHead, SigningKey
from synchromesh.credentials.queries.keys import list_keys, log_did, verification_method_of
from synchromesh.credentials.queries.log import find_size
from synchromesh.credentials.queries.records import stable_address
from synchromesh.engine.credential_formats.log_entries import (
    CredentialFacts,
    EntryKind,
    LoggedChange,
    commitment_of,
    read_entry,
)
from synchromesh.engine.credential_formats.log_heads import audit_log
from synchromesh.engine.credential_formats.multikeys import read_multikey
from synchromesh.engine.errors import InvalidInput, Problem

AT_ONCE = 1000
_STATES = {
    EntryKind.ISSUED: CredentialState.VALID,
    EntryKind.REINSTATED: CredentialState.VALID,
    EntryKind.SUSPENDED: CredentialState.SUSPENDED,
    EntryKind.WITHDRAWN: CredentialState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAudit:
    """How much was looked at, and what does not fit."""

    entries: int
    heads: int
    credentials: int
    problems: tuple[Problem, ...]


def audit_whole_log() -> LogAudit:
    """Read every entry, head and credential, a thousand at a time. Minutes for a million."""
    entries = LogEntry.objects.order_by("index").values_list("entry", flat=True)
    heads = [head.signed for head in LogHead.objects.order_by("size")]
    problems = list(
        audit_log((bytes(one) for one in entries.iterator(chunk_size=AT_ONCE)), heads, public_key=_key_finder())
    )
    count, size = entries.count(), find_size()
    if count != size:
        message = f"There are {count} entries where {size} were appended."
        problems.append(Problem(position="log", field="size", message=message))
    seen = 0
    for part in _credentials():
        seen += len(part)
        problems += _check_part(part)
    return LogAudit(entries=count, heads=len(heads), credentials=seen, problems=tuple(problems))


def _key_finder() -> Callable[[str], bytes | None]:
    """The raw keys of the log by their addresses, retired ones too."""
    keys: Mapping[str, SigningKey] = {
        verification_method_of(key, did=log_did()): key for key in list_keys(None) if key.purpose == KeyPurpose.LOG
    }
    return lambda method: read_multikey(keys[method].public).public_bytes() if method in keys else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issued:
    uid: UUID
    code: str
    state: str
    log_index: int | None
    salt: str
    facts: CredentialFacts


def _credentials() -> Iterator[list[_Issued]]:
    """Those that were issued here, in parts, by their keys so that nothing is read twice."""
    last = 0
    rows = Credential.objects.order_by("pk").values_list(
        "pk", "uid", "code", "state", "log_index", "log_salt", "valid_from", "valid_until",
        "version__achievement__uid", "version__achievement__issuer__did",
    )  # fmt: skip
    while part := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = part[-1][0]
        yield [_issued(*row[1:]) for row in part]


def _issued(
    uid: UUID,
    code: str,
    state: str,
    log_index: int | None,
    salt: str,
    valid_from: datetime,
    valid_until: datetime | None,
    achievement: UUID,
    issuer: str,
) -> _Issued:
    facts = CredentialFacts(
        identifier=stable_address("credential", uid),
        issuer=issuer,
        achievement=stable_address("achievement", achievement),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return _Issued(uid=uid, code=code, state=state, log_index=log_index, salt=salt, facts=facts)


def _check_part(part: Sequence[_Issued]) -> Iterator[Problem]:
    logged: dict[UUID, dict[int, LoggedChange]] = defaultdict(dict)
    for index, subject, entry in (
        LogEntry.objects.filter(subject__in=[one.uid for one in part])
        .order_by("index")
        .values_list("index", "subject", "entry")
    ):
        try:
            logged[subject][index] = read_entry(bytes(entry))
        except InvalidInput:  # `audit_log` has said so already
            continue
    for one in part:
        if message := _wrong(one, logged[one.uid]):
            yield Problem(position=f"credential {one.code}", field="log_index", message=message)


def _wrong(one: _Issued, changes: Mapping[int, LoggedChange]) -> str:
    issue = changes.get(one.log_index) if one.log_index is not None else None
    if issue is None or issue.kind != EntryKind.ISSUED:
        return "The log does not hold its issue where the record says."
    commitment = commitment_of(one.facts, salt=bytes.fromhex(one.salt))
    if any(change.commitment != commitment for change in changes.values()):
        return "The log speaks of another credential: identifier, issuer, achievement or dates were changed."
    newest = changes[max(changes)]
    if _STATES.get(newest.kind) != one.state:
        return f"Its state is {one.state}, but the last entry of the log about it says {newest.kind}."
    return ""
