"""What an author does with a practice: write, send in, take back; and "we did this too"."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Practice
from synchromesh.community.operations.practices import (
    create_practice,
    edit_practice,
    record_practice_reuse,
    remove_practice_reuse,
    submit_practice,
    withdraw_practice,
)
from synchromesh.community.permissions import may_edit_practice
from synchromesh.community.queries.practices import get_practice, get_reuse, list_own_practices
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.community_pages import form_page, put_error, refuse_action, signed_page, text_language
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.practices.forms import PracticeForm, ReuseForm, edited_organisations
from synchromesh.web.templatetags.synchromesh import plain

ONLY_AUTHORS = "Only who sent a practice, and editors of its organisation, can change it."


@signed_page
def mine(request: HttpRequest) -> HttpResponse:
    """What a person is writing or has sent in."""
    return render(request, "practices/mine.html", {"practices": list_own_practices(signed_in(request))})


@signed_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a practice."""
    person, language = signed_in(request), text_language(request)
    form = PracticeForm(request.POST if request.method == "POST" else None, person=person, language=language)
    if form.is_valid():
        try:
            practice = create_practice(by=person, details=form.details())
        except (InvalidInput, NotFound) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The draft is saved. Nobody else sees it until you send it in."))
            return redirect("practices:state", slug=practice.slug)
    return form_page(
        request,
        form,
        title=gettext("Share a practice"),
        button=gettext("Save the draft"),
        above=(reverse("practices:list"), gettext("Practices")),
        lede=gettext("Plain words help most. What you leave empty is shown as unknown."),
    )


@signed_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a practice in one language."""
    person, language = signed_in(request), text_language(request)
    practice = _own(person, slug)
    data = request.POST if request.method == "POST" else None
    form = PracticeForm(data, person=person, practice=practice, language=language)
    if form.is_valid():
        try:
            edit_practice(by=person, practice=practice, details=form.details())
        except (InvalidInput, NotFound, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("practices:state", slug=slug)
    return form_page(
        request,
        form,
        title=gettext("Change: %(title)s") % {"title": plain(practice.titles)},
        button=gettext("Save"),
        above=(reverse("practices:state", args=[slug]), plain(practice.titles)),
        lede=gettext("A published practice goes to the review again once you change it."),
    )


def _own(person: User, slug: str) -> Practice:
    practice = get_practice(slug, visible_to=person)
    require(may_edit_practice(person, practice), ONLY_AUTHORS)
    return practice


@signed_page
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one's practice stands; buttons send it in and take it back."""
    person = signed_in(request)
    practice, wrong = _own(person, slug), ""
    if request.method == "POST":
        try:
            _change_state(request, person, practice)
        except (InvalidInput, Conflict) as error:
            wrong = sentence_of(error)
        else:
            return redirect("practices:state", slug=slug)
    context = {"practice": practice, "wrong": wrong}
    return render(request, "practices/state.html", context, status=422 if wrong else 200)


def _change_state(request: HttpRequest, person: User, practice: Practice) -> None:
    wanted = request.POST.get("do", "")
    if wanted == "submit":
        submit_practice(by=person, practice=practice)
        messages.success(request, gettext("It is sent in. Alliance staff read it before others see it."))
    elif wanted == "withdraw":
        withdraw_practice(by=person, practice=practice)
        messages.success(request, gettext("It is withdrawn. Others do not see it any more."))
    else:
        raise refuse_action()


@signed_page
def reuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one's organisation did this too, or take that back."""
    person = signed_in(request)
    practice, organisations = get_practice(slug, visible_to=person), edited_organisations(person)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_practice_reuse(by=person, reuse=get_reuse(practice, _uid(request.POST.get("reuse", ""))))
        messages.success(request, gettext("Taken back."))
        return redirect("practices:detail", slug=slug)
    form = ReuseForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if form.is_valid():
        try:
            _record(person, practice, form)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Others see now that you did this too."))
            return redirect("practices:detail", slug=slug)
    context = {"practice": practice, "form": form, "organisations": organisations}
    return render(request, "practices/reuse.html", context, status=422 if form.errors else 200)


def _record(person: User, practice: Practice, form: ReuseForm) -> None:
    said = form.cleaned_data
    record_practice_reuse(
        by=person,
        practice=practice,
        organisation=form.organisations[said["organisation"]],
        result=said["result"],
        language=get_language() or "en",
        since_year=said["since_year"],
    )


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is nothing to take back.") from None
