"""Who learns in a course, how far they are, and who is stuck where."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from synchromesh.catalogue.models import Run
from synchromesh.engine.tables.writing import write_csv_rows
from synchromesh.learning.operations.stuck_reports import settle_stuck_report
from synchromesh.learning.queries.cohorts import list_cohorts
from synchromesh.learning.queries.teaching import get_own_parts
from synchromesh.learning.queries.tutoring import LEARNER_COLUMNS, TutoringView, export_learners, tutoring_view
from synchromesh.web.teach.teacher import teacher


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def learners(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who learns, those who are stuck first; a POST settles a report of being stuck."""
    person = teacher(request)
    if request.method == "POST":
        settle_stuck_report(by=person, uid=request.POST.get("settle", ""))
        messages.success(request, gettext("Settled. The learner sees it."))
        return redirect(request.get_full_path())
    own = get_own_parts(slug, visible_to=person)
    cohorts = list_cohorts(own.course, visible_to=person)
    run = _chosen([row.run for row in cohorts], request.GET.get("cohort", ""))
    view = tutoring_view(own.course, visible_to=person, now=timezone.now(), run=run)
    if request.GET.get("format") == "csv":
        return _csv(view, name=slug)
    only_stuck = request.GET.get("show") == "stuck"
    context = {
        "course": own.course,
        "cohorts": cohorts,
        "run": run,
        "view": view,
        "only_stuck": only_stuck,
        "shown": view.stuck if only_stuck else view.learners,
    }
    return render(request, "teach/tutoring/learners.html", context)


def _chosen(runs: list[Run], uid: str) -> Run | None:
    """The cohort in the address; all learners where it names none."""
    return next((run for run in runs if str(run.uid) == uid), None)


def _csv(view: TutoringView, *, name: str) -> HttpResponse:
    file = BytesIO()
    write_csv_rows(file, LEARNER_COLUMNS, export_learners(view, language=get_language() or "en"), byte_order_mark=True)
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="learners-{name}.csv"'
    return response
