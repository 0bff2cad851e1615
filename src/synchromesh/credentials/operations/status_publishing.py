"""Sign status lists as credentials and keep the signed bytes until a bit changes or the hour is over."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from synchromesh.credentials.models import KeyPurpose, StatusList
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.queries.records import PURPOSES, status_address
from synchromesh.credentials.queries.status_lists import find_own_place, get_status_list
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.status_lists import list_document
from synchromesh.engine.errors import NotFound

FRESH_FOR = timedelta(hours=1)
_VALID_FOR = timedelta(days=2)


def publish_status_list(status_list: StatusList, purpose: str, *, now: datetime | None = None) -> bytes:
    """The signed list of one purpose as JSON, dated to the hour in which it was signed. Raises NotFound, Conflict."""
    if purpose not in PURPOSES:
        raise NotFound("There is no status list at this address.")
    hour = (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
    signed_at = max(hour, status_list.changed_at.replace(microsecond=0))
    bits = status_list.withdrawn if purpose == "revocation" else status_list.suspended
    # Two changes may fall into one second, so the bits themselves are part of the key.
    state = hashlib.sha256(bytes(bits)).hexdigest()
    key = f"status-list:{status_list.uid}:{purpose}:{signed_at.timestamp():.0f}:{state}"
    kept: bytes | None = cache.get(key)
    if kept is not None:
        return kept
    document = list_document(
        url=status_address(status_list.uid, purpose),
        issuer=status_list.issuer.did,
        purpose=purpose,
        bits=bytes(bits),
        valid_from=signed_at,
        valid_until=signed_at + _VALID_FOR,
        ttl_ms=int(FRESH_FOR.total_seconds() * 1000),
    )
    signer = signer_of(active_key(status_list.issuer, KeyPurpose.CREDENTIALS))
    signed = add_proof(document, signer=signer, cryptosuite=RDFC, created=signed_at)
    data = json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()
    cache.set(key, data, int(FRESH_FOR.total_seconds()))
    return data


def find_own_list(url: str) -> bytes | None:
    """The signed list at an address of this site; None for an address elsewhere, or of no list."""
    place = find_own_place(url)
    if place is None:
        return None
    uid, purpose = place
    try:
        return publish_status_list(get_status_list(uid), purpose)
    except NotFound:
        return None
