"""Put a credential into a wallet on a phone: an offer as a QR code and as a link, with a PIN."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.credentials.operations.wallet_offers import PIN_DIGITS, NewOffer, make_wallet_offer
from synchromesh.credentials.queries.wallet import get_own_credential
from synchromesh.engine.credential_formats.wallet_tokens import CONFIGURATIONS
from synchromesh.web.people import signed_in
from synchromesh.web.wallet.code_pictures import code_picture

_GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def credential_offer(request: HttpRequest, code: str) -> HttpResponse:
    """What a wallet needs; made when the button is pressed, in that one answer and nowhere else."""
    person = signed_in(request)
    held = get_own_credential(person, code)
    context: dict[str, Any] = {"credential": held, "version": held.version, "offer": None}
    if request.method == "POST":
        made = make_wallet_offer(by=person, credential=held)
        link = offer_link(made)
        context |= {"offer": made.offer, "pin": made.pin, "link": link, "picture": code_picture(link)}
    return render(request, "me/credentials/offer.html", context)


def offer_link(made: NewOffer) -> str:
    """The address that opens a wallet with the offer (OpenID4VCI 1.0, section 4.1): by value, so nothing is kept."""
    pin = {"length": PIN_DIGITS, "input_mode": "numeric", "description": gettext("The PIN stands beside the code.")}
    offer = {
        "credential_issuer": settings.SITE_ADDRESS,
        "credential_configuration_ids": list(CONFIGURATIONS),
        "grants": {_GRANT: {"pre-authorized_code": made.code, "tx_code": pin}},
    }
    written = json.dumps(offer, ensure_ascii=False, separators=(",", ":"))
    return f"openid-credential-offer://?credential_offer={quote(written, safe='')}"
