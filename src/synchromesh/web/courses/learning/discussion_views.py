"""What learners and tutors say beside a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.discussion import report_post, withdraw_post, write_post
from synchromesh.learning.queries.discussion import get_discussed_version, list_threads
from synchromesh.learning.queries.enrolments import get_enrolment_to_learn
from synchromesh.learning.queries.outline import course_outline
from synchromesh.web.courses.learning.learner import learner_page
from synchromesh.web.courses.learning.start_page import reading_language
from synchromesh.web.courses.learning.unit_page import step_frame
from synchromesh.web.people import signed_in


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Beside which unit something is said, and the learner's own group."""

    course: Course
    unit: str
    run: Run | None


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def discussion(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Read and write beside a unit, as a learner, or as a tutor or author of the course who need not learn in it."""
    person = signed_in(request)
    frame = _frame(person, slug, unit)
    enrolment, course = frame["enrolment"], frame["course"]
    place = _Place(course=course, unit=unit, run=enrolment.run if enrolment else None)
    error = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request, person, place))
            return redirect("learn:discussion", slug, unit)
        except InvalidInput as refused:
            error = refused
    state = frame | {
        "threads": list_threads(course, unit, visible_to=person),
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
        "answered": request.POST.get("answers", "") if error else "",
    }
    return render(request, "learn/discussion.html", state, status=422 if error else 200)


def _frame(person: User, slug: str, unit: str) -> dict[str, Any]:
    """The course around the discussion: a learner's own, else that of its teachers. Raises NotFound."""
    try:
        return step_frame(get_enrolment_to_learn(person, slug), unit)
    except NotFound:
        version = get_discussed_version(slug, visible_to=person)
    outline = course_outline(version)
    here = {"unit": outline.unit(unit), "unit_key": unit, "language": reading_language(version)}
    return {"course": version.course, "enrolment": None, "outline": outline} | here


def _act(request: HttpRequest, person: User, place: _Place) -> str:
    """Do what the form says, and return the sentence that says so. Raises InvalidInput."""
    action = _ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise InvalidInput(gettext("Say what to do: write, report or take back."), field="do")
    return action(request, person, place)


def _write(request: HttpRequest, person: User, place: _Place) -> str:
    write_post(
        by=person,
        course=place.course,
        unit_key=place.unit,
        text=request.POST.get("text", ""),
        language=get_language() or "en",
        run=place.run if request.POST.get("to") == "cohort" else None,
        answers=_uid(request, "answers"),
    )
    return gettext("It is written.")


def _report(request: HttpRequest, person: User, place: _Place) -> str:
    report_post(by=person, uid=_needed(request), reason=request.POST.get("reason", ""))
    return gettext("Thank you. A tutor looks at it.")


def _withdraw(request: HttpRequest, person: User, place: _Place) -> str:
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


_ACTIONS: Mapping[str, Callable[[HttpRequest, User, _Place], str]] = {
    "write": _write,
    "report": _report,
    "withdraw": _withdraw,
}
