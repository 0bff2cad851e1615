"""What people say about courses, for alliance staff: read it, show it, or refuse it with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, pgettext_lazy

from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.pathways.models import ReviewState
from synchromesh.pathways.operations.reviews import delete_review_answer, publish_review, refuse_review
from synchromesh.pathways.queries.reviews import list_reviews_to_read
from synchromesh.web.people import signed_in

STATE_NAMES = {
    ReviewState.WAITING: pgettext_lazy("state of a review", "To read"),
    ReviewState.SHOWN: pgettext_lazy("state of a review", "Shown"),
    ReviewState.REFUSED: pgettext_lazy("state of a review", "Not shown"),
}


@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """Reviews in a state, with the buttons that decide about each."""
    person, wrong = signed_in(request), ""
    asked = request.GET.get("state", "")
    state = ReviewState(asked) if asked in ReviewState.values else ReviewState.WAITING
    found = list_reviews_to_read(visible_to=person, state=state, page=request.GET.get("page"))
    if request.method == "POST":
        try:
            messages.success(request, _decided(request))
            return redirect(request.get_full_path())
        except (InvalidInput, Conflict) as error:
            wrong = error.message
            found = list_reviews_to_read(visible_to=person, state=state, page=request.GET.get("page"))
    context: dict[str, Any] = {
        "page": found.page,
        "wrong": wrong,
        "state": state,
        "state_name": STATE_NAMES[state],
        "states": [(value, STATE_NAMES[ReviewState(value)], found.counts[value]) for value in ReviewState.values],
    }
    return render(request, "desk/reviews.html", context, status=422 if wrong else 200)


def _decided(request: HttpRequest) -> str:
    """Do what the button says; returns what was done, in words."""
    person, uid, action = signed_in(request), _uid(request), request.POST.get("do", "")
    if action == "publish":
        publish_review(by=person, uid=uid, seen=_seen(request))
        return gettext("Everybody can read the review now.")
    if action == "refuse":
        refuse_review(by=person, uid=uid, seen=_seen(request), reason=request.POST.get("reason", ""))
        return gettext("The review is not shown, and its author can read why.")
    if action == "delete-answer":
        delete_review_answer(by=person, uid=uid)
        return gettext("The provider's answer is deleted.")
    raise InvalidInput(gettext("Choose what to do with the review."), field="do")


def _uid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("review", ""))
    except ValueError:
        raise NotFound("There is no such review.") from None


def _seen(request: HttpRequest) -> datetime:
    """When the words were written that the reader of the page saw."""
    try:
        seen = parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        seen = None
    if seen is None:
        raise InvalidInput(gettext("Open the page anew and read the review once more."), field="seen")
    return seen
