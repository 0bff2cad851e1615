"""What a person holds that was issued here: all of it, one of it, and the links that were given out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, PageDetail
from synchromesh.credentials.operations.claiming import claim_by_addresses
from synchromesh.credentials.operations.learner_records import make_learner_record
from synchromesh.credentials.operations.wallet import set_page_detail
from synchromesh.credentials.queries.records import credential_record, page_address
from synchromesh.credentials.queries.stacks import list_complete_wholes
from synchromesh.credentials.queries.wallet import (
    get_own_credential,
    list_claimable,
    list_collections,
    list_held,
    list_own_credentials,
    list_shares,
    verified_addresses,
)
from synchromesh.engine.credential_formats.envelopes import learner_record
from synchromesh.engine.credential_formats.europass import VIEWER_URL, WALLET_URL
from synchromesh.engine.credential_formats.linkedin import add_to_profile_url
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.me.credentials.forms import DetailForm
from synchromesh.web.me.credentials.linkedin_fields import linkedin_fields
from synchromesh.web.me.credentials.sharing import end_link, make_link, sharing_context
from synchromesh.web.people import signed_in
from synchromesh.web.wallet.downloads import keep_private, list_downloads, send_credential
from synchromesh.web.wallet.embed_views import embedding_code


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def credentials(request: HttpRequest) -> HttpResponse:
    """Everything that a person holds; a button takes what was issued to one of the person's addresses."""
    person = signed_in(request)
    if request.method == "POST":
        return _take_waiting(request, person)
    shares, now, own = list_shares(person), timezone.now(), list_own_credentials(person)
    context = {
        "own": own,
        "issuers": list({one.version.achievement.issuer.pk: one.version.achievement.issuer for one in own}.values()),
        "held": list_held(person),
        "collections": list_collections(person),
        "waiting": list_claimable(person),
        "complete": list_complete_wholes(person),
        "live_links": sum(share.ended_at is None and share.ends_at > now for share in shares),
        "links": len(shares),
    }
    return render(request, "me/credentials/all.html", context)


def _take_waiting(request: HttpRequest, person: User) -> HttpResponse:
    taken = claim_by_addresses(by=person, addresses=verified_addresses(person))
    count = len(taken)
    if count:
        words = ngettext("%(count)s credential is yours now.", "%(count)s credentials are yours now.", count)
        messages.success(request, words % {"count": count})
    return redirect("me:credentials")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """One's own credential: take it along, show it to others, choose what its page shows."""
    person = signed_in(request)
    held = get_own_credential(person, code)
    form, made = None, None
    if request.method == "POST":
        action = request.POST.get("do", "")
        if action == "share":
            form, made = make_link(request, person, held)
        else:
            _change(request, person, held, action)
            return redirect("me:credential", code=held.code)
    context = _shown(request, held) | sharing_context(held, form, made)
    return render(request, "me/credentials/one.html", context, status=422 if form and form.errors else 200)


def _change(request: HttpRequest, person: User, held: Credential, action: str) -> None:
    """Do what the button says. Raises InvalidInput for one that is not there."""
    if action == "end-link":
        end_link(request, person)
        return
    form = DetailForm(request.POST)
    if action != "detail" or not form.is_valid():
        raise InvalidInput(gettext("Choose what to do with the credential."), field="do")
    set_page_detail(by=person, credential=held, detail=PageDetail(form.cleaned_data["detail"]))
    messages.success(request, gettext("Its page shows what you chose."))


def _shown(request: HttpRequest, held: Credential) -> dict[str, Any]:
    record = credential_record(held)
    return {
        "credential": held,
        "version": held.version,
        "page_url": page_address(held.code),
        "downloads": list_downloads(),
        "detail_form": DetailForm(initial={"detail": held.page_detail}),
        "linkedin": linkedin_fields(record),
        "linkedin_url": add_to_profile_url(record),
        "europass_viewer": VIEWER_URL,
        "europass_wallet": WALLET_URL,
        "embed_code": embedding_code(request, held),
    }


@require_safe
@never_cache
@login_required
def credential_file(request: HttpRequest, code: str, format_name: str) -> HttpResponse:
    """One's own credential as a file."""
    return send_credential(get_own_credential(signed_in(request), code), format_name)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def links(request: HttpRequest) -> HttpResponse:
    """All links that a person has given out, and the button that ends one."""
    person = signed_in(request)
    if request.method == "POST":
        end_link(request, person)
        return redirect("me:credential-links")
    return render(request, "me/credentials/links.html", {"shares": list_shares(person), "now": timezone.now()})


@require_safe
@never_cache
@login_required
def learner_record_file(request: HttpRequest, slug: str) -> HttpResponse:
    """All that one issuer awarded to the reader, in one signed file."""
    data = make_learner_record(by=signed_in(request), issuer_slug=slug, title=gettext("Learner record"))
    response = HttpResponse(data, content_type=learner_record.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slug[:60]}.{learner_record.ENDING}"'
    return keep_private(response)
