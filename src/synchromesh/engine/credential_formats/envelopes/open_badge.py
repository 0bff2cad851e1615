"""Open Badges 3.0 with a proof inside, over its meaning as linked data (eddsa-rdfc-2022).

Checks every verifiable credential in JSON, of data model 1.1 and 2.0, that bears Data Integrity proofs of either kind.
"""

from __future__ import annotations

import json

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import check_document
from synchromesh.engine.credential_formats.credential_shape import types_of
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import refused
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

TITLE = "Open Badge 3.0"
MEDIA_TYPE = "application/vc"
ENDING = "json"
IS_WRITTEN = True

NAME = "open_badge"
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
    check_signer(signer, record.issuer.did)
    document = add_proof(open_badge_document(record), signer=signer, cryptosuite=RDFC, created=record.issued_at)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check a credential in JSON with proofs inside."""
    try:
        document = read_object(data)
    except InvalidInput as fault:
        return refused(NAME, fault)
    return check_document(document, around=around, format_name=NAME)
