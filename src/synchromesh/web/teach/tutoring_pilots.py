"""A pilot of a course: open it, read what it measured, decide."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.tables.writing import write_csv
from synchromesh.learning.models import ContentVersion, Pilot
from synchromesh.learning.operations.pilots import change_pilot, close_pilot, open_pilot, record_decision
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.learning.queries.pilot_report import LEAST_SHOWN, PilotReport, pilot_report
from synchromesh.learning.queries.pilots import list_pilot_instruments, list_pilots
from synchromesh.learning.queries.teaching import OwnParts, get_own_parts
from synchromesh.web.people import signed_in
from synchromesh.web.teach.tutoring_page import is_author, refuse
from synchromesh.web.teach.tutoring_pilot_forms import DecisionForm, PilotForm
from synchromesh.web.teach.tutoring_pilot_table import COLUMNS, pilot_rows


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pilot(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest pilot, or the one in the address, and a form to open one for a version that has none."""
    person = signed_in(request)
    own = get_own_parts(slug, visible_to=person)
    pilots = list_pilots(own.course, visible_to=person)
    shown = _chosen(pilots, request.GET.get("pilot", ""))
    report = pilot_report(shown, visible_to=person, now=timezone.now()) if shown is not None else None
    if report is not None and request.GET.get("format") == "csv":
        return _csv(report, name=slug)
    untried = _untried(own, pilots)
    forms = _forms(request, person, shown, untried) if is_author(own) else {}
    if request.method == "POST":
        done = _act(request, person, shown, untried, forms)
        if done is not None:
            return redirect(f"{reverse('teach:pilot', args=[slug])}?pilot={done.uid}")
    wrong = next((form for form in forms.values() if form.errors), None)
    context = {
        "course": own.course,
        "may_edit": is_author(own),
        "pilot": shown,
        "report": report,
        "others": [one for one in pilots if one != shown],
        "untried": untried,
        "forms": forms,
        "wrong": wrong,
        "least_shown": LEAST_SHOWN,
    }
    return render(request, "teach/tutoring/pilot.html", context, status=422 if wrong else 200)


def _chosen(pilots: list[Pilot], uid: str) -> Pilot | None:
    """The pilot in the address, else the newest. Raises NotFound for another course's."""
    if uid:
        found = next((one for one in pilots if str(one.uid) == uid), None)
        if found is None:
            raise NotFound("There is no such pilot.")
        return found
    return pilots[0] if pilots else None


def _untried(own: OwnParts, pilots: list[Pilot]) -> ContentVersion | None:
    """The newest published version, if it has no pilot yet."""
    version = newest_version(own.course, with_pilots=True)
    return None if version is None or any(one.version_id == version.pk for one in pilots) else version


def _forms(
    request: HttpRequest, person: User, shown: Pilot | None, untried: ContentVersion | None
) -> dict[str, Any]:
    """The forms that an author sees; the one that was sent has what was entered."""
    do = request.POST.get("do", "")
    found: dict[str, Any] = {}
    if untried is not None:
        instruments = list_pilot_instruments(untried, visible_to=person)
        found["open"] = PilotForm(request.POST if do == "open" else None, instruments=instruments)
    if shown is not None and not shown.decision:
        instruments = list_pilot_instruments(shown.version, visible_to=person)
        found["change"] = PilotForm(request.POST if do == "change" else None, instruments=instruments, pilot=shown)
        found["decide"] = DecisionForm(request.POST if do == "decide" else None)
    return found


def _act(
    request: HttpRequest, person: User, shown: Pilot | None, untried: ContentVersion | None, forms: dict[str, Any]
) -> Pilot | None:
    """Do what the button asks for; None where a form says why it was refused."""
    do = request.POST.get("do", "")
    if do == "close" and shown is not None:
        messages.success(request, gettext("Nobody more is asked to take part. The numbers stay."))
        return close_pilot(by=person, pilot=shown)
    if do not in _STEPS or (do == "open" and untried is None) or (do != "open" and shown is None):
        raise NotFound("This page has no such button.")
    form = forms.get(do) or _empty_form(do, request)
    if not form.is_valid():
        return None
    try:
        return cast("Pilot", _STEPS[do](request, person, untried if do == "open" else shown, form))
    except (InvalidInput, Conflict) as error:
        refuse(form, error)
        return None
