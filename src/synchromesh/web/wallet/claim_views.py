"""What a holder finds behind the link of a mail: see it and take its files, with an account or without."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.credentials.operations.claiming import claim_by_link, find_by_claim_link
from synchromesh.credentials.queries.records import page_address
from synchromesh.web.wallet.downloads import keep_private, list_downloads, send_credential


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def claim(request: HttpRequest, secret: str) -> HttpResponse:
    """The credential behind the link; with the button it goes into the account of who is signed in.

    Raises NotFound for a link that has ended or was used.
    """
    found = find_by_claim_link(secret)
    if request.method == "POST":
        if not isinstance(request.user, User):
            return redirect_to_login(request.path)
        taken = claim_by_link(by=request.user, secret=secret)
        messages.success(request, gettext("The credential is yours now."))
        return redirect("me:credential", code=taken.code)
    context = {
        "credential": found,
        "version": found.version,
        "secret": secret,
        "downloads": list_downloads(),
        "page_url": page_address(found.code),
    }
    return keep_private(render(request, "wallet/claim.html", context))


@require_safe
@never_cache
def claim_file(request: HttpRequest, secret: str, format_name: str) -> HttpResponse:
    """A file of it. Raises NotFound as the page does."""
    return send_credential(find_by_claim_link(secret), format_name)
