"""What the forms of the first page of a course do: start, take again, leave, another language, consent to a pilot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.models import Enrolment, EnrolmentState
from synchromesh.learning.operations.enrolment import change_language, enrol_person, leave_course, start_again
from synchromesh.learning.operations.joining import join_cohort
from synchromesh.learning.operations.pilots import share_pilot_answers
from synchromesh.learning.queries.cohorts import list_joinable_cohorts
from synchromesh.learning.queries.enrolments import find_enrolment
from synchromesh.learning.queries.outline import course_outline
from synchromesh.learning.queries.pilots import list_shared_enrolments


def act(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    """Do what the pushed button says. Raises InvalidInput for none that is known."""
    action = _ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise InvalidInput("Say what to do: start, take again, leave, or another language.", field="do")
    return action(request, person, course)


def _enrol(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    before = find_enrolment(person, course)
    if before is not None and before.state in {EnrolmentState.ACTIVE, EnrolmentState.COMPLETED}:
        return _go_on(before)  # pushed twice, or on a second device
    language = request.POST.get("language") or get_language() or "en"
    if request.POST.get("run"):
        return _go_on(_join(request, person, course, language))
    return _go_on(enrol_person(by=person, course=course, language=language))


def _join(request: HttpRequest, person: User, course: Course, language: str, *, again: bool = False) -> Enrolment:
    """Join the open cohort that the form names. Raises NotFound where it takes nobody any more."""
    run = request.POST["run"]
    seats = next(
        (one for one in list_joinable_cohorts(course, today=timezone.localdate()) if str(one.run.uid) == run), None
    )
    if seats is None:
        raise NotFound("Nobody can join this cohort any more.")
    return join_cohort(by=person, cohort=seats.cohort, language=language, again=again)


def _again(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    language = request.POST.get("language") or get_language() or "en"
    if request.POST.get("run"):
        return _go_on(_join(request, person, course, language, again=True))
    return _go_on(start_again(by=person, course=course, language=language))


def _leave(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    leave_course(by=person, enrolment_uid=_own(person, course).uid)
    messages.success(request, gettext("You have left the course. What you did is kept; you can come back."))
    return redirect("learn:start", slug=course.slug)


def _language(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    change_language(by=person, enrolment_uid=_own(person, course).uid, language=request.POST.get("language", ""))
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(onward)
    return redirect("learn:start", slug=course.slug)


def _pilot(request: HttpRequest, person: User, course: Course) -> HttpResponse:
    """Consent is given for this round; taken back, it is taken back for all rounds."""
    own = _own(person, course)
    if request.POST.get("shares") == "yes":
        share_pilot_answers(by=person, enrolment_uid=own.uid, shares=True)
    else:
        for enrolment in list_shared_enrolments(own):
            share_pilot_answers(by=person, enrolment_uid=enrolment.uid, shares=False)
    return redirect("learn:start", slug=course.slug)


def _own(person: User, course: Course) -> Enrolment:
    enrolment = find_enrolment(person, course)
    if enrolment is None:
        raise NotFound("You do not learn in this course.")
    return enrolment


def _go_on(enrolment: Enrolment) -> HttpResponse:
    """Lead to where somebody goes on: straight into the next unit."""
    slug = enrolment.course.slug
    if enrolment.state == EnrolmentState.WAITING:
        return redirect("learn:start", slug=slug)
    outline = course_outline(enrolment.version, enrolment=enrolment)
    if outline.next_unit is None:
        return redirect("learn:result", slug=slug)
    return redirect("learn:unit", slug=slug, unit=outline.next_unit.key)


_ACTIONS: Mapping[str, Callable[[HttpRequest, User, Course], HttpResponse]] = {
    "enrol": _enrol,
    "again": _again,
    "leave": _leave,
    "language": _language,
    "pilot": _pilot,
}
