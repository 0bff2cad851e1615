"""The editor: a passport category by category, with the findings beside the fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import Duty
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.operations.editing import LONGEST_TITLE, rename_passport, save_category
from synchromesh.passports.queries.history import list_differences
from synchromesh.passports.queries.views import NOT_YOURS, CategoryView, PassportView, get_category, get_passport
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.passports.edit_fields import EditField, edit_field
from synchromesh.web.passports.edit_inputs import changed_values, posted_inputs, was_sent
from synchromesh.web.passports.passport_page import own_page, put_error
from synchromesh.web.passports.passport_words import CATEGORIES
from synchromesh.web.passports.shown_findings import show_findings
from synchromesh.web.people import signed_in


class TitleForm(forms.Form):
    """What the passport is called in lists."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """How far a category is."""

    key: str
    title: str
    given: int
    due: int
    lacking: int
    errors: int
    findings: int


@own_page
def overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far each category is, all findings, and the title."""
    person = signed_in(request)
    view = _editable(uid, person)
    form = TitleForm(request.POST if request.method == "POST" else None, initial={"title": view.title})
    if form.is_valid():
        try:
            rename_passport(by=person, uid=uid, title=form.cleaned_data["title"])
            messages.success(request, gettext("The title is saved."))
            return redirect("passports:edit", uid=uid)
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
    context = {
        "passport": view,
        "form": form,
        "rows": [_row(category) for category in view.categories],
        "findings": show_findings(view.findings),
    }
    return render(request, "passports/edit.html", context, status=422 if form.errors else 200)


def _editable(uid: UUID, person: Any) -> PassportView:
    view = get_passport(uid, visible_to=person)
    if not view.rights.may_edit:
        raise NotFound(NOT_YOURS)
    return view


def _row(category: CategoryView) -> CategoryRow:
    due = [one for one in category.fields if one.duty in (Duty.MANDATORY, Duty.IN_USE)]
    return CategoryRow(
        key=category.key,
        title=str(CATEGORIES[category.key]),
        given=sum(one.stated is not None for one in category.fields),
        due=len(due),
        lacking=sum(one.stated is None for one in due),
        errors=sum(found.severity.value == "error" for one in category.fields for found in one.findings),
        findings=sum(len(one.findings) for one in category.fields),
    )


@own_page
def category(request: HttpRequest, uid: UUID, category: str) -> HttpResponse:
    """The fields of one category; saving keeps what was typed, also where a rule speaks against it."""
    person = signed_in(request)
    view, found = get_category(uid, category, visible_to=person)
    if request.method != "POST":
        return _page(request, view, found, [edit_field(one, view.kind) for one in found.fields])
    expected = _expected(request, view)
    then = _content_then(view, expected, uid, person)
    values = changed_values([one.field for one in found.fields], then, request.POST)
    if not values:
        messages.info(request, gettext("Nothing was changed."))
        return redirect("passports:category", uid=uid, category=category)
    try:
        saved = save_category(by=person, uid=uid, category=category, values=values, expected=expected)
    except (Conflict, InvalidInput) as error:
        return _refused(request, view, found, then, error)
    messages.success(request, _saved_words(len(saved.findings)))
    return redirect("passports:category", uid=uid, category=category)


def _saved_words(findings: int) -> str:
    if not findings:
        return gettext("Saved. Nothing is found in this category.")
    words = ngettext(
        "Saved. %(count)s finding in this category.", "Saved. %(count)s findings in this category.", findings
    )
    return words % {"count": findings}


def _expected(request: HttpRequest, view: PassportView) -> int:
    """The version from which the form was filled in; what cannot be one counts as the newest."""
    text = request.POST.get("expected", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else view.number
    return number if 1 <= number <= view.number else view.number


def _content_then(view: PassportView, expected: int, uid: UUID, person: Any) -> Content:
    """What the passport stated when the form was shown."""
    content = view.content
    if expected == view.number:
        return content
    for change in list_differences(uid, expected, view.number, visible_to=person):
        content = content.with_value(change.key, change.before) if change.before else content.without(change.key)
    return content


def _refused(
    request: HttpRequest, view: PassportView, found: CategoryView, then: Content, error: Conflict | InvalidInput
) -> HttpResponse:
    """The form as it was sent, with what somebody else saved; the next save counts from the newest version."""
    fields = []
    for one in found.fields:
        sent = was_sent(one.field, request.POST)
        differs = then.values.get(one.field.key) != one.stated
        posted = posted_inputs(one.field, request.POST) if sent else None
        fields.append(edit_field(one, view.kind, posted=posted, differs=sent and differs))
    status = 409 if isinstance(error, Conflict) else 422
    return _page(request, view, found, fields, wrong=sentence_of(error), status=status)


def _page(
    request: HttpRequest,
    view: PassportView,
    found: CategoryView,
    fields: list[EditField],
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    keys = [one.key for one in view.categories]
    place = keys.index(found.key)
    context = {
        "passport": view,
        "category": found.key,
        "title": CATEGORIES[found.key],
        "fields": fields,
        "wrong": wrong,
        "tabs": [(key, CATEGORIES[key]) for key in keys],
        "following": keys[place + 1] if place + 1 < len(keys) else "",
        "following_title": CATEGORIES[keys[place + 1]] if place + 1 < len(keys) else "",
    }
    return render(request, "passports/category.html", context, status=status)
