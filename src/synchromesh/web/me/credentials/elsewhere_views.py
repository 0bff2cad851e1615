"""Credentials that a person brought from elsewhere: add one, look at it, check it again, show it, remove it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.credentials.models import HeldCredential
from synchromesh.credentials.operations.wallet import (
    LARGEST_HELD,
    add_held_credential,
    check_held_credential,
    remove_held_credential,
)
from synchromesh.credentials.queries.kept_checks import kept_check
from synchromesh.credentials.queries.wallet import get_held
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.credentials.shown_document import show_document
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.me.credentials.forms import AddForm
from synchromesh.web.me.credentials.sharing import end_link, make_link, sharing_context
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import hold_in_memory, was_too_large
from synchromesh.web.wallet.held_files import send_held

MOST_CHECKS = 60  # in a quarter of an hour from one address: each may ask other servers


@csrf_exempt  # checked inside: the check reads the form, and before that it is settled where its file is held
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add_credential(request: HttpRequest) -> HttpResponse:
    """Bring a credential from elsewhere. Its file never touches the disk before it is stored for the person alone."""
    hold_in_memory(request, limit=LARGEST_HELD)
    return _add(request)


@csrf_protect
def _add(request: HttpRequest) -> HttpResponse:
    form = AddForm()
    if request.method == "POST":
        form = AddForm(request.POST, request.FILES, too_large=was_too_large(request))
        if form.is_valid():
            try:
                held = _added(request, form)
                messages.success(request, gettext("The credential is kept. Only you see it."))
                return redirect("me:held-credential", uid=held.uid)
            except (InvalidInput, Conflict) as error:
                form.add_error(error.field if error.field in form.fields else "file", sentence_of(error))
    return render(request, "me/credentials/add.html", {"form": form}, status=422 if form.errors else 200)


def _added(request: HttpRequest, form: AddForm) -> HeldCredential:
    check_attempts(request, "held-credential", most=MOST_CHECKS)
    note_failure(request, "held-credential")
    name, data = form.content()
    return add_held_credential(by=signed_in(request), name=name or gettext("pasted text"), data=data)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def held_credential(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of them, with what the last check said."""
    person = signed_in(request)
    held = get_held(person, uid)
    form, made = None, None
    if request.method == "POST":
        action = request.POST.get("do", "")
        if action == "share":
            form, made = make_link(request, person, held)
        else:
            return _change(request, person, held, action)
    document = show_document(kept_check(held))
    context = {"held": held, "document": document, "verdict": document.verdict}
    context |= sharing_context(held, form, made)
    return render(request, "me/credentials/held.html", context, status=422 if form and form.errors else 200)


def _change(request: HttpRequest, person: User, held: HeldCredential, action: str) -> HttpResponse:
    if action == "end-link":
        end_link(request, person)
    elif action == "check":
        check_attempts(request, "held-credential", most=MOST_CHECKS)
        note_failure(request, "held-credential")
        check_held_credential(by=person, uid=held.uid)
        messages.success(request, gettext("It was checked again."))
    elif action == "remove":
        remove_held_credential(by=person, uid=held.uid)
        messages.success(request, gettext("The credential is removed, and links to it have ended."))
        return redirect("me:credentials")
    else:
        raise InvalidInput(gettext("Choose what to do with the credential."), field="do")
    return redirect("me:held-credential", uid=held.uid)


@require_safe
@never_cache
@login_required
def held_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file as it came."""
    return send_held(get_held(signed_in(request), uid))
