"""What stays at its address for ever, for programs: keys of issuers, status lists, pictures of badges."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from synchromesh.credentials.models import AchievementVersion
from synchromesh.credentials.operations.status_publishing import ListForm, publish_status_list
from synchromesh.credentials.queries.achievements import get_published_by_uid
from synchromesh.credentials.queries.issuers import get_issuer_by_uid
from synchromesh.credentials.queries.keys import find_published_document, log_did
from synchromesh.credentials.queries.status_lists import get_status_list
from synchromesh.engine.credential_formats.badge_picture import badge_png, badge_svg
from synchromesh.engine.errors import NotFound, SynchromeshError
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.credentials.published import JSON, publish_bytes, publish_json, refuse
from synchromesh.web.credentials.shown_credential import KIND_NAMES

DID_JSON = "application/did+ld+json"  # did:web method, section 2.3; the document has an @context
_MINUTES_5, _DAY = 300, 86_400
_PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


@require_safe
def issuer_keys(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The DID document of an issuer: where did:web of it leads."""
    try:
        did = get_issuer_by_uid(uid).did
    except NotFound as error:
        return refuse(error)
    document = find_published_document(did) or {}
    return publish_json(request, document, seconds=_MINUTES_5, media_type=DID_JSON)


@require_safe
def log_keys(request: HttpRequest) -> HttpResponse:
    """The DID document of the transparency log."""
    document = find_published_document(log_did()) or {}
    return publish_json(request, document, seconds=_MINUTES_5, media_type=DID_JSON)


@require_safe
def status_list(request: HttpRequest, uid: UUID, purpose: str) -> HttpResponse:
    """A signed status list, in the form that is asked for: with an embedded proof, as a token, or for wallets."""
    media_type, form = _wanted_form(request, purpose)
    try:
        data = publish_status_list(get_status_list(uid), purpose, form=form)
    except SynchromeshError as error:
        return refuse(error)
    response = publish_bytes(request, data, media_type=media_type, seconds=_MINUTES_5)
    patch_vary_headers(response, ("Accept",))
    return response


def _wanted_form(request: HttpRequest, purpose: str) -> tuple[str, ListForm]:
    """The media type and the form; JSON for who asks for nothing special, since many programs look for that word.

    The token for wallets stands for both purposes at once and has the address of the revocation list.
    """
    offered = {JSON: ListForm.EMBEDDED} | {form.value: form for form in ListForm}
    if purpose != "revocation":
        del offered[ListForm.WALLET.value]
    wanted = request.get_preferred_type(list(offered)) or JSON
    return wanted, offered[wanted]


@require_safe
def badge(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """The picture of what is awarded now, as PNG or SVG; `?language=de` for another language than English."""
    try:
        if ending not in _PICTURES:
            raise NotFound("A badge is there as png and as svg.")
        version = get_published_by_uid(uid)
    except NotFound as error:
        return refuse(error)
    data = _drawn(version, ending, request.GET.get("language", "en"))
    return publish_bytes(request, data, media_type=_PICTURES[ending], seconds=_DAY)


def _drawn(version: AchievementVersion, ending: str, wanted: str) -> bytes:
    """Drawn once by each process; a published version never changes."""
    title = in_language(version.titles, wanted)
    key = f"badge:{version.uid}:{ending}:{title.language}"
    kept: bytes | None = cache.get(key)
    if kept is not None:
        return kept
    with translation.override(title.language):
        kind = str(KIND_NAMES.get(version.kind, version.kind))
    if ending == "png":
        data = badge_png(
            title=title.text, issuer=version.issuer_name, level=version.level, kind=kind, language=title.language
        )
    else:
        data = badge_svg(
            title=title.text, issuer=version.issuer_name, level=version.level, kind=kind, language=title.language
        ).encode()
    cache.set(key, data, _DAY)
    return data
