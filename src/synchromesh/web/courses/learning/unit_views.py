"""One unit of a course: shown, marked as done, reported by itself, with a note and a call for help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, SynchromeshError
from synchromesh.learning.models import Enrolment
from synchromesh.learning.operations.notes import save_note
from synchromesh.learning.operations.progress import Reported, mark_unit_done, see_unit
from synchromesh.learning.operations.stuck_reports import make_stuck_report, settle_stuck_report
from synchromesh.learning.queries.outline import UnitToLearn, course_outline
from synchromesh.pathways.operations.assessed_units import report_unit_with_ratings
from synchromesh.plumbing.error_answers import status_of
from synchromesh.web.courses.learning.learner import count_of, find_place, learner_page, wants_json
from synchromesh.web.courses.learning.unit_page import unit_state, with_refused_answer
from synchromesh.web.courses.learning.unit_reports import read_report
from synchromesh.web.error_sentences import sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def unit(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Show a unit and remember that it was seen, or do what one of its forms says."""
    person, enrolment, found = find_place(request, slug, unit)
    if request.method == "POST":
        return _act(request, person, enrolment, found)
    see_unit(by=person, enrolment=enrolment, unit=found.unit)
    return render(request, "learn/unit.html", unit_state(person, enrolment, found))


def _act(request: HttpRequest, person: User, enrolment: Enrolment, found: UnitToLearn) -> HttpResponse:
    action = _ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise InvalidInput("Say what to do: done, report, note or stuck.", field="do")
    if not wants_json(request):
        return action(request, person, enrolment, found)
    try:
        return action(request, person, enrolment, found)
    except SynchromeshError as error:
        return JsonResponse({"saved": False, "message": sentence_of(error)}, status=status_of(error))


def _done(request: HttpRequest, person: User, enrolment: Enrolment, found: UnitToLearn) -> HttpResponse:
    """Mark as done and lead on; at the end to where the learner stands."""
    step = mark_unit_done(by=person, enrolment_uid=enrolment.uid, unit_key=found.unit.key)
    slug = enrolment.course.slug
    if step.is_complete and enrolment.completed_at is None:
        messages.success(request, gettext("You have completed the course."))
        return redirect("learn:result", slug=slug)
    after = course_outline(enrolment.version).after(found.unit.key)
    return redirect("learn:unit", slug, after.key) if after else redirect("learn:result", slug)


def _report(request: HttpRequest, person: User, enrolment: Enrolment, found: UnitToLearn) -> HttpResponse:
    """What a video or an exercise says of itself."""
    report, number = read_report(request.POST, found.unit), count_of(request, "save_number") + 1
    try:
        reported = report_unit_with_ratings(
            by=person, enrolment_uid=enrolment.uid, unit=found.unit, report=report, save_number=number
        )
    except InvalidInput as error:
        if wants_json(request) or not {"answer", "answers"} & report.keys():
            raise
        state = with_refused_answer(unit_state(person, enrolment, found), report, error)
        return render(request, "learn/unit.html", state, status=422)
    if wants_json(request):
        said = gettext("This unit is done.") if reported.is_done else gettext("Saved")
        return JsonResponse({"saved": True, "message": said, "fields": {"save_number": reported.save_number}})
    _say(request, enrolment, reported)
    part = f"#exercise-{report['question']}" if "question" in report else ""
    return redirect(reverse("learn:unit", args=[enrolment.course.slug, found.unit.key]) + part)


def _say(request: HttpRequest, enrolment: Enrolment, reported: Reported) -> None:
    if reported.is_newer_elsewhere:
        messages.warning(request, gettext("You went on with this on another device. This is where you were there."))
    if reported.is_complete and enrolment.completed_at is None:
        messages.success(request, gettext("You have completed the course."))


def _note(request: HttpRequest, person: User, enrolment: Enrolment, found: UnitToLearn) -> HttpResponse:
    """Keep the private note; a newer one from another device is not overwritten."""
    note = save_note(
        by=person,
        course=enrolment.course,
        unit_key=found.unit.key,
        text=request.POST.get("text", ""),
        seen=_moment(request.POST.get("seen", "")),
    )
    if wants_json(request):
        seen = note.changed_at.isoformat() if note else ""
        return JsonResponse({"saved": True, "message": gettext("Saved"), "fields": {"seen": seen}})
    messages.success(request, gettext("Your note is saved."))
    return redirect("learn:unit", enrolment.course.slug, found.unit.key)


def _stuck(request: HttpRequest, person: User, enrolment: Enrolment, found: UnitToLearn) -> HttpResponse:
    """Tell the tutors that one cannot go on, or that one can again."""
    if settled := request.POST.get("settle", ""):
        settle_stuck_report(by=person, uid=settled)
        messages.success(request, gettext("Good. Your tutors see that you can go on."))
    else:
        text = request.POST.get("text", "")
        make_stuck_report(by=person, enrolment_uid=enrolment.uid, unit_key=found.unit.key, text=text)
        messages.success(request, gettext("Your tutors know now that you are stuck here."))
    return redirect("learn:unit", enrolment.course.slug, found.unit.key)


def _moment(text: str) -> datetime | None:
    """When the page says that the note was changed last; None where it had none."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Conflict("Load the page again, then write.") from None


_ACTIONS: Mapping[str, Callable[[HttpRequest, User, Enrolment, UnitToLearn], HttpResponse]] = {
    "done": _done,
    "report": _report,
    "note": _note,
    "stuck": _stuck,
}
