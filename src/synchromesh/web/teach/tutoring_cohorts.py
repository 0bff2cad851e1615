"""The cohorts of a course, and one of them: its places, how one joins, its dates and its messages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.learning.models import Cohort
from synchromesh.learning.operations.cohorts import open_cohort_with_run
from synchromesh.learning.queries.attendance import is_session_kind
from synchromesh.learning.queries.cohorts import (
    count_seats,
    list_cohorts,
    list_dated_units,
    list_invitations,
    list_messages,
    unit_dates,
    why_closed,
)
from synchromesh.learning.queries.seats import list_waiting
from synchromesh.learning.queries.teaching import OwnParts, get_own_parts
from synchromesh.web.people import signed_in
from synchromesh.web.teach.teacher import teacher
from synchromesh.web.teach.tutoring_cohort_actions import act
from synchromesh.web.teach.tutoring_cohort_forms import DatesForm, InvitationsForm, MessageForm, PlanForm
from synchromesh.web.teach.tutoring_page import is_author, open_cohort_page, refuse


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohorts(request: HttpRequest, slug: str) -> HttpResponse:
    """All cohorts, the newest first; a POST opens one."""
    person = teacher(request)
    own = get_own_parts(slug, visible_to=person)
    rows = list_cohorts(own.course, visible_to=person)
    form = PlanForm(request.POST if request.method == "POST" else None, course=own.course)
    if form.is_bound and form.is_valid():
        joining = form.cleaned_data["joining"]
        try:
            opened = open_cohort_with_run(by=person, course=own.course, dates=form.dates(), joining=joining)
        except (InvalidInput, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The cohort is open."))
            return redirect("teach:cohort", slug, opened.run.uid)
    today = timezone.localdate()
    context = {
        "course": own.course,
        "may_edit": is_author(own),
        "rows": [(row, why_closed(row.cohort, today=today)) for row in rows],
        "form": form,
        "wrong": form if form.errors else None,
    }
    return render(request, "teach/tutoring/cohorts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohort(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One cohort; a POST does what its button says."""
    own, found = open_cohort_page(request, slug, uid)
    shown = _forms(request, own, found)
    if request.method == "POST":
        said = act(request.POST, by=signed_in(request), cohort=found, shown=shown)
        if said:
            messages.success(request, said)
            return redirect("teach:cohort", slug, uid)
    wrong = next((form for form in shown.values() if form.errors), None)
    context = _state(request, own, found, shown["dates"]) | {"forms": shown, "wrong": wrong}
    return render(request, "teach/tutoring/cohort.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, own: OwnParts, found: Cohort) -> dict[str, Any]:
    """The forms of the page; the one that was sent has what was entered."""

    def data(name: str) -> Any:
        return request.POST if request.method == "POST" and request.POST.get("do") == name else None

    return {
        "plan": PlanForm(data("plan"), course=own.course, cohort=found),
        "dates": DatesForm(data("dates"), units=list_dated_units(found), dates=unit_dates(found)),
        "invite": InvitationsForm(data("invite")),
        "message": MessageForm(data("message")),
    }


def _state(request: HttpRequest, own: OwnParts, found: Cohort, known: DatesForm) -> dict[str, Any]:
    """What there is to say about a cohort."""
    person, now = signed_in(request), timezone.now()
    dated = [
        {"unit": unit, "date": known.dates.get(unit.key), "is_session": is_session_kind(unit.kind)}
        for unit in known.units
        if unit.key in known.dates or is_session_kind(unit.kind)
    ]
    return {
        "course": own.course,
        "may_edit": is_author(own),
        "cohort": found,
        "run": found.run,
        "places": count_seats(found),
        "closed": why_closed(found, today=timezone.localdate()),
        "join_url": _join_address(request, own.course.slug, found),
        "waiting": list(list_waiting(found.run)),
        "dated": dated,
        "invitations": [
            {"invitation": one, "is_over": one.accepted_at is None and one.expires_at <= now}
            for one in list_invitations(found, visible_to=person)
        ],
        "sent": list_messages(found, visible_to=person),
        "now": now,
    }


def _join_address(request: HttpRequest, slug: str, found: Cohort) -> str:
    """The address that lets in whoever has the code; empty where there is none."""
    return request.build_absolute_uri(reverse("learn:join", args=[slug, found.code])) if found.code else ""
