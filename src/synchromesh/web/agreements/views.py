"""Agreements: the list, one of them, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Agreement
from synchromesh.community.operations.agreements import (
    add_agreement_action,
    complete_agreement_action,
    save_agreement,
)
from synchromesh.community.permissions import may_edit_community
from synchromesh.community.queries.agreements import get_agreement, get_agreement_action, list_agreements
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.cells import parse_date
from synchromesh.web.agreements.forms import AgreementForm
from synchromesh.web.community_pages import (
    form_page,
    page_of,
    put_error,
    reader_of,
    refuse_action,
    signed_page,
    text_language,
)
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.members.manage_views import posted_uid
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import plain

_STAFF_ONLY = "Only alliance staff keep agreements."


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Agreements, the newest first."""
    context = {"page": page_of(request, list_agreements()), "may_edit": may_edit_community(reader_of(request))}
    return render(request, "agreements/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement with its parties and actions; alliance staff note what is to be done and what was."""
    found, wrong = get_agreement(slug), ""
    if request.method == "POST":
        try:
            _note(request, signed_in(request), found)
            messages.success(request, gettext("Saved."))
            return redirect("agreements:detail", slug=slug)
        except InvalidInput as error:
            wrong = sentence_of(error)
    context = {
        "agreement": found,
        "parties": found.parties.all(),
        "actions": found.actions.all(),
        "may_edit": may_edit_community(reader_of(request)),
        "today": timezone.localdate(),
        "wrong": wrong,
    }
    return render(request, "agreements/detail.html", context, status=422 if wrong else 200)


def _note(request: HttpRequest, person: User, found: Agreement) -> None:
    action = request.POST.get("do", "")
    if action == "add":
        due_on = parse_date(request.POST.get("due_on", ""))
        add_agreement_action(by=person, agreement=found, text=request.POST.get("text", ""), due_on=due_on)
    elif action == "done":
        chosen = get_agreement_action(posted_uid(request, "action"), found)
        complete_agreement_action(by=person, action=chosen, done_on=timezone.localdate())
    else:
        raise refuse_action()


@signed_page
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Enter an agreement."""
    above = (reverse("agreements:list"), gettext("Agreements"))
    return _written(request, None, above, gettext("Enter an agreement"))


@signed_page
def edit_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an agreement."""
    found = get_agreement(slug)
    above = (reverse("agreements:detail", args=[slug]), plain(found.names))
    return _written(request, found, above, gettext("What the agreement says"))


def _written(request: HttpRequest, found: Agreement | None, above: tuple[str, str], title: str) -> HttpResponse:
    person = signed_in(request)
    require(may_edit_community(person), _STAFF_ONLY)
    sent = request.POST if request.method == "POST" else None
    form = AgreementForm(sent, agreement=found, language=text_language(request))
    if form.is_valid():
        try:
            saved = save_agreement(by=person, details=form.details(), agreement=found)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("agreements:detail", slug=saved.slug)
    return form_page(request, form, title=title, button=gettext("Save"), above=above)
