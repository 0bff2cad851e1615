"""Credentials of an issuer elsewhere, whose key stands in its identifier (did:key): files that anyone can check."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.engine.credential_formats.printed_records import FULL

from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jwt
from synchromesh.engine.credential_formats.records import CredentialRecord, StatusPlace
from synchromesh.engine.credential_formats.signing_keys import key_from_seed

SIGNER = key_from_seed(b"an issuer that nobody has heard of"[:32])
DID = SIGNER.verification_method.partition("#")[0]
HOLDER = FULL.holder.name
TITLE = FULL.achievement.titles["en"]


def a_record(*, valid_until: datetime | None = None, with_status: bool = False) -> CredentialRecord:
    """What the foreign issuer says; `with_status` names a status list that nobody can reach."""
    place = StatusPlace(list_url="https://lists.invalid/1", index=7, purpose="revocation")
    return replace(
        FULL,
        issuer=replace(FULL.issuer, did=DID),
        valid_until=valid_until,
        status=(place,) if with_status else (),
        evidence=(),
    )


def a_token(**said: Any) -> bytes:
    """As a signed token."""
    return open_badge_jwt.seal(a_record(**said), signer=SIGNER)


def a_badge(**said: Any) -> bytes:
    """As JSON with a proof inside."""
    return open_badge.seal(a_record(**said), signer=SIGNER)


def an_altered_badge() -> bytes:
    """A file in which somebody wrote another name."""
    document = json.loads(a_badge())
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory"
    return json.dumps(document).encode()


def an_unsigned_badge() -> bytes:
    """A file that anybody could have written."""
    document = json.loads(a_badge())
    del document["proof"]
    return json.dumps(document).encode()
