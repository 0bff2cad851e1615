"""What every page of the issuer's desk begins with: somebody signed in, and an answer that no browser keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.engine.errors import SynchromeshError
from synchromesh.web.error_sentences import sentence_of

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def award_page(view: View[Given]) -> View[Given]:
    """A page that one reads and sends forms to. Who may, the queries and operations know."""
    guarded: Any = require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(cast("Any", view))))
    return cast("View[Given]", guarded)


def put_error(form: forms.Form, error: SynchromeshError) -> None:
    """Show what an operation refused beside its field, or above the form where it has none."""
    field = getattr(error, "field", None) or ""
    form.add_error(field if field in form.fields else None, sentence_of(error))


def action_of(request: HttpRequest) -> str:
    """What the button says that was pressed; empty for a page that is only read."""
    return request.POST.get("do", "save") if request.method == "POST" else ""
