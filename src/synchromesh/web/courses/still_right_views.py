"""The page behind the mail "is this still right?": what we show of a course, and one button that confirms it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.refreshing import confirm_course
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.catalogue.queries.refresh_keys import KeyFault, find_key_person
from synchromesh.web.courses.course_state import course_facts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the facts; only the button confirms them, because programs that check mails open every address in them.

    A key from a mail opens the page for its course alone; those who may edit the course need none.
    """
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:detail", slug=course.slug)
    key = request.POST.get("key", "") or request.GET.get("key", "")
    person = _answering(request, key, course)
    if isinstance(person, KeyFault):
        context = {"course": course, "fault": str(person)}
        return render(request, "courses/still_right_refused.html", context, status=403)
    if request.method == "POST":
        confirm_course(by=person, course=course, through="mail" if key else "page")
        messages.success(request, gettext("Thank you. Everybody sees now that this was confirmed today."))
        return redirect("courses:detail", slug=course.slug)
    own = person == request.user
    return render(request, "courses/still_right.html", course_facts(course) | {"key": key, "may_change": own})


def _answering(request: HttpRequest, key: str, course: Course) -> User | KeyFault:
    """Who answers: the signed-in editor, or the person for whom the key was made."""
    if isinstance(request.user, User) and may_edit_courses_of(request.user, course.provider):
        return request.user
    return find_key_person(key, course=course)
