"""A small page of one credential that any site may put into a frame: the verdict as it is now, and the way to all."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from synchromesh.credentials.models import Credential, PageDetail
from synchromesh.credentials.queries.own_verdicts import find_own_verdicts
from synchromesh.credentials.queries.pages import get_by_code
from synchromesh.web.credentials.shown_credential import shown_name
from synchromesh.web.credentials.shown_verdict import show_verdict
from synchromesh.web.templatetags.synchromesh import plain
from synchromesh.web.wallet.downloads import keep_private

THEMES = ("light", "dark")
_CODE = '<iframe src="{}" title="{}" width="100%" height="360" loading="lazy"></iframe>'


@require_safe
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # nothing can be done here, so it may be framed
@xframe_options_exempt
@never_cache
def credential_frame(request: HttpRequest, code: str) -> HttpResponse:
    """What the holder shows at the credential's own address, in few words.

    It reads no cookie and no session, so that it is the same for everybody. `theme` says how it looks.
    """
    credential = get_by_code(code)
    verdict = show_verdict(find_own_verdicts(credential))
    detail = credential.page_detail if verdict.is_trusted else PageDetail.VERDICT
    theme = request.GET.get("theme", "")
    context = {
        "credential": credential,
        "version": credential.version,
        "verdict": verdict,
        "checked_at": timezone.now(),
        "says": {"holder": shown_name(credential.holder_name, detail), "issuer_name": credential.version.issuer_name},
        "shows_person": detail != PageDetail.VERDICT,
        "theme": theme if theme in THEMES else "",
    }
    return keep_private(render(request, "wallet/frame.html", context))


def embedding_code(request: HttpRequest, credential: Credential) -> SafeString:
    """What a holder copies into a page of their own site."""
    address = request.build_absolute_uri(reverse("wallet:embed", args=[credential.code]))
    title = gettext("Credential: %(title)s") % {"title": plain(credential.version.titles)}
    return format_html(_CODE, address, title)
