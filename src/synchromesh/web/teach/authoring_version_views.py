"""The versions of a course's content: what differs, what must be mended, remarks of reviewers, publishing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, Problem
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.operations.versions import (
    add_remark,
    ask_for_review,
    change_version_settings,
    discard_draft,
    publish_version,
    settle_remark,
)
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.course_documents import course_documents
from synchromesh.learning.queries.versions import compare_versions, list_remarks, version_problems
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import about_field, authoring_page, page_of
from synchromesh.web.teach.authoring_version_forms import RemarkForm, VersionForm

Act = Callable[[HttpRequest, User, AuthoredCourse], HttpResponse | None]
_PLACE = re.compile(r"(unit|section|instrument|question) ([a-z0-9-]+)(?:, (.*))?")
_MISSING_IN = re.compile(r"missing in: ([a-z]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMend:
    """One thing to mend before publishing, with the address of the page where that is done."""

    problem: Problem
    address: str


@authoring_page
def versions(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """Publish, discard, review; what is in the way stands first."""
    if request.method != "POST":
        return _page(request, authored)
    act = _ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        raise InvalidInput(gettext("Choose what to do with the draft."), field="do")
    return act(request, signed_in(request), authored) or redirect("teach:versions", authored.course.slug)


def _publish(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    draft = authored.draft_to_edit()
    try:
        publish_version(by=person, version=draft)
    except (InvalidInput, Conflict) as error:
        return _page(request, authored, status=422, refused=error)
    messages.success(
        request, gettext("Version %(number)s is published. New learners get it.") % {"number": draft.number}
    )
    return None


def _discard(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    discard_draft(by=person, version=authored.draft_to_edit())
    messages.success(request, gettext("The draft is deleted."))
    return redirect("teach:outline", authored.course.slug)


def _ask(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    ask_for_review(by=person, version=authored.draft_to_edit())
    messages.success(request, gettext("Reviewers see now that the draft waits for them."))
    return None


def _remark(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    draft = authored.draft_to_edit()
    form = RemarkForm(request.POST, units=draft.units.select_related("section"))
    if not form.is_valid():
        return _page(request, authored, status=422, remark_form=form)
    add_remark(by=person, version=draft, text=form.cleaned_data["text"], unit_key=form.cleaned_data["unit"])
    messages.success(request, gettext("Your remark is noted."))
    return None


def _settle(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    settle_remark(by=person, remark_uid=_uid(request.POST.get("remark", "")))
    messages.success(request, gettext("The remark is settled."))
    return None


def _settings(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse | None:
    draft = authored.draft_to_edit()
    form = VersionForm(request.POST, version=draft)
    if form.is_valid():
        try:
            change_version_settings(by=person, version=draft, **form.values())
        except InvalidInput as error:
            form.add_error(about_field(error) if about_field(error) in form.fields else None, sentence_of(error))
        else:
            messages.success(request, gettext("The settings are saved."))
            return None
    return _page(request, authored, status=422, settings_form=form)


def _page(request: HttpRequest, authored: AuthoredCourse, *, status: int = 200, **more: Any) -> HttpResponse:
    draft, published = authored.draft, authored.published
    shown = page_of(authored, "versions", entries=authored.entries)
    if draft is not None:
        documents = course_documents([draft, published] if published else [draft])
        problems = version_problems(draft, document=documents[0])
        shown |= {
            "to_mend": [_to_mend(problem, authored, draft) for problem in problems],
            "remarks": list_remarks(draft),
            "own": signed_in(request).public_id,
            "difference": compare_versions(published, draft, documents=documents[::-1]) if published else None,
            "remark_form": RemarkForm(units=documents[0].units, unit_key=request.GET.get("unit", "")),
            "asked_unit": request.GET.get("unit", ""),
            "settings_form": VersionForm(version=draft),
        }
    shown |= {"refused": None} | more
    forms = [shown.get("remark_form"), shown.get("settings_form")]
    shown["wrong"] = next((form for form in forms if form is not None and form.is_bound and form.errors), None)
    return render(request, "teach/authoring/versions.html", shown, status=status)


def _to_mend(problem: Problem, authored: AuthoredCourse, draft: ContentVersion) -> ToMend:
    slug, found = authored.course.slug, _PLACE.match(problem.position)
    missing = _MISSING_IN.search(problem.message)
    if found is None:
        page = "versions" if problem.field == "attendance_percent" else "outline"
        return ToMend(problem=problem, address=reverse(f"teach:{page}", args=[slug]))
    kind, key = found[1], found[2]
    if kind == "section":
        return ToMend(problem=problem, address=reverse("teach:outline", args=[slug]) + f"#section-{key}")
    if kind == "unit" and missing and missing[1] != draft.source_language and missing[1] in draft.languages:
        return ToMend(problem=problem, address=reverse("teach:translate", args=[slug, key, missing[1]]))
    page = {"unit": "unit-edit", "instrument": "test", "question": "question"}[kind]
    return ToMend(problem=problem, address=reverse(f"teach:{page}", args=[slug, key]))


def _uid(text: str) -> str:
    """The text where it is a uid; else one that nobody has, so that nothing is found."""
    return text if re.fullmatch(r"[0-9a-f-]{36}", text) else "00000000-0000-0000-0000-000000000000"


_ACTIONS: Mapping[str, Act] = {
    "publish": _publish,
    "discard": _discard,
    "ask": _ask,
    "remark": _remark,
    "settle": _settle,
    "settings": _settings,
}
