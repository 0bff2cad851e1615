"""Open Badges 3.0 with a proof inside, over its meaning as linked data (eddsa-rdfc-2022).

Checks every verifiable credential in JSON, of data model 1.1 and 2.0, that bears Data Integrity proofs of either kind.
"""

from __future__ import annotations

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import check_json
from synchromesh.engine.credential_formats.credential_shape import types_of
from synchromesh.engine.credential_formats.proved_badges import MEDIA_TYPE, NAME, TITLE, seal_badge
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

__all__ = ["ENDING", "IS_WRITTEN", "MEDIA_TYPE", "NAME", "TITLE", "accepts", "check", "seal"]

ENDING = "json"
IS_WRITTEN = True

# Types of envelopes of their own, which are credentials as well.
_OTHERS = (b'"ClrCredential"', b'"EuropeanDigitalCredential"')


def accepts(data: bytes) -> bool:
    """Whether this is a JSON object that calls itself a credential, and none that has an envelope of its own."""
    if not data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'VerifiableCredential"' not in data:
        return False
    return not any(name in data for name in _OTHERS) or not _is_other(data)


def _is_other(data: bytes) -> bool:
    try:
        document = read_object(data)
    except InvalidInput:
        return False
    types = types_of(document)
    return "ClrCredential" in types or ("EuropeanDigitalCredential" in types and "proof" not in document)


def seal(record: CredentialRecord, *, signer: Signer) -> bytes:
    """Write and sign a record. Raises InvalidInput for a record that Open Badges cannot say or another's key."""
    return seal_badge(record, signer=signer)


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check a credential in JSON with proofs inside."""
    return check_json(data, around=around, format_name=NAME)
