"""Lists of people who get an achievement: send one, look at its preview, release it, see how far it is."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Achievement, BatchState, IssueBatch
from synchromesh.credentials.operations.batches import cancel_batch, preview_batch, release_batch, submit_batch
from synchromesh.credentials.permissions import may_release
from synchromesh.credentials.queries.awarding import (
    find_versions,
    get_achievement_to_award,
    get_issue_list,
    list_issue_lists,
    list_rows,
)
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.award.award_page import action_of, award_page
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload

ROWS_SHOWN = 50
PROBLEMS_SHOWN = 200


class ListForm(forms.Form):
    """A table of people."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX with the column name; email, language, percent and id are read too. Nothing is awarded yet."
        ),
    )
    sends_mail = forms.BooleanField(label=_("Send each person a mail with a link"), required=False, initial=True)


@award_page
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """All lists of an achievement, and the form for a new one; sending a file shows its preview."""
    person = signed_in(request)
    found = get_achievement_to_award(slug, visible_to=person)
    if request.method == "POST":
        check_upload(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        try:
            return redirect("award:list", uid=_previewed(person, found, form).uid)
        except (InvalidInput, Conflict) as error:
            form.add_error("file", sentence_of(error))
    context = {
        "here": "lists",
        "achievement": found,
        "issuer": found.issuer,
        "versions": find_versions(found),
        "lists": list_issue_lists(found),
        "form": form,
        "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }
    return render(request, "award/lists.html", context, status=422 if form.errors else 200)


def _previewed(person: User, found: Achievement, form: ListForm) -> IssueBatch:
    file, sends_mail = form.cleaned_data["file"], form.cleaned_data["sends_mail"]
    return preview_batch(
        by=person, achievement=found, file=cast("BinaryIO", file), name=str(file.name), sends_mail=sends_mail
    )


@award_page
def issue_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list: its preview, then how far it is; htmx asks for that part alone."""
    person = signed_in(request)
    batch = get_issue_list(uid, visible_to=person)
    if request.method == "POST":
        batch = _done(request, person, batch)
        if batch.state == BatchState.CANCELLED:
            return redirect("award:lists", slug=batch.version.achievement.slug)
        return redirect("award:list", uid=uid)
    partly = bool(request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"))
    name = "award/_progress.html" if partly else "award/list.html"
    response = render(request, name, _shown(person, batch, partly=partly))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _shown(person: User, batch: IssueBatch, *, partly: bool) -> dict[str, object]:
    achievement, good = batch.version.achievement, batch.rows_in_all - batch.rows_refused
    context: dict[str, object] = {
        "batch": batch,
        "achievement": achievement,
        "issuer": achievement.issuer,
        "good": good,
    }
    if partly:
        return context
    return context | {
        "may_release": batch.state == BatchState.WAITING and may_release(person, batch),
        "is_mine": batch.made_by == person.public_id,
        "problems": list_rows(batch, refused=True, most=PROBLEMS_SHOWN) if batch.rows_refused else [],
        "rows": list_rows(batch, refused=False, most=ROWS_SHOWN),
        "more": max(0, good - ROWS_SHOWN),
    }


def _done(request: HttpRequest, person: User, batch: IssueBatch) -> IssueBatch:
    """Do what the button says, and say so."""
    action = action_of(request)
    if action == "submit":
        changed = submit_batch(by=person, batch=batch)
        waits = changed.state == BatchState.WAITING
        said = gettext("The list waits for another person to release it.") if waits else gettext("It is being awarded.")
    elif action == "release":
        changed, said = release_batch(by=person, batch=batch), gettext("The list is released. It is being awarded.")
    elif action == "cancel":
        changed, said = cancel_batch(by=person, batch=batch), gettext("The list is dropped. Nothing was awarded.")
    else:
        raise TranslatedInvalidInput(gettext("Choose what to do with the list."), field="do")
    messages.success(request, said)
    return changed
