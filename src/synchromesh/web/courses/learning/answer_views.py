"""One question of a test: each step is saved, with or without a script, and never over a newer answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.operations.answer_files import add_answer_file, remove_answer_file
from synchromesh.assessment.operations.attempts import check_answer, save_answer
from synchromesh.assessment.queries.question_views import QuestionView, get_asked_question, question_view
from synchromesh.engine.errors import InvalidInput, SynchromeshError
from synchromesh.learning.queries.own_attempts import get_own_attempt
from synchromesh.plumbing.error_answers import status_of
from synchromesh.web.courses.learning.answer_forms import read_form
from synchromesh.web.courses.learning.attempt_page import PREFIX, question_state
from synchromesh.web.courses.learning.attempt_views import end_if_overdue
from synchromesh.web.courses.learning.learner import count_of, learner_page, wants_json
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def question(request: HttpRequest, slug: str, unit: str, uid: UUID, position: int) -> HttpResponse:
    """Show a question, or save its answer and go where the pushed button says."""
    person = signed_in(request)
    if request.method == "POST" and wants_json(request):
        return _save_aside(request, person, uid, position)
    enrolment, attempt = get_own_attempt(person, course_slug=slug, unit_key=unit, uid=uid)
    attempt = end_if_overdue(request, person, attempt)
    if attempt.submitted_at is not None:
        return redirect("learn:attempt-result", slug, unit, attempt.uid)
    view = question_view(attempt, position, language=enrolment.language)
    if request.method != "POST":
        return render(request, "learn/question.html", question_state(enrolment, unit, attempt, view))
    typed = read_form(view.question, request.POST, prefix=PREFIX)
    try:
        return redirect(_save_and_go(request, person, attempt, view, typed, onward=(slug, unit)))
    except InvalidInput as error:
        state = question_state(enrolment, unit, attempt, view, typed=typed) | {"error": error}
        return render(request, "learn/question.html", state, status=422)


def _save_aside(request: HttpRequest, person: User, uid: UUID, position: int) -> JsonResponse:
    """What the script asks while somebody writes: say only then that it is saved when it is.

    This is asked most of all, so that nothing is read but what saving needs.
    """
    try:
        raw = read_form(get_asked_question(uid, position, person=person), request.POST, prefix=PREFIX)
        number = count_of(request, "save_number") + 1
        saved = save_answer(by=person, attempt_uid=uid, position=position, raw=raw, save_number=number)
    except SynchromeshError as error:
        return JsonResponse({"saved": False, "message": sentence_of(error)}, status=status_of(error))
    if saved.is_newer_elsewhere:
        said = gettext("Not saved: a newer answer came from another device. Load the page again to see it.")
        return JsonResponse({"saved": False, "message": said})
    said = gettext("Saved")
    return JsonResponse({"saved": True, "message": said, "fields": {"save_number": saved.save_number}})


def _save_and_go(
    request: HttpRequest, person: User, attempt: Attempt, view: QuestionView, typed: Any, *, onward: tuple[str, str]
) -> str:
    """Save what the form holds and say where to go. Raises InvalidInput, and Conflict once the attempt has ended."""
    go, here = request.POST.get("go", "next"), _address(onward, attempt, view.position)
    if removed := request.POST.get("remove", ""):
        remove_answer_file(by=person, file_uid=removed)
        return here
    if _add_file(request, person, attempt, view) and go == "stay":
        return here
    if view.may_change and not _save(request, person, attempt, view, typed):
        return here
    if go == "check":
        check_answer(by=person, attempt_uid=attempt.uid, position=view.position)
        return f"{here}#{PREFIX}-feedback"
    if request.POST.get("move") or go == "stay":
        return here
    step = {"previous": -1, "list": view.count}.get(go, 1)
    return _address(onward, attempt, view.position + step if 1 <= view.position + step <= view.count else 0)


def _save(request: HttpRequest, person: User, attempt: Attempt, view: QuestionView, typed: Any) -> bool:
    """Whether the answer is kept; False where another device wrote a newer one, which is shown then."""
    if str(view.question.kind) == "file" or typed == view.answer:
        return True
    number = count_of(request, "save_number") + 1
    saved = save_answer(by=person, attempt_uid=attempt.uid, position=view.position, raw=typed, save_number=number)
    if saved.is_newer_elsewhere:
        messages.warning(request, gettext("You answered this on another device meanwhile. That answer is shown."))
    return not saved.is_newer_elsewhere


def _add_file(request: HttpRequest, person: User, attempt: Attempt, view: QuestionView) -> bool:
    """Whether a file came along, which is kept then."""
    check_upload(request)
    file = request.FILES.get(f"{PREFIX}-file")
    if file is None:
        return False
    content, name = file.read(), file.name or "file"
    add_answer_file(by=person, attempt_uid=attempt.uid, position=view.position, name=name, content=content)
    return True


def _address(onward: tuple[str, str], attempt: Attempt, position: int) -> str:
    """A question, or with 0 the page of all answers."""
    to = redirect("learn:question", *onward, attempt.uid, position) if position else None
    return (to or redirect("learn:attempt", *onward, attempt.uid))["Location"]
