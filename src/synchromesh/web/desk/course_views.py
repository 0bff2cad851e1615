"""A provider's desk: what waits for the organisation, and its courses made and changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.course_editing import (
    create_course,
    edit_course,
    publish_course,
    withdraw_course,
)
from synchromesh.catalogue.operations.course_steps import undo_course_edit
from synchromesh.catalogue.operations.field_locks import release_field_lock
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.briefs import thresholds
from synchromesh.catalogue.queries.course_texts import text_languages
from synchromesh.catalogue.queries.editable_courses import find_last_edit, get_course_to_edit
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.catalogue.queries.field_locks import list_kept_fields
from synchromesh.catalogue.queries.provider_home import find_provider_home
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.pathways.queries.reviews import list_unanswered_reviews
from synchromesh.web.desk.course_fields import field_name, field_words
from synchromesh.web.desk.course_forms import CourseForm, RunForm, run_forms
from synchromesh.web.people import signed_in

_ON_FORM = {"titles": "title", "summaries": "summary", "descriptions": "description", "price_cents": "price",
            "currency": "price"}  # fmt: skip


@require_safe
@login_required
def provider_home(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for a provider: courses to refresh and to map, its feeds, how much it is looked at, unmet demand."""
    person, organisation = signed_in(request), get_organisation(slug)
    home = find_provider_home(organisation, visible_to=person, today=timezone.localdate())
    context = {"organisation": organisation, "home": home, "providers": [organisation], "fewest": thresholds().count}
    unanswered = list_unanswered_reviews(organisation, visible_to=person)
    return render(request, "desk/provider.html", context | {"unanswered": unanswered})


@login_required
def new_course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course by hand. It is a draft until somebody publishes it."""
    person, organisation = signed_in(request), get_organisation(slug)
    require(may_edit_courses_of(person, organisation), "Only editors and managers of the provider add courses.")
    texts_in = _texts_in(request, None)
    sent = request.POST if request.method == "POST" else None
    form, runs = CourseForm(sent, texts_in=texts_in), run_forms(sent, ())
    if request.method == "POST" and _is_right(form, runs):
        try:
            course = create_course(by=person, provider=organisation, values=_entered(form, runs, {}))
        except InvalidInput as error:
            _put_error(form, error)
        else:
            messages.success(request, gettext("The course is a draft now. Publish it when it is right."))
            return redirect("desk:course", slug=course.slug)
    return _form_page(request, form, runs, {"organisation": organisation, "texts_in": texts_in})


@login_required
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """One course to edit; buttons publish and withdraw it, let go of a field, and take the last edit back."""
    person = signed_in(request)
    found = get_course_to_edit(slug, visible_to=person)
    if request.method == "POST" and request.POST.get("do", "save") != "save":
        messages.success(request, _done(request, person, found))
        return redirect("desk:course", slug=slug)
    texts_in = _texts_in(request, found)
    before = course_record(found).runs
    sent = request.POST if request.method == "POST" else None
    form, runs = CourseForm(sent, course=found, texts_in=texts_in), run_forms(sent, before)
    if request.method == "POST" and _is_right(form, runs):
        try:
            edit_course(by=person, course=found, changes=_entered(form, runs, {run.external_id: run for run in before}))
        except InvalidInput as error:
            _put_error(form, error)
        else:
            messages.success(request, gettext("The course is saved. You can undo it here."))
            return redirect(request.get_full_path())
    kept = [
        (one.lock.field, field_name(one.lock.field), field_words(one.lock.field, one.lock.source_value), one.differs)
        for one in list_kept_fields(found)
    ]
    step = find_last_edit(found, by=person)
    context = {"course": found, "organisation": found.provider, "texts_in": texts_in, "kept": kept, "step": step}
    return _form_page(request, form, runs, context)


def _done(request: HttpRequest, person: User, found: Course) -> str:
    """Do what the button says; returns what was done, in words."""
    action = request.POST["do"]
    if action == "publish":
        publish_course(by=person, course=found)
        return gettext("Everybody can find the course now.")
    if action == "withdraw":
        withdraw_course(by=person, course=found)
        return gettext("Only you and your colleagues see the course now.")
    if action == "release":
        release_field_lock(by=person, course=found, field=request.POST.get("field", ""))
        return gettext("The feed says this field again.")
    if action == "undo":
        undo_course_edit(by=person, course=found, uid=_uid(request.POST.get("step", "")))
        return gettext("The last edit is undone.")
    raise InvalidInput(gettext("Choose what to do with the course."), field="do")


def _is_right(form: CourseForm, runs: list[RunForm]) -> bool:
    return all([form.is_valid(), *(run.is_valid() for run in runs)])


def _entered(form: CourseForm, runs: list[RunForm], before: Mapping[str, Any]) -> dict[str, Any]:
    records = [run.record(before.get(run.cleaned_data["external_id"])) for run in runs]
    return form.values() | {"runs": [record for record in records if record is not None]}


def _put_error(form: CourseForm, error: InvalidInput) -> None:
    name = _ON_FORM.get(error.field or "", error.field or "")
    form.add_error(name if name in form.fields else None, error.message)


def _texts_in(request: HttpRequest, found: Course | None) -> str:
    """The language of the texts on the form: as asked for, else the reader's where there are texts, else their own."""
    asked, own = request.GET.get("language", ""), get_language() or "en"
    if asked in OWN_NAMES:
        return asked
    there = text_languages(found) if found else [own]
    return own if own in there or not there else there[0]


def _form_page(request: HttpRequest, form: CourseForm, runs: list[RunForm], context: dict[str, Any]) -> HttpResponse:
    wrong = bool(form.errors or any(run.errors for run in runs)) and form.is_bound
    shown = context | {"form": form, "runs": runs, "languages": list(OWN_NAMES), "wrong": wrong}
    return render(request, "desk/course.html", shown, status=422 if wrong else 200)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput(gettext("There is no such step."), field="step") from None
