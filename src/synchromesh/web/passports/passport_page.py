"""What the pages of a passport have in common: who asks, with which link, and an answer that no cache keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import SynchromeshError
from synchromesh.engine.passport_models.model import Tier
from synchromesh.passports.queries.views import PassportView, get_passport
from synchromesh.plumbing.audit import Actor
from synchromesh.web.error_sentences import sentence_of

LONGEST_SECRET = 200

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def seen_page(view: View[Given]) -> View[Given]:
    """A page that everybody reads at the same address, each as much as they may see."""
    return cast("View[Given]", require_safe(_unindexed(never_cache(cast("Any", view)))))


def own_page(view: View[Given]) -> View[Given]:
    """A page with forms for somebody signed in. Who may, the queries and operations know."""
    guarded: Any = login_required(cast("Any", view))
    return cast("View[Given]", require_http_methods(["GET", "HEAD", "POST"])(_unindexed(never_cache(guarded))))


def _unindexed(view: Any) -> Any:
    """Search engines keep no practice passport: it could be taken for a real one there."""

    def answer(*values: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = view(*values, **named)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def visitor_of(request: HttpRequest) -> Actor:
    """Who asks: a person or a visitor without a name."""
    return request.user if isinstance(request.user, User) else VISITOR


def secret_of(request: HttpRequest) -> str:
    """What a shared link carries, "" without one."""
    return request.GET.get("key", "")[:LONGEST_SECRET]


def seen_by(request: HttpRequest, uid: UUID) -> PassportView:
    """The passport as whoever asks sees it, or as the tier in `?as=` does. Raises NotFound."""
    asked = request.GET.get("as", "")
    seen_as = Tier(asked) if asked in list(Tier) else None
    return get_passport(uid, visible_to=visitor_of(request), secret=secret_of(request), seen_as=seen_as)


def address_with_key(request: HttpRequest, name: str, *values: object) -> str:
    """The address of another page of the passport, with the key of the link by which one came."""
    address, secret = reverse(f"passports:{name}", args=values), secret_of(request)
    return f"{address}?{urlencode({'key': secret})}" if secret else address


def put_error(form: forms.Form, error: SynchromeshError) -> None:
    """Show what an operation refused beside its field, or above the form where it has none."""
    field = getattr(error, "field", None) or ""
    form.add_error(field if field in form.fields else None, sentence_of(error))
