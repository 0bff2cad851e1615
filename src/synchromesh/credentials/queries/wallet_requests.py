"""Requests to wallets: by what the wallet sends back, and by what the page of who asked knows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.signing import Signer
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from synchromesh.credentials.models import WalletRequest
from synchromesh.credentials.queries.kept_checks import check_from_json
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import NotFound

_KEYS = Signer(salt="page of a request to a wallet")
_GONE = "This request has ended or was answered. Ask again."


def get_request(*, state: str, now: datetime | None = None) -> WalletRequest:
    """A request that waits for its answer. Raises NotFound."""
    waiting = WalletRequest.objects.filter(answered_at=None, ends_at__gt=now or timezone.now())
    found = waiting.filter(state=state).first() if state else None
    if found is None:
        raise NotFound(_GONE)
    return found


def get_request_to_fetch(uid: UUID) -> WalletRequest:
    """A request that waits, by the address in its QR code. Raises NotFound."""
    found = WalletRequest.objects.filter(uid=uid, answered_at=None, ends_at__gt=timezone.now()).first()
    if found is None:
        raise NotFound(_GONE)
    return found


def page_key(request: WalletRequest) -> str:
    """What stands in the address of the asker's page besides the uid, which the wallet knows too."""
    return _KEYS.signature(str(request.uid))


def get_asked(uid: UUID, key: str) -> WalletRequest:
    """A request for who asked; an ended one that was not answered too. Raises NotFound."""
    found = WalletRequest.objects.filter(uid=uid).first()
    if found is None or not constant_time_compare(key, page_key(found)):
        raise NotFound(_GONE)
    return found


def list_shown(request: WalletRequest) -> list[CheckedCredential]:
    """What a wallet has shown, as it was checked then."""
    kept = request.verdicts.get("credentials", [])
    return [check_from_json(one, format_name=one.get("format", "")) for one in kept]
