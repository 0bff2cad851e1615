"""What learners and tutors say beside a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.models import Enrolment
from synchromesh.learning.operations.discussion import report_post, withdraw_post, write_post
from synchromesh.learning.queries.discussion import list_threads
from synchromesh.learning.queries.enrolments import get_enrolment_to_learn
from synchromesh.web.courses.learning.learner import learner_page
from synchromesh.web.courses.learning.unit_page import step_frame
from synchromesh.web.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def discussion(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Read and write beside a unit; a learner also reports what should be looked at."""
    person = signed_in(request)
    enrolment = get_enrolment_to_learn(person, slug)
    error = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request, person, enrolment, unit))
            return redirect("learn:discussion", slug, unit)
        except InvalidInput as refused:
            error = refused
    state = step_frame(enrolment, unit) | {
        "threads": list_threads(enrolment.course, unit, visible_to=person),
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
        "answered": request.POST.get("answers", "") if error else "",
    }
    return render(request, "learn/discussion.html", state, status=422 if error else 200)


def _act(request: HttpRequest, person: User, enrolment: Enrolment, unit: str) -> str:
    """Do what the form says, and return the sentence that says so. Raises InvalidInput."""
    action = _ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise InvalidInput(gettext("Say what to do: write, report or take back."), field="do")
    return action(request, person, enrolment, unit)


def _write(request: HttpRequest, person: User, enrolment: Enrolment, unit: str) -> str:
    write_post(
        by=person,
        course=enrolment.course,
        unit_key=unit,
        text=request.POST.get("text", ""),
        language=get_language() or "en",
        run=enrolment.run if request.POST.get("to") == "cohort" else None,
        answers=_uid(request, "answers"),
    )
    return gettext("It is written.")


def _report(request: HttpRequest, person: User, enrolment: Enrolment, unit: str) -> str:
    report_post(by=person, uid=_needed(request), reason=request.POST.get("reason", ""))
    return gettext("Thank you. A tutor looks at it.")


def _withdraw(request: HttpRequest, person: User, enrolment: Enrolment, unit: str) -> str:
    withdraw_post(by=person, uid=_needed(request))
    return gettext("It is taken back.")


def _needed(request: HttpRequest) -> UUID:
    uid = _uid(request, "post")
    if uid is None:
        raise InvalidInput(gettext("Say which words you mean."), field="post")
    return uid


def _uid(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST[name]) if request.POST.get(name) else None
    except ValueError:
        raise InvalidInput(gettext("Load the page again, then write."), field=name) from None


_ACTIONS: Mapping[str, Callable[[HttpRequest, User, Enrolment, str], str]] = {
    "write": _write,
    "report": _report,
    "withdraw": _withdraw,
}
