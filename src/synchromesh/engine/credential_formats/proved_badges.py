"""An Open Badge 3.0 with its proof inside, for every envelope that is one or holds one."""

from __future__ import annotations

import json

from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.surroundings import Signer

NAME = "open_badge"
TITLE = "Open Badge 3.0"
MEDIA_TYPE = "application/vc"


def seal_badge(record: CredentialRecord, *, signer: Signer) -> bytes:
    """Write and sign a record (eddsa-rdfc-2022). The same record and key give the same bytes.

    Raises InvalidInput for a record that Open Badges cannot say, and for another's key.
    """
    check_signer(signer, record.issuer.did)
    document = add_proof(open_badge_document(record), signer=signer, cryptosuite=RDFC, created=record.issued_at)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
