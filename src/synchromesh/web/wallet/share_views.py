"""What somebody sees to whom a holder gave a link: the verdict, and the fields that the holder chose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synchromesh.credentials.models import Credential, CredentialShare, HeldCredential
from synchromesh.credentials.operations.shares import open_share, take_shared_token
from synchromesh.credentials.queries.kept_checks import kept_check
from synchromesh.credentials.queries.own_verdicts import find_own_verdicts
from synchromesh.credentials.queries.pages import list_proved_skills
from synchromesh.credentials.queries.shares import SharedItem, get_shared, list_shared, shown_fields
from synchromesh.engine.credential_formats.envelopes import selective_jwt
from synchromesh.engine.errors import NotFound
from synchromesh.web.credentials.shown_credential import KIND_NAMES
from synchromesh.web.credentials.shown_document import show_document
from synchromesh.web.credentials.shown_verdict import show_verdict
from synchromesh.web.wallet.downloads import keep_private, send_file
from synchromesh.web.wallet.held_files import send_held


@require_safe
@never_cache
def share(request: HttpRequest, secret: str) -> HttpResponse:
    """The credential behind a link, or the list of those in a collection. Raises NotFound once the link has ended."""
    made = open_share(secret)
    items = list_shared(made, secret)
    if made.collection is None and len(items) == 1:
        return _one(request, made, secret, items[0])
    context = {"share": made, "secret": secret, "items": items}
    return keep_private(render(request, "wallet/shared_collection.html", context))


@require_safe
@never_cache
def shared_credential(request: HttpRequest, secret: str, key: str) -> HttpResponse:
    """One credential of a shared collection."""
    made = open_share(secret)
    return _one(request, made, secret, get_shared(made, secret, key))


@require_safe
@never_cache
def shared_file(request: HttpRequest, secret: str, key: str) -> HttpResponse:
    """A signed file that says no more than the page; one from elsewhere as it came. Raises NotFound without "files"."""
    made = open_share(secret)
    item = get_shared(made, secret, key)
    if "files" not in made.fields:
        raise NotFound("The holder did not add a file. Ask the holder for it.")
    if isinstance(item.thing, HeldCredential):
        return send_held(item.thing)
    return send_file(item.thing, take_shared_token(made, item.thing), selective_jwt)


def _one(request: HttpRequest, made: CredentialShare, secret: str, item: SharedItem) -> HttpResponse:
    thing = item.thing
    fields = made.fields
    shown = _of_held(thing, fields) if isinstance(thing, HeldCredential) else _of_own(thing, fields)
    context = {"share": made, "secret": secret, "item": item, "fields": fields, **shown}
    return keep_private(render(request, "wallet/shared_credential.html", context))


def _of_own(credential: Credential, fields: Collection[str]) -> dict[str, Any]:
    """A credential of this site: checked this moment."""
    version = credential.version
    return {
        "verdict": show_verdict(find_own_verdicts(credential)),
        "checked_at": timezone.now(),
        "credential": credential,
        "version": version,
        "issuer": version.achievement.issuer,
        "holder_name": credential.holder_name if "name" in fields else "",
        "shows_person": "dates" in fields,
        "result": credential.percent if "result" in fields else None,
        "skills": list_proved_skills(version),
        "kind": KIND_NAMES.get(version.kind, version.kind),
    }


def _of_held(held: HeldCredential, fields: Collection[str]) -> dict[str, Any]:
    """A credential from elsewhere: as the holder last let it be checked, so that no link makes this site ask others."""
    checked = kept_check(held)
    document = show_document(replace(checked, shown=shown_fields(checked.shown, fields)))
    return {"verdict": document.verdict, "checked_at": held.checked_at, "document": document}
