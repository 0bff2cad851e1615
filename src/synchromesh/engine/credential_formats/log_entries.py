"""What the transparency log says about a credential: that something happened to it, and when; nothing about a person.

An entry holds a commitment: the SHA-256 hash of a secret salt of the credential and of facts that name no person. Only
who holds the salt (the issuer, and whoever got the offline file) can tell which entry belongs to which credential.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.errors import InvalidInput

SALT_LENGTH = 32
LONGEST_ENTRY = 1_000
"""Bytes; ours have about 140."""


class EntryKind(StrEnum):
    """What happened to a credential."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFacts:
    """What an entry binds: which credential, from whom, for what, for how long. Never for whom."""

    identifier: str
    issuer: str
    achievement: str
    valid_from: datetime
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedChange:
    """One entry, read."""

    kind: EntryKind
    at: datetime
    commitment: bytes


def facts_of(record: CredentialRecord) -> CredentialFacts:
    """Take from a record what its entries bind."""
    return CredentialFacts(
        identifier=record.url,
        issuer=record.issuer.did,
        achievement=record.achievement.url,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
    )


def new_salt() -> bytes:
    """Draw the salt of a credential: 32 random bytes, kept with it."""
    return secrets.token_bytes(SALT_LENGTH)


def commitment_of(facts: CredentialFacts, *, salt: bytes) -> bytes:
    """Bind facts under a salt: the same 32 bytes in every entry of one credential.

    Raises ValueError for a salt shorter than 32 bytes: the facts of a credential could be guessed.
    """
    if len(salt) < SALT_LENGTH:
        raise ValueError(f"The salt of a credential needs {SALT_LENGTH} bytes.")
    return sha256(salt + facts_bytes(facts)).digest()


def facts_bytes(facts: CredentialFacts) -> bytes:
    """Write facts as canonical JSON (RFC 8785): names in order, no blanks, UTF-8."""
    values = {
        "achievement": facts.achievement,
        "id": facts.identifier,
        "issuer": facts.issuer,
        "validFrom": instant_text(facts.valid_from),
    }
    if facts.valid_until is not None:
        values["validUntil"] = instant_text(facts.valid_until)
    # For texts only, and with names in order, Python's compact form is that of RFC 8785, several times as fast.
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def entry_bytes(*, kind: EntryKind, at: datetime, commitment: bytes) -> bytes:
    """Write an entry as canonical JSON (RFC 8785): the bytes that the log hashes and publishes."""
    return f'{{"at":"{instant_text(at)}","credential":"{commitment.hex()}","kind":"{kind.value}"}}'.encode()


def read_entry(data: bytes) -> LoggedChange:
    """Read an entry. Raises InvalidInput for bytes that `entry_bytes` would not have written."""
    if len(data) > LONGEST_ENTRY:
        raise InvalidInput("This is no entry of a transparency log: it is too long.")
    try:
        values = json.loads(data)
        at = read_instant(values["at"])
        change = LoggedChange(
            kind=EntryKind(values["kind"]), at=_known(at), commitment=bytes.fromhex(values["credential"])
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInput("This is no entry of a transparency log.") from error
    if entry_bytes(kind=change.kind, at=change.at, commitment=change.commitment) != data:
        raise InvalidInput("This entry of a transparency log is not written the one canonical way.")
    return change


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("An entry without an instant.")
    return at
