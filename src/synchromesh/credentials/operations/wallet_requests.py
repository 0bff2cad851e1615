"""Ask a wallet to show a credential, and check what it shows.

Source: OpenID for Verifiable Presentations 1.0: request (section 5), request object at an address (5.10), client
identifiers that are DIDs (5.9.3), answer by `direct_post` (8.2). What was shown is forgotten within a day.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import KeyPurpose, SigningKey, WalletRequest
from synchromesh.credentials.operations.checking import OnlineSurroundings
from synchromesh.credentials.operations.keys import rotate_key
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.queries.kept_checks import check_as_json
from synchromesh.credentials.queries.keys import verifier_did
from synchromesh.credentials.queries.wallet_requests import get_request
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.wallet_proofs import WalletFault, check_presentation
from synchromesh.engine.credential_formats.wallet_queries import ASKED, presentation_query, supported_formats
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.vocabulary.storable_text import printable
from synchromesh.plumbing import audit

LASTS = timedelta(minutes=10)
OBJECT_TYPE = "oauth-authz-req+jwt"
# Who a wallet is that cannot be asked first (OpenID for Verifiable Presentations 1.0, section 5.8).
_ANY_WALLET = "https://self-issued.me/v2"


def ask_wallet(*, by: audit.Actor, asked: Collection[str], now: datetime | None = None) -> WalletRequest:
    """Make a request for a credential with these parts (names of `ASKED`). Raises InvalidInput for others."""
    if unknown := sorted(set(asked) - set(ASKED)):
        raise InvalidInput(f"Wallets are not asked for '{unknown[0]}'.", field="asked")
    at = now or timezone.now()
    with transaction.atomic():
        request = WalletRequest.objects.create(
            nonce=secrets.token_urlsafe(24),
            state=secrets.token_urlsafe(24),
            query=presentation_query(asked),
            made_at=at,
            ends_at=at + LASTS,
        )
        audit.record(by=by, action="ask_wallet", kind="wallet request", uid=request.uid)
    return request


def client_id() -> str:
    """Under which name this site asks: its own DID, whose document holds the key of its requests."""
    return f"decentralized_identifier:{verifier_did()}"


def sign_request_object(request: WalletRequest, *, now: datetime | None = None) -> str:
    """The request as a wallet fetches it, signed. The key for that is made when it is first needed."""
    at = now or timezone.now()
    claims = {
        "aud": _ANY_WALLET,
        "client_id": client_id(),
        "response_type": "vp_token",
        "response_mode": "direct_post",
        "response_uri": f"{settings.SITE_ADDRESS}/openid4vp/response",
        "nonce": request.nonce,
        "state": request.state,
        "dcql_query": request.query,
        "client_metadata": {"client_name": settings.ALLIANCE_NAME, "vp_formats_supported": supported_formats()},
        "iat": int(at.timestamp()),
        "exp": int(request.ends_at.timestamp()),
    }
    signer = signer_of(_request_key())
    header = {"typ": OBJECT_TYPE, "kid": signer.verification_method}
    return sign_token(canonical_json(claims), header=header, signer=signer)


def record_presentation(
    *, by: audit.Actor, state: str, shown: Mapping[str, Any], now: datetime | None = None
) -> WalletRequest:
    """Check what a wallet shows for a request and keep the verdicts for who asked. Raises NotFound, WalletFault.

    An answer that does not hold is not kept: it may be anybody's. A request is answered once.
    """
    at = now or timezone.now()
    request = get_request(state=state, now=at)
    # Before anything is locked: other servers may be asked, and that takes time.
    checked = check_presentation(
        shown,
        query=request.query,
        nonce=request.nonce,
        client_id=client_id(),
        around=OnlineSurroundings(now=at),
    )
    if not checked:
        raise WalletFault("invalid_request", "The answer holds no credential.")
    kept = [check_as_json(one) | {"format": one.format} for one in checked]
    with transaction.atomic():
        _settle(request, at, {"credentials": kept})
        audit.record(by=by, action="record_presentation", kind="wallet request", uid=request.uid)
    return request


def record_refusal(*, by: audit.Actor, state: str, error: str, now: datetime | None = None) -> WalletRequest:
    """Keep that a wallet, or its holder, does not show anything. Raises NotFound."""
    at = now or timezone.now()
    request = get_request(state=state, now=at)
    with transaction.atomic():
        _settle(request, at, {"refused": printable(error)[:100]})
        audit.record(by=by, action="record_refusal", kind="wallet request", uid=request.uid)
    return request


def _settle(request: WalletRequest, at: datetime, verdicts: Mapping[str, Any]) -> None:
    """Keep the answer, unless there is one already."""
    waiting = WalletRequest.objects.filter(pk=request.pk, answered_at=None)
    if not waiting.update(answered_at=at, verdicts=verdicts):
        raise NotFound("This request was answered already.")
    request.answered_at, request.verdicts = at, verdicts


def _request_key() -> SigningKey:
    if not SigningKey.objects.filter(issuer=None, purpose=KeyPurpose.REQUESTS, retired_at=None).exists():
        with suppress(IntegrityError):  # another process made it in this moment
            rotate_key(by=OPERATOR, issuer=None, purpose=KeyPurpose.REQUESTS)
    return active_key(None, KeyPurpose.REQUESTS)


def request_address(uid: UUID) -> str:
    """Where a wallet fetches the request."""
    return f"{settings.SITE_ADDRESS}/openid4vp/request/{uid}"
