"""A test from its start to its result; its single questions are in `answer_views`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt
from synchromesh.assessment.queries.attempts import is_overdue
from synchromesh.learning.models import Enrolment
from synchromesh.learning.operations.unit_attempts import start_unit_attempt, submit_unit_attempt
from synchromesh.learning.queries.enrolments import get_enrolment_to_learn
from synchromesh.learning.queries.own_attempts import get_own_attempt
from synchromesh.web.courses.learning.attempt_page import attempt_result_state, attempt_state
from synchromesh.web.courses.learning.learner import find_place, learner_page
from synchromesh.web.people import signed_in


@require_POST
@learner_page
def begin(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Start a try, or go on with the open one, at the first question that is not answered."""
    person, enrolment, found = find_place(request, slug, unit)
    attempt = start_unit_attempt(by=person, enrolment_uid=enrolment.uid, unit_key=found.unit.key)
    if attempt.submitted_at is not None:
        messages.warning(request, gettext("Time was up. What was saved is handed in."))
        return redirect("learn:attempt-result", slug, unit, attempt.uid)
    position = attempt.responses.filter(answer__isnull=True).values_list("position", flat=True).first()
    if position is None:
        return redirect("learn:attempt", slug, unit, attempt.uid)
    return redirect("learn:question", slug, unit, attempt.uid, position)


@require_http_methods(["GET", "HEAD", "POST"])
@learner_page
def attempt(request: HttpRequest, slug: str, unit: str, uid: UUID) -> HttpResponse:
    """All answers at a glance; a POST hands them in."""
    person = signed_in(request)
    enrolment, current = get_own_attempt(person, course_slug=slug, unit_key=unit, uid=uid)
    current = end_if_overdue(request, person, current)
    if current.submitted_at is not None:
        return redirect("learn:attempt-result", slug, unit, uid)
    if request.method == "POST":
        submit_unit_attempt(by=person, attempt_uid=uid)
        _say_if_completed(request, person, enrolment)
        return redirect("learn:attempt-result", slug, unit, uid)
    return render(request, "learn/attempt.html", attempt_state(enrolment, unit, current))


@require_safe
@learner_page
def attempt_result(request: HttpRequest, slug: str, unit: str, uid: UUID) -> HttpResponse:
    """What came of a try."""
    person = signed_in(request)
    enrolment, current = get_own_attempt(person, course_slug=slug, unit_key=unit, uid=uid)
    current = end_if_overdue(request, person, current)
    if current.submitted_at is None:
        return redirect("learn:attempt", slug, unit, uid)
    return render(request, "learn/attempt_result.html", attempt_result_state(enrolment, unit, current))


def end_if_overdue(request: HttpRequest, person: User, current: Attempt) -> Attempt:
    """Hand in what was saved, once time is up by the server's clock."""
    if current.submitted_at is not None or not is_overdue(current, now=timezone.now()):
        return current
    messages.warning(request, gettext("Time was up. What was saved is handed in."))
    return submit_unit_attempt(by=person, attempt_uid=current.uid)


def _say_if_completed(request: HttpRequest, person: User, enrolment: Enrolment) -> None:
    """Say it once, at the moment at which the course is completed."""
    if enrolment.completed_at is None:
        now = get_enrolment_to_learn(person, enrolment.course.slug)
        if now.completed_at is not None:
            messages.success(request, gettext("You have completed the course."))
