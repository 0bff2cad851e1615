"""Before and after learning: what a course asks for and the one button that starts it, joining, the result."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.models import EnrolmentState
from synchromesh.learning.operations.joining import join_cohort
from synchromesh.learning.queries.cohorts import KeyFound, find_cohort_by_key
from synchromesh.learning.queries.completion import completion_state
from synchromesh.learning.queries.enrolments import find_enrolment, get_enrolment_to_learn
from synchromesh.learning.queries.learnable_courses import get_course_to_learn
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.courses.learning.learner import learner_page
from synchromesh.web.courses.learning.start_actions import act
from synchromesh.web.courses.learning.start_page import result_state, start_state
from synchromesh.web.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Outline, rule and tests, to read without an account; only starting asks who somebody is."""
    person = request.user if isinstance(request.user, User) else None
    course = get_course_to_learn(slug, person=person)
    if course.slug != slug:
        return redirect("learn:start", slug=course.slug)
    if request.method == "POST" and request.POST.get("do") == "code":
        return _look_up_code(request, course, person)
    if request.method == "POST":
        return act(request, person, course) if person else redirect_to_login(request.get_full_path())
    state = start_state(course, person)
    return render(request, "learn/start.html", state) if state else redirect("courses:detail", slug=slug)


def _look_up_code(request: HttpRequest, course: Course, person: User | None) -> HttpResponse:
    """Lead whoever typed the code of a group to it, with or without an account. Wrong ones are counted."""
    typed = request.POST.get("code", "").strip()
    try:
        found = _find_by_key(request, course, typed)
    except (InvalidInput, NotFound) as error:
        state = start_state(course, person)
        if state is None:
            raise
        return render(request, "learn/start.html", state | {"code_error": error, "typed_code": typed}, status=422)
    return redirect("learn:join", course.slug, found.cohort.code if found.joined_by == "code" else typed)


def _find_by_key(request: HttpRequest, course: Course, key: str) -> KeyFound:
    """The cohort of a code or an invitation. Raises NotFound, and InvalidInput after too many wrong ones."""
    check_attempts(request, "learn-join")
    try:
        return find_cohort_by_key(course, key, now=timezone.now())
    except NotFound:
        note_failure(request, "learn-join")
        raise


@require_safe
@learner_page
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Where somebody stands by the rule of the course, and what they earned."""
    enrolment = get_enrolment_to_learn(signed_in(request), slug)
    return render(request, "learn/result.html", result_state(enrolment, completion_state(enrolment)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take a place in a cohort with its code or an invitation. Wrong ones are counted."""
    course = get_course_to_learn(slug)
    found = _find_by_key(request, course, key)
    if request.method != "POST":
        before = find_enrolment(request.user, course) if isinstance(request.user, User) else None
        again = before is not None and before.state == EnrolmentState.COMPLETED
        return render(request, "learn/join.html", {"course": course, "cohort": found.cohort, "again": again})
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    language, again = get_language() or "en", request.POST.get("again") == "yes"
    enrolment = join_cohort(by=request.user, cohort=found.cohort, language=language, key=key, again=again)
    if enrolment.state == "waiting":
        messages.info(request, gettext("All places are taken. You are on the waiting list, and we write to you."))
    return redirect("learn:start", slug=course.slug)
