"""Documents of a group: add one, see its versions, take a file."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import GroupDocument
from synchromesh.community.operations.documents import (
    add_document,
    add_document_version,
    change_readers,
    remove_document,
)
from synchromesh.community.permissions import is_in_group, may_lead_group
from synchromesh.community.queries.groups import get_document, get_document_version, get_group, list_meetings
from synchromesh.community.queries.stored_files import read_file
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.community_pages import (
    form_page,
    put_error,
    reader_of,
    refuse_action,
    saved_file,
    signed_page,
)
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.groups.forms import READER_CHOICES, DocumentForm, FileForm
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import plain
from synchromesh.web.uploads import check_upload

MEETINGS_OFFERED = 30


@signed_page
def new_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a document into a group."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    require(is_in_group(person, group), "Only people of the group can put documents in.")
    check_upload(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    meetings = list(list_meetings(group, visible_to=person)[:MEETINGS_OFFERED])
    form = DocumentForm(*sent, meetings=meetings, is_leader=may_lead_group(person, group))
    if form.is_valid():
        entered, file = form.cleaned_data, form.cleaned_data["file"]
        values = {"title": entered["title"], "readers": entered["readers"], "meeting": form.chosen_meeting}
        try:
            made = add_document(by=person, group=group, name=file.name, content=file.read(), **values)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The document is in."))
            return redirect("groups:document", slug=slug, uid=made.uid)
    above = (reverse("groups:detail", args=[slug]), plain(group.names))
    return form_page(request, form, title=gettext("Add a document"), button=gettext("Add it"), above=above)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One document with its versions; people of the group add the next one."""
    reader = reader_of(request)
    group = get_group(slug, visible_to=reader)
    found = get_document(uid, group, visible_to=reader)
    wrong = ""
    if request.method == "POST":
        check_upload(request)
        try:
            return _done(request, signed_in(request), found)
        except InvalidInput as error:
            wrong = sentence_of(error)
    context = {
        "group": group,
        "document": found,
        "versions": found.versions.all(),
        "inside": is_in_group(reader, group),
        "may_lead": may_lead_group(reader, group),
        "readers": READER_CHOICES,
        "form": FileForm(),
        "wrong": wrong,
    }
    return render(request, "groups/document.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User, found: GroupDocument) -> HttpResponse:
    actions: dict[str, Callable[[HttpRequest, User, GroupDocument], HttpResponse]] = {
        "version": _add_version,
        "readers": _readers,
        "remove": _remove,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person, found)


def _add_version(request: HttpRequest, person: User, found: GroupDocument) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise InvalidInput("Choose a file first.", field="file")
    note = request.POST.get("note", "")
    add_document_version(by=person, document=found, name=str(file.name), content=file.read(), note=note)
    messages.success(request, gettext("The new version is in."))
    return redirect("groups:document", slug=found.group.slug, uid=found.uid)


def _readers(request: HttpRequest, person: User, found: GroupDocument) -> HttpResponse:
    change_readers(by=person, document=found, readers=request.POST.get("readers", ""))
    messages.success(request, gettext("Saved."))
    return redirect("groups:document", slug=found.group.slug, uid=found.uid)


def _remove(request: HttpRequest, person: User, found: GroupDocument) -> HttpResponse:
    remove_document(by=person, document=found)
    messages.success(request, gettext("The document is taken out."))
    return redirect("groups:detail", slug=found.group.slug)


@require_safe
def document_file(request: HttpRequest, slug: str, uid: UUID, number: int) -> HttpResponse:
    """The file of one version."""
    reader = reader_of(request)
    found = get_document(uid, get_group(slug, visible_to=reader), visible_to=reader)
    version = get_document_version(found, number)
    response = saved_file(read_file(version.uid), name=version.name, media_type=version.media_type)
    response["Cache-Control"] = "private, no-store"
    return response
