"""Searches that a person follows: begin, change, end; and the page behind "no more mails", which needs no account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.accounts.queries.people import has_confirmed_address
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.pathways.models import Frequency
from synchromesh.pathways.operations import saved_searches as operations
from synchromesh.pathways.queries.saved_search_keys import find_unsubscribing
from synchromesh.pathways.queries.saved_searches import (
    clean_query,
    find_saved_search,
    get_saved_search,
    list_saved_searches,
    read_query,
)
from synchromesh.web.courses.filter_title import filter_title
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in

FREQUENCY_NAMES = {
    Frequency.DAILY.value: _("every day, if there is something new"),
    Frequency.WEEKLY.value: _("every week, if there is something new"),
    Frequency.NEVER.value: _("no mail, I use the feed or the calendar"),
}


class SearchForm(forms.Form):
    """What a followed search is called, and how often a mail may come."""

    title = forms.CharField(label=_("Name of the search"), max_length=operations.LONGEST_TITLE)
    frequency = forms.ChoiceField(label=_("Mail with new courses"), choices=list(FREQUENCY_NAMES.items()))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """All searches that the person follows; a form from the page "follow" adds one."""
    person = signed_in(request)
    if request.method == "POST":
        return _follow(request, person)
    context = {
        "searches": [(saved, FREQUENCY_NAMES[saved.frequency]) for saved in list_saved_searches(person)],
        "confirmed": has_confirmed_address(person),
    }
    return render(request, "me/searches.html", context)


def _follow(request: HttpRequest, person: User) -> HttpResponse:
    form = SearchForm(request.POST)
    query = clean_query(request.POST.get("query", ""))
    if form.is_valid():
        try:
            saved = operations.save_search(by=person, query=query, language=get_language() or "en", **form.cleaned_data)
        except (InvalidInput, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, gettext("You follow “%(search)s” now.") % {"search": saved.title})
            return redirect("me:searches")
    return _follow_page(request, person, form, query, status=422)


@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """Say what following means, for the filter of the address; who is signed in gets the form."""
    query = clean_query(request.META.get("QUERY_STRING", ""))
    person = request.user if isinstance(request.user, User) else None
    language = get_language() or "en"
    saved = find_saved_search(person, query=query, language=language) if person else None
    title = saved.title if saved else filter_title(read_query(query))
    frequency = saved.frequency if saved else Frequency.WEEKLY.value
    form = SearchForm(initial={"title": title, "frequency": frequency}) if person else None
    return _follow_page(request, person, form, query, status=200)


def _follow_page(
    request: HttpRequest, person: User | None, form: SearchForm | None, query: str, *, status: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "query": query,
        "filter_title": filter_title(read_query(query)),
        "confirmed": person is None or has_confirmed_address(person),
    }
    return render(request, "me/follow.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One search of one's own: its addresses, its name and its mails."""
    person = signed_in(request)
    saved = get_saved_search(person, str(uid))
    entered = request.POST if request.method == "POST" else None
    form = SearchForm(entered, initial={"title": saved.title, "frequency": saved.frequency})
    if form.is_valid():
        try:
            operations.change_search(by=person, uid=str(uid), **form.cleaned_data)
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, gettext("The search is changed."))
            return redirect("me:searches")
    context = {
        "saved": saved,
        "form": form,
        "filter_title": filter_title(read_query(saved.query)),
        "confirmed": has_confirmed_address(person),
    }
    return render(request, "me/search.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def delete_saved_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Follow one search no longer."""
    operations.delete_search(by=signed_in(request), uid=str(uid))
    messages.success(request, gettext("You do not follow this search any more."))
    return redirect("me:searches")


@csrf_exempt  # a mail program posts here by itself (RFC 8058) and has no token; the key is the permission
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Say whose mails would end, and end them when the button is pressed, without signing in.

    Programs that check mails open every address in them, so that opening changes nothing. The answer to a form is no
    redirect, as RFC 8058 wants it.
    """
    key = request.GET.get("key", "") or request.POST.get("key", "")
    found = find_unsubscribing(key)
    if found is None:
        return render(request, "me/unsubscribe_refused.html", {}, status=404)
    if request.method == "POST":
        operations.unsubscribe_search(by=found.person or VISITOR, key=key)
        found = find_unsubscribing(key)
    return render(request, "me/unsubscribe.html", {"found": found, "key": key, "done": request.method == "POST"})
