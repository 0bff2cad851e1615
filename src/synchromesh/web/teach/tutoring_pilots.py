"""A pilot of a course: open it, read what it measured, decide."""

from __future__ import annotations

from typing import Any

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
from synchromesh.learning.queries.pilots import get_own_pilots, list_pilot_instruments
from synchromesh.learning.queries.teaching import OwnParts
from synchromesh.web.teach.teacher import teacher
from synchromesh.web.teach.tutoring_page import is_author, refuse
from synchromesh.web.teach.tutoring_pilot_forms import DecisionForm, PilotForm
from synchromesh.web.teach.tutoring_pilot_table import COLUMNS, pilot_rows


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pilot(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest pilot, or the one in the address, and a form to open one for a version that has none."""
    person = teacher(request)
    own, pilots = get_own_pilots(slug, visible_to=person)
    shown = _chosen(pilots, request.GET.get("pilot", ""))
    report = pilot_report(shown, visible_to=person, now=timezone.now()) if shown is not None else None
    if report is not None and request.GET.get("format") == "csv":
        return _csv(report, name=slug)
    untried = _untried(own, pilots)
    forms = _forms(request, person, shown, untried)
    if request.method == "POST":
        done = _act(request, person, shown, untried, forms)
        if done is not None:
            return redirect(f"{reverse('teach:pilot', args=[slug])}?pilot={done.uid}")
    wrong = next((form for form in forms.values() if form.errors), None)
    context = {"course": own.course, "may_edit": is_author(own), "least_shown": LEAST_SHOWN, "wrong": wrong}
    context |= {"pilot": shown, "report": report, "untried": untried, "forms": forms}
    context["others"] = [one for one in pilots if one != shown]
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


def _forms(request: HttpRequest, person: User, shown: Pilot | None, untried: ContentVersion | None) -> dict[str, Any]:
    """The forms for what there is; the one that was sent has what was entered. Authors alone see them."""
    do = request.POST.get("do", "")
    found: dict[str, Any] = {}
    if untried is not None:
        instruments = list_pilot_instruments(untried, visible_to=person)
        found["open"] = PilotForm(request.POST if do == "open" else None, instruments=instruments)
    if shown is not None:
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
    form = forms.get(do)
    if form is None:
        raise NotFound("This page has no such button.")
    if not form.is_valid():
        return None
    try:
        return _step(request, person, do, form, shown=shown, untried=untried)
    except (InvalidInput, Conflict) as error:
        refuse(form, error)
        return None


def _step(
    request: HttpRequest, person: User, do: str, form: Any, *, shown: Pilot | None, untried: ContentVersion | None
) -> Pilot | None:
    """Open, change or decide, and say so."""
    if do == "open" and untried is not None:
        done = open_pilot(by=person, version=untried, plan=form.plan())
        said = gettext("The pilot is open. Learners of this version are asked whether they take part.")
    elif do == "change" and shown is not None:
        done = change_pilot(by=person, pilot=shown, plan=form.plan())
        said = gettext("The plan is saved.")
    elif shown is not None:
        done = record_decision(by=person, pilot=shown, **form.cleaned_data)
        said = gettext("The decision is kept, with the numbers of today.")
    else:
        return None
    messages.success(request, said)
    return done


def _csv(report: PilotReport, *, name: str) -> HttpResponse:
    rows = pilot_rows(report, language=get_language() or "en")
    content = write_csv(COLUMNS, rows, byte_order_mark=True)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pilot-{name}.csv"'
    return response
