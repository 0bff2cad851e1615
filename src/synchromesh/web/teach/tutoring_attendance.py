"""Who was there at a live session of a cohort."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Cohort, Unit
from synchromesh.learning.operations.attendance import record_attendance
from synchromesh.learning.queries.attendance import AttendanceRow, attendance_list, is_session_kind
from synchromesh.learning.queries.cohorts import list_dated_units, unit_dates
from synchromesh.web.people import signed_in
from synchromesh.web.teach.tutoring_page import open_cohort_page

_SAID = {"yes": True, "no": False}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attendance(request: HttpRequest, slug: str, uid: UUID, unit: str) -> HttpResponse:
    """Everybody in the cohort; a POST writes down who was there."""
    own, cohort = open_cohort_page(request, slug, uid)
    person, session = signed_in(request), _session(cohort, unit)
    rows = attendance_list(cohort, unit, visible_to=person)
    if request.method == "POST":
        said = _said(request.POST, rows)
        changed = record_attendance(by=person, cohort=cohort, unit_key=unit, was_there=said)
        saved = ngettext("Saved for %(count)s learner.", "Saved for %(count)s learners.", changed) % {"count": changed}
        messages.success(request, saved if changed else gettext("Nothing has changed."))
        return redirect("teach:attendance", slug, uid, unit)
    context = {
        "course": own.course,
        "run": cohort.run,
        "unit": session,
        "date": unit_dates(cohort).get(unit),
        "rows": rows,
        "there": sum(row.was_there is True for row in rows),
        "open": sum(row.was_there is None for row in rows),
    }
    return render(request, "teach/tutoring/attendance.html", context)


def _session(cohort: Cohort, key: str) -> Unit:
    """The live session as the newest version has it. Raises NotFound."""
    found = next((unit for unit in list_dated_units(cohort) if unit.key == key), None)
    if found is None or not is_session_kind(found.kind):
        raise NotFound("The course has no such live session.")
    return found


def _said(said: QueryDict, rows: list[AttendanceRow]) -> dict[UUID, bool]:
    """What was chosen for each learner on the list; whoever has no choice gets what is said of the rest."""
    rest = said.get("rest", "")
    chosen = {row.enrolment.uid: said.get(f"there-{row.enrolment.uid}", rest) for row in rows}
    return {uid: _SAID[word] for uid, word in chosen.items() if word in _SAID}
