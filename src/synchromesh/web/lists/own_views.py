"""One's own lists of courses: all of them, one of them, and putting a course into one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from synchromesh.accounts.models import User
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.tables.writing import write_csv
from synchromesh.pathways.models import SavedList
from synchromesh.pathways.operations import saved_lists as operations
from synchromesh.pathways.queries.saved_lists import (
    get_saved_list,
    list_kept_courses,
    list_lists_with,
    list_saved_lists,
)
from synchromesh.web.lists.forms import KeepForm, ListForm
from synchromesh.web.lists.list_table import COLUMNS, list_rows
from synchromesh.web.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def saved_lists(request: HttpRequest) -> HttpResponse:
    """All own lists, and the form that makes another one. Without an account: what one would need it for."""
    if not isinstance(request.user, User):
        return _without_account(request)
    person = request.user
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = operations.create_saved_list(by=person, **form.cleaned_data)
            return redirect("me:list", uid=made.uid)
        except (InvalidInput, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context = {"lists": list_saved_lists(person), "form": form}
    return render(request, "lists/all.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a course into a list, or into a new one."""
    course = get_course_or_winner(slug)
    if not isinstance(request.user, User):
        return _without_account(request, course=course)
    person = request.user
    form = KeepForm(list_lists_with(person, course), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = _kept(person, course.slug, form.cleaned_data)
            messages.success(request, gettext("The course is in “%(list)s” now.") % {"list": kept.title})
            return redirect("me:list", uid=kept.uid)
        except (InvalidInput, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "lists/keep.html", {"course": course, "form": form}, status=422 if form.errors else 200)


def _kept(person: User, course_slug: str, entered: dict[str, Any]) -> SavedList:
    uid = entered["chosen"]
    if uid == "new":
        uid = str(operations.create_saved_list(by=person, title=entered["title"]).uid)
    return operations.add_list_entry(by=person, uid=uid, course_slug=course_slug, note=entered["note"]).saved_list


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def saved_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One own list; each button changes one thing and comes back here."""
    person, wrong = signed_in(request), ""
    kept = get_saved_list(person, str(uid))
    if request.method == "POST":
        try:
            messages.success(request, _changed(request, person, str(uid)))
            return redirect("me:list", uid=uid)
        except InvalidInput as error:
            wrong = error.message
    link = request.build_absolute_uri(reverse("lists:shared", args=[kept.link_key])) if kept.link_key else ""
    context = {
        "kept": kept,
        "rows": list_kept_courses(kept),
        "link": link,
        "wrong": wrong,
        "form": ListForm(initial={"title": kept.title, "note": kept.note}),
    }
    return render(request, "lists/own.html", context, status=422 if wrong else 200)


def _changed(request: HttpRequest, person: User, uid: str) -> str:
    """Do what the button says; returns what was done, in words."""
    action, entered = request.POST.get("do", ""), request.POST
    if action == "rename":
        operations.rename_saved_list(by=person, uid=uid, title=entered.get("title", ""), note=entered.get("note", ""))
        return gettext("The list is changed.")
    if action == "share":
        operations.share_saved_list(by=person, uid=uid)
        return gettext("Whoever has the link can read this list now.")
    if action == "end-link":
        operations.withdraw_list_link(by=person, uid=uid)
        return gettext("The link no longer works.")
    if action == "note":
        operations.change_entry_note(by=person, uid=uid, course_uid=_course(request), note=entered.get("note", ""))
        return gettext("The note is changed.")
    if action == "remove":
        operations.remove_list_entry(by=person, uid=uid, course_uid=_course(request))
        return gettext("The course is taken out of the list.")
    raise InvalidInput(gettext("Choose what to do with the list."), field="do")


def _course(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("course", "")))
    except ValueError:
        raise NotFound("There is no such course in this list.") from None


@require_POST
@never_cache
@login_required
def delete_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete one own list."""
    operations.delete_saved_list(by=signed_in(request), uid=str(uid))
    messages.success(request, gettext("The list is deleted."))
    return redirect("me:lists")


@require_safe
@never_cache
@login_required
def list_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One own list as a table."""
    kept = get_saved_list(signed_in(request), str(uid))
    content = write_csv(COLUMNS, list_rows(request, list_kept_courses(kept)), byte_order_mark=True)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="courses.csv"'
    return response


def _without_account(request: HttpRequest, **context: Any) -> HttpResponse:
    """What lists are for and where to sign in; a form that was sent anyway leads to the sign-in page."""
    if request.method == "POST":
        return redirect_to_login(request.get_full_path())
    return render(request, "lists/without_account.html", context)
