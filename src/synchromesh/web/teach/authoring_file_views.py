"""A course as a file: take it out, bring one in as a draft, copy the course; and questions in exchange formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, Problem
from synchromesh.engine.exchange.course_files import open_course_file, read
from synchromesh.engine.vocabulary.slugs import is_slug
from synchromesh.learning.operations.course_files import copy_course, import_course
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.course_exports import export_course, export_name
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import authoring_page, page_of
from synchromesh.web.teach.authoring_question_files import find_question_import, question_actions
from synchromesh.web.uploads import check_upload

Act = Callable[[HttpRequest, User, AuthoredCourse], HttpResponse]


class CopyForm(forms.Form):
    """Title and address of the copy."""

    title = forms.CharField(label=gettext_lazy("Title of the copy"), max_length=300)
    slug = forms.CharField(
        label=gettext_lazy("Its address"),
        help_text=gettext_lazy("Letters a to z, digits and hyphens, such as high-voltage-for-welders."),
        max_length=80,
    )

    def clean_slug(self) -> str:
        """A word that can stand in an address."""
        slug: str = self.cleaned_data["slug"].strip()
        if not is_slug(slug):
            raise forms.ValidationError(gettext("Use letters a to z, digits and hyphens."))
        return slug


@authoring_page
def file(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """Everything that goes in or out as a file."""
    if request.method != "POST":
        if request.GET.get("download") == "course":
            return _download(request, authored)
        return _page(request, authored)
    act = _ACTIONS.get(request.POST.get("do", "import-course"))
    if act is None:
        raise InvalidInput(gettext("Choose what to do with the file."), field="do")
    return act(request, signed_in(request), authored)


def _download(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    version = authored.shown_version()
    content = export_course(version, visible_to=signed_in(request))
    named = {"Content-Disposition": f'attachment; filename="{export_name(version)}"'}
    return HttpResponse(content, content_type="application/zip", headers=named)


def _import_course(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    problems: list[Problem] = []
    try:
        check_upload(request)
        upload = request.FILES.get("course_file")
        if upload is None:
            raise InvalidInput(gettext("Choose a file first."), field="course_file")
        files = open_course_file(upload.read(), name=str(upload.name))
        problems = list(read(files).problems)
        replace = "replace_draft" in request.POST
        done = import_course(by=person, files=files, course=authored.course, replace_draft=replace)
    except (InvalidInput, Conflict) as error:
        return _page(request, authored, status=422, course_error=error, problems=problems[:100])
    left_out = ", ".join(done.left_out)
    messages.success(request, gettext("The file is your draft now."))
    if left_out:
        messages.warning(request, gettext("Not known here, so left out: %(names)s") % {"names": left_out})
    return redirect("teach:outline", authored.course.slug)


def _copy(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    form = CopyForm(request.POST)
    if form.is_valid():
        version, entered = authored.shown_version(), form.cleaned_data
        titles = {version.source_language: entered["title"]}
        try:
            made = copy_course(
                by=person, version=version, slug=entered["slug"], titles=titles, provider=authored.course.provider
            )
        except (InvalidInput, Conflict) as error:
            form.add_error("slug", sentence_of(error))
        else:
            messages.success(request, gettext("This is the copy. Nobody sees it until you publish it."))
            return redirect("teach:outline", made.course.slug)
    return _page(request, authored, status=422, copy_form=form)


def _page(request: HttpRequest, authored: AuthoredCourse, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = page_of(authored, "file", copy_form=CopyForm(), course_error=None, question_error=None, problems=[])
    shown |= {"batch": find_question_import(authored.course, request.GET.get("import", ""))} | more
    form = shown["copy_form"]
    shown["wrong"] = form if form.is_bound and form.errors else None
    return render(request, "teach/authoring/file.html", shown, status=status)


def _questions(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    try:
        return question_actions(request, person, authored)
    except (InvalidInput, Conflict) as error:
        return _page(request, authored, status=422, question_error=error)


_ACTIONS: Mapping[str, Act] = {
    "import-course": _import_course,
    "copy": _copy,
    "import-questions": _questions,
    "commit-questions": _questions,
    "undo-questions": _questions,
    "export-questions": _questions,
}
