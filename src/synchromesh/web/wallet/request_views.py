"""Ask a wallet to show a credential: choose what for, let the holder scan the code, see the verdict."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.permissions import VISITOR
from synchromesh.credentials.models import WalletRequest
from synchromesh.credentials.operations.wallet_requests import ask_wallet as make_request
from synchromesh.credentials.operations.wallet_requests import client_id, request_address
from synchromesh.credentials.queries.wallet_requests import get_asked, list_shown, page_key
from synchromesh.engine.credential_formats.wallet_queries import ASKED
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.credentials.shown_document import show_document
from synchromesh.web.wallet.code_pictures import code_picture
from synchromesh.web.wallet.downloads import keep_private

MOST_REQUESTS = 120  # in a quarter of an hour from one address: a recruiting fair behind one address
ASKED_NAMES = {
    "name": _("Name of the holder"),
    "skills": _("Skills and level"),
    "workload": _("Workload and type of assessment"),
    "result": _("Result"),
}


class RequestForm(forms.Form):
    """What the wallet is asked for."""

    asked = forms.MultipleChoiceField(
        label=_("Besides title and issuer, ask for"),
        choices=[(name, ASKED_NAMES[name]) for name in ASKED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["name", "skills"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_wallet(request: HttpRequest) -> HttpResponse:
    """Choose what to ask for; no account is needed, and nobody learns who asked."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        check_attempts(request, "ask-wallet", most=MOST_REQUESTS)
        note_failure(request, "ask-wallet")
        made = make_request(by=VISITOR, asked=form.cleaned_data["asked"])
        return redirect("wallet:answer", uid=made.uid, key=page_key(made))
    return render(request, "wallet/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
def wallet_answer(request: HttpRequest, uid: UUID, key: str) -> HttpResponse:
    """The code to scan while the answer is awaited, then the answer. Raises NotFound for anybody but who asked."""
    asked = get_asked(uid, key)
    if "HX-Request" in request.headers:
        return keep_private(_nothing_new() if _waits(asked) else _look_again())
    link = f"openid4vp://?client_id={quote(client_id(), safe='')}&request_uri={quote(request_address(uid), safe='')}"
    waits = _waits(asked)
    context = {
        "asked": asked,
        "waits": waits,
        "shown": [show_document(checked) for checked in list_shown(asked)],
        "refused": "refused" in asked.verdicts,
        "link": link,
        "picture": code_picture(link) if waits else "",
    }
    return keep_private(render(request, "wallet/answer.html", context))


def _waits(asked: WalletRequest) -> bool:
    return asked.answered_at is None and asked.ends_at > timezone.now()


def _nothing_new() -> HttpResponse:
    """The page stays as it is, so that nobody loses their place in it."""
    return HttpResponse(status=204)


def _look_again() -> HttpResponse:
    """The page is loaded anew, once."""
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response
