"""Organisations that want to be training providers, for alliance staff."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.accounts.operations.provider_applications import (
    accept_provider_application,
    refuse_provider_application,
)
from synchromesh.accounts.queries.provider_applications import get_application, list_waiting_applications
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.people import signed_in


@login_required
def providers(request: HttpRequest) -> HttpResponse:
    """Applications that wait, with a button for each answer."""
    person, wrong = signed_in(request), ""
    waiting = list_waiting_applications(visible_to=person)
    if request.method == "POST":
        try:
            messages.success(request, _decided(request))
            return redirect("desk:providers")
        except (InvalidInput, Conflict) as error:
            wrong = error.message
    context = {"applications": waiting, "wrong": wrong}
    return render(request, "desk/providers.html", context, status=422 if wrong else 200)


def _decided(request: HttpRequest) -> str:
    person = signed_in(request)
    try:
        uid = UUID(request.POST.get("application", ""))
    except ValueError:
        raise NotFound("There is no such application.") from None
    application = get_application(uid, visible_to=person)
    if request.POST.get("do") == "approve":
        accept_provider_application(by=person, application=application)
        return gettext("%(name)s is a training provider now.") % {"name": application.name}
    refuse_provider_application(by=person, application=application, answer=request.POST.get("answer", ""))
    return gettext("%(name)s was refused, and the person was told why.") % {"name": application.name}
