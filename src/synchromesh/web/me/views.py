"""What a signed-in person keeps here: home and plans."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.engine.errors import InvalidInput
from synchromesh.framework.queries.concepts import list_skills
from synchromesh.learning.queries.teaching import teaches_something
from synchromesh.pathways.operations import plans as operations
from synchromesh.pathways.queries.levels import list_held_levels, list_proofs
from synchromesh.pathways.queries.plans import get_plan, list_plans
from synchromesh.web.people import signed_in


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What is next: the next course of the newest plan, then plans and answers."""
    person = signed_in(request)
    plans = list_plans(person)
    next_step = next((step for plan in plans for step in plan.steps.all() if step.status != "finished"), None)
    memberships = list(person.memberships.select_related("organisation"))
    context = {
        "plans": plans,
        "next_step": next_step,
        "memberships": memberships,
        "teaches": teaches_something(person),
    }
    return render(request, "me/home.html", context)


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """All own plans, own answers and what shows a level."""
    person = signed_in(request)
    today = timezone.localdate()
    held = list_held_levels(person, visible_to=person, today=today)
    answers = [(skill, held[skill.pk]) for skill in list_skills() if skill.pk in held] if held else []
    proofs = list_proofs(person, visible_to=person)
    return render(request, "me/plans.html", {"plans": list_plans(person), "answers": answers, "proofs": proofs})


@login_required
def plan_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One own plan, course by course."""
    plan = get_plan(signed_in(request), str(uid))
    today = timezone.localdate()
    steps = [
        {
            "step": step,
            "can_learn": step.course.learned_here_since is not None,
            "next_run": next(iter(upcoming_runs(step.course.runs.all(), today=today)), None),
        }
        for step in plan.steps.all()
    ]
    return render(request, "me/plan.html", {"plan": plan, "steps": steps})


@require_POST
@login_required
def finish_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a course as finished. This is a note of one's own and raises no level."""
    position = request.POST.get("position", "")
    if not position.isdecimal():
        raise InvalidInput("Say which course is finished.", field="position")
    operations.finish_step(by=signed_in(request), plan_uid=str(uid), position=int(position), on=timezone.localdate())
    messages.success(request, gettext("Marked as finished."))
    return redirect("me:plan", uid=uid)


@require_POST
@login_required
def delete_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete one own plan."""
    operations.delete_plan(by=signed_in(request), plan_uid=str(uid))
    messages.success(request, gettext("The plan is deleted."))
    return redirect("me:plans")
