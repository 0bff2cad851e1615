"""Collections: credentials of one person under a name of their own, to be shown together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.credentials.models import CredentialCollection
from synchromesh.credentials.operations.wallet import remove_collection, save_collection
from synchromesh.credentials.queries.wallet import get_collection, list_held, list_own_credentials
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.me.credentials.forms import CollectionForm
from synchromesh.web.me.credentials.sharing import end_link, make_link, sharing_context
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import plain


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_collection(request: HttpRequest) -> HttpResponse:
    """Name a collection and choose what belongs to it."""
    person = signed_in(request)
    form = _form(request, person)
    saved = _saved(person, form)
    if saved is not None:
        messages.success(request, gettext("The collection is made. Only you see it."))
        return redirect("me:collection", uid=saved.uid)
    return render(request, "me/credentials/new_collection.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def collection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One collection: what is in it, links to it, and the form that changes it."""
    person = signed_in(request)
    kept = get_collection(person, uid)
    action = request.POST.get("do", "") if request.method == "POST" else ""
    share_form, made = make_link(request, person, kept) if action == "share" else (None, None)
    form = _form(request, person, kept, is_sent=action == "save")
    if action and action != "share":
        answer = _change(request, person, kept, form, action)
        if answer is not None:
            return answer
    has_errors = bool(form.errors or (share_form and share_form.errors))
    context = {"collection": kept, "form": form, **sharing_context(kept, share_form, made)}
    return render(request, "me/credentials/collection.html", context, status=422 if has_errors else 200)


def _change(
    request: HttpRequest, person: User, kept: CredentialCollection, form: CollectionForm, action: str
) -> HttpResponse | None:
    """Do what the button says; None where the form says what is wrong."""
    if action == "end-link":
        end_link(request, person)
    elif action == "save":
        if _saved(person, form, kept) is None:
            return None
        messages.success(request, gettext("The collection is changed."))
    elif action == "remove":
        remove_collection(by=person, collection=kept)
        messages.success(request, gettext("The collection is removed. Its credentials are still there."))
        return redirect("me:credentials")
    else:
        raise InvalidInput(gettext("Choose what to do with the collection."), field="do")
    return redirect("me:collection", uid=kept.uid)


def _form(
    request: HttpRequest, person: User, kept: CredentialCollection | None = None, *, is_sent: bool = True
) -> CollectionForm:
    own = [(one, plain(one.version.titles)) for one in list_own_credentials(person)]
    sent = request.POST if request.method == "POST" and is_sent else None
    return CollectionForm(sent, own=own, held=list_held(person), collection=kept)


def _saved(person: User, form: CollectionForm, kept: CredentialCollection | None = None) -> CredentialCollection | None:
    if not form.is_valid():
        return None
    try:
        return save_collection(
            by=person,
            name=form.cleaned_data["name"],
            codes=form.chosen("own"),
            held=form.chosen("held"),
            collection=kept,
        )
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        return None
