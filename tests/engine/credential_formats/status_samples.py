"""Signed status lists of the sample issuer, in the three forms that a list is published in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from tests.engine.credential_formats.badge_samples import DID, KEY, LISTS, NOW

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.data_integrity import JCS, add_proof
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.signing_keys import MemoryKey
from synchromesh.engine.credential_formats.status_lists import list_document, pack_bits
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.token_status_lists import TOKEN_TYPE, pack_states, token_claims


def signed_list(
    purpose: str,
    places: Iterable[int] = (),
    *,
    at: datetime = NOW,
    issuer: str = DID,
    key: MemoryKey = KEY,
) -> KeptAnswer:
    """A list as it was at this instant, with these places set."""
    document = list_document(url=LISTS[purpose], issuer=issuer, purpose=purpose, bits=pack_bits(places), valid_from=at)
    signed = add_proof(document, signer=key, cryptosuite=JCS, created=at)
    return KeptAnswer(data=json.dumps(signed).encode(), as_of=at)


def signed_lists(
    *,
    revoked: Iterable[int] = (),
    suspended: Iterable[int] = (),
    at: datetime = NOW,
    issuer: str = DID,
    key: MemoryKey = KEY,
) -> dict[str, KeptAnswer]:
    """Both lists of the sample issuer by their addresses."""
    return {
        LISTS["revocation"]: signed_list("revocation", revoked, at=at, issuer=issuer, key=key),
        LISTS["suspension"]: signed_list("suspension", suspended, at=at, issuer=issuer, key=key),
    }


def signed_token_list(
    *,
    revoked: Iterable[int] = (),
    suspended: Iterable[int] = (),
    at: datetime = NOW,
    key: MemoryKey = KEY,
    kind: str = TOKEN_TYPE,
) -> dict[str, KeptAnswer]:
    """The list that wallets ask for, by its address."""
    url = LISTS["revocation"]
    states = pack_states(revoked=pack_bits(revoked), suspended=pack_bits(suspended))
    claims = token_claims(url=url, states=states, issued_at=at, expires_at=at, ttl_seconds=300)
    header = {"typ": kind, "kid": key.verification_method}
    token = sign_token(canonical_json(claims), header=header, signer=key)
    return {url: KeptAnswer(data=token.encode("ascii"), as_of=at)}
