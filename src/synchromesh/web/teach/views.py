"""What waits for whoever teaches here, and one course with the ways into it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from synchromesh.learning.queries.teaching import get_taught_course, list_taught_courses
from synchromesh.web.people import signed_in


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The courses that the person teaches, those first where something waits."""
    return render(request, "teach/home.html", {"taught": list_taught_courses(visible_to=signed_in(request))})


@login_required
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """One course: its versions, its learners, and what waits."""
    taught = get_taught_course(slug, visible_to=signed_in(request))
    return render(request, "teach/course.html", {"taught": taught, "course": taught.course})
