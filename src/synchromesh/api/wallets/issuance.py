"""Issue credentials to wallets (OpenID for Verifiable Credential Issuance 1.0, pre-authorised code flow)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.wallets.answers import for_wallets, json_answer, read_json_body
from synchromesh.credentials.operations.wallet_offers import accept_wallet_offer, issue_to_wallet, new_nonce
from synchromesh.engine.credential_formats.wallet_proofs import WalletFault
from synchromesh.engine.credential_formats.wallet_tokens import supported_configurations

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@for_wallets("GET", "HEAD")
def issuer_metadata(request: HttpRequest) -> HttpResponse:
    """What is issued here and where (section 12.2)."""
    site = settings.SITE_ADDRESS
    display = [{"name": settings.ALLIANCE_NAME, "locale": "en"}]
    return json_answer(
        {
            "credential_issuer": site,
            "credential_endpoint": f"{site}/openid4vci/credential",
            "nonce_endpoint": f"{site}/openid4vci/nonce",
            "display": display,
            "credential_configurations_supported": supported_configurations(display_name=settings.ALLIANCE_NAME),
        }
    )


@for_wallets("GET", "HEAD")
def server_metadata(request: HttpRequest) -> HttpResponse:
    """Where tokens are given out (RFC 8414; OpenID4VCI, section 12.3): here, for codes, to wallets without a name."""
    site = settings.SITE_ADDRESS
    return json_answer(
        {
            "issuer": site,
            "token_endpoint": f"{site}/openid4vci/token",
            "grant_types_supported": [PRE_AUTHORIZED],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["none"],
            "pre-authorized_grant_anonymous_access_supported": True,
        }
    )


@for_wallets("POST")
def token(request: HttpRequest) -> HttpResponse:
    """A token for the code of an offer and its PIN (section 6)."""
    if request.POST.get("grant_type") != PRE_AUTHORIZED:
        raise WalletFault("unsupported_grant_type", "Only the pre-authorised code of an offer is taken here.")
    code, pin = request.POST.get("pre-authorized_code", ""), request.POST.get("tx_code", "")
    if not code:
        raise WalletFault("invalid_request", "The pre-authorised code is missing.")
    access_token, seconds = accept_wallet_offer(by=VISITOR, code=code, pin=pin)
    return json_answer({"access_token": access_token, "token_type": "Bearer", "expires_in": seconds})


@for_wallets("POST")
def nonce(request: HttpRequest) -> HttpResponse:
    """A number for the wallet to sign (section 7)."""
    return json_answer({"c_nonce": new_nonce()})


@for_wallets("POST")
def credential(request: HttpRequest) -> HttpResponse:
    """The credential of a token, for a key that the wallet proves to have (section 8)."""
    scheme, _, access_token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise WalletFault("invalid_token", "Send the token in the header Authorization.")
    sealed = issue_to_wallet(by=VISITOR, token=access_token.strip(), request=read_json_body(request))
    return json_answer({"credentials": [{"credential": sealed}]})
