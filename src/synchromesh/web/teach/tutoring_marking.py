"""Answers that a person marks: what waits, and one answer with its rubric."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.assessment.models import Response
from synchromesh.assessment.permissions import may_mark
from synchromesh.assessment.queries.banks import find_bank
from synchromesh.assessment.queries.marking import Marking, get_marking, list_responses_to_mark, rubric_of
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.questions import Criterion
from synchromesh.learning.operations.unit_attempts import mark_unit_response
from synchromesh.learning.queries.teaching import get_own_parts
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import name_people, signed_in
from synchromesh.web.teach.teacher import teacher


@require_safe
@login_required
def marking(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers that wait, those handed in first come first."""
    person = teacher(request)
    course = get_own_parts(slug, visible_to=person).course
    return render(request, "teach/tutoring/marking.html", {"course": course, "waiting": _waiting(course, person)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mark(request: HttpRequest, slug: str, uid: UUID, position: int) -> HttpResponse:
    """One answer; a POST gives points by criterion and leads to the next one that waits."""
    person = teacher(request)
    found = get_marking(uid, position, visible_to=person)
    course = found.response.attempt.instrument.bank.course
    if course is None or course.slug != slug:
        raise NotFound("There is no such answer.")
    if request.method != "POST":
        return render(request, "teach/tutoring/mark.html", _state(request, course, found))
    try:
        given = _read(request.POST, rubric_of(found.question))
        said = request.POST.get("comment", "")
        mark_unit_response(by=person, attempt_uid=uid, position=position, marks=given, comment=said)
    except (InvalidInput, Conflict) as error:
        state = _state(request, course, found, typed=request.POST) | {"error": error}
        return render(request, "teach/tutoring/mark.html", state, status=422)
    messages.success(request, gettext("Marked. The learner sees it."))
    waiting = _waiting(course, person)
    onward = waiting[0] if waiting else None
    return (
        redirect("teach:mark", slug, onward.attempt.uid, onward.position) if onward else redirect("teach:marking", slug)
    )


def _waiting(course: Course, person: Any) -> list[Response]:
    bank = find_bank(course)
    if bank is None:
        return []
    if not may_mark(person, bank):
        raise NotFound("There is no such page.")
    return list_responses_to_mark(bank, visible_to=person)


def _read(form: QueryDict, rubric: Sequence[Criterion]) -> dict[str, Decimal]:
    """The points by criterion. Raises InvalidInput where one is missing."""
    given: dict[str, Decimal] = {}
    for criterion in rubric:
        try:
            given[criterion.key] = Decimal(form.get(f"criterion-{criterion.key}", ""))
        except InvalidOperation:
            raise TranslatedInvalidInput(
                gettext("Choose a step for every criterion."), field=f"criterion-{criterion.key}"
            ) from None
    return given


def _state(request: HttpRequest, course: Course, found: Marking, typed: QueryDict | None = None) -> dict[str, Any]:
    """What the page shows; what was typed stays where it is refused."""
    attempt = found.response.attempt
    counting = {one.criterion.key: str(one.points.normalize()) for one in found.marks}
    chosen = {key: typed.get(f"criterion-{key}", "") for key in _keys(found)} if typed is not None else counting
    names = name_people({one.marked_by for one in found.history}, reader=signed_in(request))
    return {
        "course": course,
        "attempt": attempt,
        "marking": found,
        "language": attempt.language,
        "criteria": [_criterion(one, chosen.get(one.key, "")) for one in rubric_of(found.question)],
        "comment": typed.get("comment", "") if typed is not None else found.comment,
        "history": [{"mark": one, "name": names.get(one.marked_by, "")} for one in found.history],
        "is_own": attempt.person_id == signed_in(request).pk,
        "words": len(str(found.answer).split()) if isinstance(found.answer, str) else 0,
    }


def _keys(found: Marking) -> list[str]:
    return [criterion.key for criterion in rubric_of(found.question)]


def _criterion(criterion: Criterion, chosen: str) -> dict[str, Any]:
    steps = [
        {"value": str(step.points.normalize()), "step": step, "is_chosen": str(step.points.normalize()) == chosen}
        for step in criterion.steps
    ]
    return {"criterion": criterion, "name": f"criterion-{criterion.key}", "steps": steps}
