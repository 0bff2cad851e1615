"""Courses that may be listed twice: the list, and one pair side by side with the winner of each field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import DuplicatePair, PairState
from synchromesh.catalogue.operations.duplicates import (
    mark_courses_different,
    merge_courses,
    open_pair_again,
    start_search_for_duplicates,
    undo_merge,
)
from synchromesh.catalogue.queries.duplicates import (
    compare_courses,
    get_duplicate_pair,
    is_nothing,
    list_duplicate_pairs,
    list_taught_skills,
)
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.desk.course_fields import field_name, field_words
from synchromesh.web.people import name_people, signed_in

STATE_NAMES = {
    PairState.OPEN: _("To decide"),
    PairState.MERGED: _("Merged"),
    PairState.DIFFERENT: _("Different courses"),
}
REASON_NAMES = {
    "title": _("title"),
    "provider": _("provider"),
    "address": _("address"),
    "text": _("text"),
    "dates": _("dates"),
    "meaning": _("meaning across languages"),
}


@login_required
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs to decide, the likeliest first; the button looks for new ones in the background."""
    person = signed_in(request)
    if request.method == "POST":
        start_search_for_duplicates(by=person)
        messages.success(request, gettext("The catalogue is looked through in the background. Come back in a minute."))
        return redirect("desk:duplicates")
    asked = request.GET.get("state", "")
    state = PairState(asked) if asked in PairState.values else PairState.OPEN
    found = list_duplicate_pairs(visible_to=person, state=state, page=request.GET.get("page"))
    context = {
        "page": found.page,
        "pairs": [(pair, _reason_words(pair)) for pair in found.page],
        "state": state,
        "state_name": STATE_NAMES[state],
        "states": [(value, STATE_NAMES[PairState(value)], found.counts[value]) for value in PairState.values],
    }
    return render(request, "desk/duplicates.html", context)


@login_required
def duplicate_pair(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Both courses side by side; a button merges them, tells them apart or takes that back."""
    person = signed_in(request)
    pair, wrong = get_duplicate_pair(uid, visible_to=person), ""
    if request.method == "POST":
        try:
            messages.success(request, _decided(request, person, pair))
            return redirect("desk:duplicate", uid=uid)
        except (InvalidInput, Conflict) as error:
            wrong = error.message
            pair = get_duplicate_pair(uid, visible_to=person)
    context = _side_by_side(request, pair) | {
        "pair": pair,
        "wrong": wrong,
        "state_name": STATE_NAMES[PairState(pair.state)],
        "reasons": _reason_words(pair),
        "decider": name_people([pair.decided_by], reader=person).get(pair.decided_by, "") if pair.decided_by else "",
    }
    return render(request, "desk/duplicate.html", context, status=422 if wrong else 200)


def _decided(request: HttpRequest, person: User, pair: DuplicatePair) -> str:
    """Do what the button says; returns what was done, in words."""
    action = request.POST.get("do", "")
    if action == "merge":
        sides = {"first": pair.first, "second": pair.second}
        winner = sides.get(request.POST.get("winner", ""))
        if winner is None:
            raise InvalidInput(gettext("Choose which of the two courses stays."), field="winner")
        taken = {name.removeprefix("take-"): side for name, side in request.POST.items() if name.startswith("take-")}
        merge_courses(by=person, pair=pair, winner=winner, taken={name: str(side) for name, side in taken.items()})
        return gettext("The two courses are one now. You can undo it here.")
    if action == "different":
        mark_courses_different(by=person, pair=pair)
        return gettext("These are different courses. They are not proposed again.")
    if action == "undo":
        undo_merge(by=person, pair=pair)
        return gettext("The merge is undone. Both courses are as they were.")
    if action == "reopen":
        open_pair_again(by=person, pair=pair)
        return gettext("The pair waits for a decision again.")
    raise InvalidInput(gettext("Choose what to do with the two courses."), field="do")


def _side_by_side(request: HttpRequest, pair: DuplicatePair) -> dict[str, Any]:
    """Fields that differ with the side that is proposed, and the names of those that agree."""
    fields = compare_courses(pair)
    skills = list_taught_skills([pair.first, pair.second])
    winner = request.POST.get("winner", "first")
    rows = []
    for field in fields:
        proposed = winner if winner in ("first", "second") else "first"
        if is_nothing(getattr(field, proposed)):
            proposed = "second" if proposed == "first" else "first"
        rows.append(
            {
                "name": field.name,
                "label": field_name(field.name),
                "first": field_words(field.name, field.first),
                "second": field_words(field.name, field.second),
                "chosen": request.POST.get(f"take-{field.name}", proposed),
                "differs": field.differs,
            }
        )
    return {
        "rows": [row for row in rows if row["differs"]],
        "same": [row["label"] for row in rows if not row["differs"]],
        "skills": {"first": skills[pair.first_id], "second": skills[pair.second_id]},
        "winner": winner,
    }


def _reason_words(pair: DuplicatePair) -> list[tuple[str, int]]:
    """Each field that both state and how alike it is, in per cent."""
    return [
        (str(REASON_NAMES.get(reason["field"], reason["field"])), round(100 * reason["likeness"]))
        for reason in pair.reasons
    ]
