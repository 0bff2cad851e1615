"""Sign status lists and keep the signed bytes until a bit changes or the hour is over.

One list has three forms: the credential with an embedded proof, the same as a token (VC-JWT), and the token that
wallets ask for (IETF Token Status List), which holds withdrawn and suspended together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from synchromesh.credentials.models import KeyPurpose, StatusList
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.queries.records import PURPOSES, status_address
from synchromesh.credentials.queries.status_lists import find_own_place, get_status_list
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.status_lists import list_document
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.credential_formats.token_status_lists import TOKEN_TYPE, pack_states, token_claims
from synchromesh.engine.credential_formats.vc_jwt import registered_claims
from synchromesh.engine.errors import NotFound

FRESH_FOR = timedelta(hours=1)
_VALID_FOR = timedelta(days=2)


class ListForm(StrEnum):
    """The forms of a list, by their media types."""

    EMBEDDED = "application/vc"
    TOKEN = "application/vc+jwt"  # noqa: S105 - a media type, no password
    WALLET = "application/statuslist+jwt"


def publish_status_list(
    status_list: StatusList, purpose: str, *, form: ListForm = ListForm.EMBEDDED, now: datetime | None = None
) -> bytes:
    """The signed list of one purpose, dated to the hour in which it was signed. Raises NotFound, Conflict.

    The form for wallets holds both purposes and stands under the address of the revocation list.
    """
    if purpose not in PURPOSES:
        raise NotFound("There is no status list at this address.")
    hour = (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
    signed_at = max(hour, status_list.changed_at.replace(microsecond=0))
    # Two changes may fall into one second, so the bits themselves are part of the key.
    bits = bytes(status_list.withdrawn), bytes(status_list.suspended)
    digest = hashlib.sha256(b"".join(bits)).hexdigest()
    key = f"status-list:{status_list.uid}:{purpose}:{form.name}:{signed_at.timestamp():.0f}:{digest}"
    kept: bytes | None = cache.get(key)
    if kept is not None:
        return kept
    signer = signer_of(active_key(status_list.issuer, KeyPurpose.CREDENTIALS))
    if form == ListForm.WALLET:
        data = _sealed_for_wallets(status_list, bits, signed_at, signer)
    else:
        data = _sealed(_document(status_list, purpose, bits, signed_at), form, signed_at, signer)
    cache.set(key, data, int(FRESH_FOR.total_seconds()))
    return data


def _document(
    status_list: StatusList, purpose: str, bits: tuple[bytes, bytes], signed_at: datetime
) -> Mapping[str, Any]:
    return list_document(
        url=status_address(status_list.uid, purpose),
        issuer=status_list.issuer.did,
        purpose=purpose,
        bits=bits[PURPOSES.index(purpose)],
        valid_from=signed_at,
        valid_until=signed_at + _VALID_FOR,
        ttl_ms=int(FRESH_FOR.total_seconds() * 1000),
    )


def _sealed(document: Mapping[str, Any], form: ListForm, signed_at: datetime, signer: Signer) -> bytes:
    if form == ListForm.TOKEN:
        payload = canonical_json({**document, **registered_claims(document)})
        header = {"typ": "vc+jwt", "kid": signer.verification_method}
        return sign_token(payload, header=header, signer=signer).encode("ascii")
    signed = add_proof(document, signer=signer, cryptosuite=RDFC, created=signed_at)
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()


def _sealed_for_wallets(
    status_list: StatusList, bits: tuple[bytes, bytes], signed_at: datetime, signer: Signer
) -> bytes:
    claims = token_claims(
        url=status_address(status_list.uid, PURPOSES[0]),
        states=pack_states(revoked=bits[0], suspended=bits[1]),
        issued_at=signed_at,
        expires_at=signed_at + _VALID_FOR,
        ttl_seconds=int(FRESH_FOR.total_seconds()),
    )
    payload = canonical_json({"iss": status_list.issuer.did, **claims})
    header = {"typ": TOKEN_TYPE, "kid": signer.verification_method}
    return sign_token(payload, header=header, signer=signer).encode("ascii")


def find_own_list(url: str) -> bytes | None:
    """The signed list at an address of this site; None for an address elsewhere, or of no list. Raises Conflict."""
    place = find_own_place(url)
    if place is None:
        return None
    uid, purpose = place
    try:
        return publish_status_list(get_status_list(uid), purpose)
    except NotFound:
        return None
