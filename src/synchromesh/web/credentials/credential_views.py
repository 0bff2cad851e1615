"""The page of a credential: the verdict first, then what it says. It opens from a QR code, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, PageDetail
from synchromesh.credentials.permissions import holds
from synchromesh.credentials.queries.own_verdicts import find_own_verdicts
from synchromesh.credentials.queries.pages import get_by_code, list_proved_skills
from synchromesh.credentials.queries.records import PURPOSES, status_address
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import NotFound
from synchromesh.web.credentials.shown_credential import (
    KIND_NAMES,
    find_reason_of_state,
    list_evidence,
    shown_name,
)
from synchromesh.web.credentials.shown_verdict import ShownVerdict, show_verdict
from synchromesh.web.wallet.downloads import list_downloads, send_credential


@require_safe
def credential_page(request: HttpRequest, code: str) -> HttpResponse:
    """The verdict as it is this moment. What the holder does not show stays away, also from the page's source."""
    try:
        credential = get_by_code(code)
    except NotFound:
        return _for_nobody_else(render(request, "credentials/not_found.html", {"code": code[:40]}, status=404))
    checked = find_own_verdicts(credential)
    verdict = show_verdict(checked)
    context = {
        "credential": credential,
        "version": credential.version,
        "issuer": credential.version.achievement.issuer,
        "verdict": verdict,
        "checked_at": timezone.now(),
        "is_holder": holds_it(request, credential),
        "changed": find_reason_of_state(credential),
        "kind": KIND_NAMES.get(credential.version.kind, credential.version.kind),
        **_what_it_says(credential, checked, verdict),
    }
    if context["shows_all"]:
        context["downloads"] = list_downloads()
    return _for_nobody_else(render(request, "credentials/credential.html", context))


def _what_it_says(credential: Credential, checked: CheckedCredential, verdict: ShownVerdict) -> dict[str, Any]:
    """The parts that depend on the holder's choice; an altered credential says nothing that could be relied on."""
    detail = credential.page_detail if verdict.is_trusted else PageDetail.VERDICT
    shows_person = detail in (PageDetail.FULL, PageDetail.INITIALS)
    return {
        "holder_name": shown_name(credential.holder_name, detail),
        "shows_person": shows_person,
        "shows_all": detail == PageDetail.FULL,
        "evidence": list_evidence(checked) if detail == PageDetail.FULL else (),
        "skills": list_proved_skills(credential.version) if verdict.is_trusted else (),
        "lists": [status_address(credential.status_list.uid, purpose) for purpose in PURPOSES],
    }


@require_safe
def credential_file(request: HttpRequest, code: str, format_name: str) -> HttpResponse:
    """One envelope of a credential, for its holder, or for everybody where the holder shows everything.

    Raises NotFound, also where the holder does not show it: that there is something to have is not told.
    """
    credential = get_by_code(code)
    if not (credential.page_detail == PageDetail.FULL or holds_it(request, credential)):
        raise NotFound("There is no such file. Ask the holder for it.")
    return _for_nobody_else(send_credential(credential, format_name))


def holds_it(request: HttpRequest, credential: Credential) -> bool:
    """Whether the person who asks is the holder."""
    return isinstance(request.user, User) and holds(request.user, credential)


def _for_nobody_else(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and kept by the reader's own browser only, which asks again before it shows it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
