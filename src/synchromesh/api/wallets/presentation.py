"""Let wallets show credentials here (OpenID for Verifiable Presentations 1.0, direct_post)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.wallets.answers import LARGEST_BODY, for_wallets, json_answer
from synchromesh.credentials.operations.wallet_requests import (
    OBJECT_TYPE,
    record_presentation,
    record_refusal,
    sign_request_object,
)
from synchromesh.credentials.queries.keys import find_published_document, verifier_did
from synchromesh.credentials.queries.wallet_requests import get_request_to_fetch
from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.wallet_proofs import WalletFault


@for_wallets("GET", "HEAD")
def verifier_document(request: HttpRequest) -> HttpResponse:
    """The DID document with the keys that sign requests."""
    return json_answer(find_published_document(verifier_did()) or {})


@for_wallets("GET", "HEAD", "POST")
def request_object(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The signed request behind a QR code (section 5.10). Raises NotFound once it has ended."""
    signed = sign_request_object(get_request_to_fetch(uid))
    return HttpResponse(signed, content_type=f"application/{OBJECT_TYPE}")


@for_wallets("POST")
def response(request: HttpRequest) -> HttpResponse:
    """What a wallet shows, or that it shows nothing (section 8.2)."""
    state, error = request.POST.get("state", ""), request.POST.get("error", "")
    if error:
        record_refusal(by=VISITOR, state=state, error=error)
        return json_answer({})
    shown = request.POST.get("vp_token", "")
    if not shown:
        raise WalletFault("invalid_request", "The parameter vp_token is missing.")
    record_presentation(by=VISITOR, state=state, shown=read_object(shown, most_bytes=LARGEST_BODY))
    return json_answer({})
