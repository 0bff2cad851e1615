"""Bring a credential into a wallet: an offer with a code and a PIN, a token for both, the credential for the token.

Source: OpenID for Verifiable Credential Issuance 1.0 (pre-authorised code flow: section 3.5; offer: 4; token: 6; nonce:
7; credential: 8). Of every secret only a hash is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Credential, CredentialState, WalletNonce, WalletOffer
from synchromesh.credentials.operations.claiming import hash_secret
from synchromesh.credentials.operations.signers import signer_of
from synchromesh.credentials.permissions import holds
from synchromesh.credentials.queries.records import credential_record
from synchromesh.engine.credential_formats.wallet_proofs import WalletFault, check_credential_request
from synchromesh.engine.credential_formats.wallet_tokens import CONFIGURATIONS, seal_for_wallet
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit

LASTS = timedelta(minutes=10)
MOST_TRIES = 5
PIN_DIGITS = 6
_NONCE_LASTS = timedelta(minutes=5)
_NONCES = TimestampSigner(salt="nonce for wallets", sep=".")
_NO_GRANT = "The code is not of ours, has run out or was used, or the PIN is wrong."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffer:
    """An offer with its secrets, which are shown once."""

    offer: WalletOffer
    code: str
    pin: str


def make_wallet_offer(*, by: User, credential: Credential, now: datetime | None = None) -> NewOffer:
    """Offer one's own credential to a wallet for ten minutes; an earlier offer ends. Raises NotAllowed, Conflict."""
    require(holds(by, credential), "Only the holder puts a credential into a wallet.")
    if credential.state == CredentialState.WITHDRAWN:
        raise Conflict("A withdrawn credential is not put into wallets.")
    at = now or timezone.now()
    code, pin = secrets.token_urlsafe(24), "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
    with transaction.atomic():
        WalletOffer.objects.filter(credential=credential, ends_at__gt=at).update(ends_at=at)
        offer = WalletOffer.objects.create(
            credential=credential,
            code_sha256=hash_secret(code),
            pin_sha256=_hash_pin(code, pin),
            made_at=at,
            ends_at=at + LASTS,
        )
        audit.record(by=by, action="make_wallet_offer", kind="credential", uid=credential.uid)
    return NewOffer(offer=offer, code=code, pin=pin)


def accept_wallet_offer(*, by: audit.Actor, code: str, pin: str, now: datetime | None = None) -> tuple[str, int]:
    """Exchange code and PIN for a token and the seconds that it lasts. Raises WalletFault.

    A code serves once. After five wrong PINs the offer has ended.
    """
    at = now or timezone.now()
    live = WalletOffer.objects.filter(code_sha256=hash_secret(code), token_sha256="", ends_at__gt=at)
    # Counted before anything else, so that many tries at once are not more than many one after the other.
    if not live.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise WalletFault("invalid_grant", _NO_GRANT)
    with transaction.atomic():
        offer = live.select_for_update().select_related("credential").first()
        if offer is None or not secrets.compare_digest(offer.pin_sha256, _hash_pin(code, pin)):
            raise WalletFault("invalid_grant", _NO_GRANT)
        token = secrets.token_urlsafe(32)
        offer.token_sha256, offer.ends_at = hash_secret(token), at + LASTS
        offer.save(update_fields=["token_sha256", "ends_at"])
        audit.record(by=by, action="accept_wallet_offer", kind="credential", uid=offer.credential.uid)
    return token, int(LASTS.total_seconds())


def issue_to_wallet(*, by: audit.Actor, token: str, request: Mapping[str, Any], now: datetime | None = None) -> str:
    """The credential of a token, bound to the key that the wallet proves to have. Raises WalletFault.

    The error `invalid_token` is for the token; the others are those of the protocol. It is the same credential with
    another envelope: its status, its number and its entry in the log are those that it has.
    """
    at = now or timezone.now()
    with transaction.atomic():
        found = WalletOffer.objects.select_for_update(of=("self",)).filter(
            token_sha256=hash_secret(token), ends_at__gt=at
        )
        related = ("credential__key__issuer", "credential__status_list")
        offer = found.select_related(*related).first() if token else None
        if offer is None or offer.credential.state == CredentialState.WITHDRAWN:
            raise WalletFault("invalid_token", "The token is not of ours or has run out.")
        configuration, holder = check_credential_request(
            request,
            issuer=settings.SITE_ADDRESS,
            configurations=CONFIGURATIONS,
            take_nonce=_take_nonce,
            now=at,
        )
        record = credential_record(offer.credential)
        sealed = seal_for_wallet(
            record, configuration=configuration, holder=holder, signer=signer_of(offer.credential.key)
        )
        offer.taken_at = offer.taken_at or at
        offer.save(update_fields=["taken_at"])
        audit.record(by=by, action="issue_to_wallet", kind="credential", uid=offer.credential.uid, what=configuration)
    return sealed


def new_nonce() -> str:
    """A number for a wallet to sign; it holds for five minutes and needs no place until it is used."""
    return _NONCES.sign(secrets.token_urlsafe(16))


def _take_nonce(nonce: str) -> bool:
    """Whether a nonce is ours, still holds and was not used; used up from now on."""
    try:
        _NONCES.unsign(nonce, max_age=_NONCE_LASTS)
        with transaction.atomic():
            WalletNonce.objects.create(sha256=hash_secret(nonce), ends_at=timezone.now() + _NONCE_LASTS)
    except (BadSignature, IntegrityError):
        return False
    return True


def _hash_pin(code: str, pin: str) -> str:
    """With the code, so that the hash of so few digits says nothing by itself."""
    return hash_secret(f"{code}:{pin}")
