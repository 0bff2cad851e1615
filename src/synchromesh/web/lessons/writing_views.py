"""What a teacher does with lessons: write and publish one's own, use another's, make it one's own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Lesson
from synchromesh.community.operations.lessons import (
    add_lesson_file,
    copy_lesson,
    create_lesson,
    edit_lesson,
    publish_lesson,
    record_lesson_reuse,
    remove_lesson_file,
    withdraw_lesson,
)
from synchromesh.community.operations.stored_files import KINDS
from synchromesh.community.permissions import may_edit_lesson
from synchromesh.community.queries.lessons import (
    get_lesson,
    get_lesson_file,
    get_lesson_version,
    list_draft_files,
    list_lesson_versions,
    list_own_lessons,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.community_pages import form_page, put_error, refuse_action, signed_page
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.lessons.forms import LessonForm
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload

ONLY_AUTHORS = "Only the author of a lesson, and editors of its organisation, can change it."


@signed_page
def mine(request: HttpRequest) -> HttpResponse:
    """The lessons that a person writes."""
    return render(request, "lessons/mine.html", {"lessons": list_own_lessons(signed_in(request))})


@signed_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a lesson."""
    person = signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = LessonForm(data, person=person, language=get_language() or "en")
    if form.is_valid():
        try:
            lesson = create_lesson(by=person, details=form.details())
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The draft is saved. Add files if you like, then publish it."))
            return redirect("lessons:state", slug=lesson.slug)
    return form_page(
        request,
        form,
        title=gettext("Share a lesson"),
        button=gettext("Save the draft"),
        above=(reverse("lessons:list"), gettext("Lessons")),
        lede=gettext("Share only what you made yourself, or what its licence lets you share."),
    )


def _own(person: User, slug: str) -> Lesson:
    lesson = get_lesson(slug, visible_to=person)
    require(may_edit_lesson(person, lesson), ONLY_AUTHORS)
    return lesson


@signed_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the draft of a lesson."""
    person = signed_in(request)
    lesson = _own(person, slug)
    form = LessonForm(request.POST if request.method == "POST" else None, person=person, lesson=lesson)
    if form.is_valid():
        try:
            edit_lesson(by=person, lesson=lesson, details=form.details())
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved. Publish it so that others see the change."))
            return redirect("lessons:state", slug=slug)
    return form_page(
        request,
        form,
        title=gettext("Change: %(title)s") % {"title": lesson.title},
        button=gettext("Save"),
        above=(reverse("lessons:state", args=[slug]), lesson.title),
    )


@signed_page
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Files of the draft, publishing and withdrawing; each button sends its own small form."""
    person = signed_in(request)
    lesson, wrong = _own(person, slug), ""
    if request.method == "POST":
        try:
            messages.success(request, _done(request, person, lesson))
            return redirect("lessons:state", slug=slug)
        except (InvalidInput, Conflict) as error:
            wrong = sentence_of(error)
    context = {
        "lesson": lesson,
        "files": list_draft_files(lesson),
        "versions": list_lesson_versions(lesson),
        "kinds": ", ".join(KINDS),
        "wrong": wrong,
    }
    return render(request, "lessons/state.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User, lesson: Lesson) -> str:
    check_upload(request)
    actions: dict[str, Callable[[HttpRequest, User, Lesson], str]] = {
        "add-file": _add_file,
        "remove-file": _remove_file,
        "publish": _publish,
        "withdraw": _withdraw,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person, lesson)


def _add_file(request: HttpRequest, person: User, lesson: Lesson) -> str:
    upload = request.FILES.get("file")
    if upload is None:
        raise TranslatedInvalidInput(gettext("Choose a file first."), field="file")
    file = add_lesson_file(by=person, lesson=lesson, name=str(upload.name), content=upload.read())
    return gettext("%(name)s is added.") % {"name": file.name}


def _remove_file(request: HttpRequest, person: User, lesson: Lesson) -> str:
    try:
        uid = UUID(request.POST.get("uid", ""))
    except ValueError:
        raise NotFound("There is no such file.") from None
    remove_lesson_file(by=person, file=get_lesson_file(lesson, uid, visible_to=person))
    return gettext("The file is removed.")


def _publish(request: HttpRequest, person: User, lesson: Lesson) -> str:
    version = publish_lesson(by=person, lesson=lesson, note=request.POST.get("note", ""))
    return gettext("Version %(number)s is published.") % {"number": version.number}


def _withdraw(request: HttpRequest, person: User, lesson: Lesson) -> str:
    del request
    withdraw_lesson(by=person, lesson=lesson)
    return gettext("It is withdrawn. Others do not see it any more.")


@signed_page
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one used a lesson, or begin one's own from it."""
    person = signed_in(request)
    lesson, wrong = get_lesson(slug, visible_to=person), ""
    number = request.POST.get("number", "")
    versions = list_lesson_versions(lesson)
    if not versions:
        raise NotFound("This lesson is not published.")
    if request.method == "POST":
        version = get_lesson_version(lesson, int(number) if number.isascii() and number.isdigit() else 0)
        try:
            if request.POST.get("do") == "copy":
                copied = copy_lesson(by=person, version=version)
                messages.success(request, gettext("This is your own draft. Change it, then publish it."))
                return redirect("lessons:state", slug=copied.slug)
            record_lesson_reuse(by=person, version=version, note=request.POST.get("note", ""))
            messages.success(request, gettext("Noted. The author sees that it is used."))
            return redirect("lessons:detail", slug=slug)
        except Conflict as error:
            wrong = sentence_of(error)
    context = {"lesson": lesson, "version": versions[0], "wrong": wrong}
    return render(request, "lessons/use.html", context, status=422 if wrong else 200)
