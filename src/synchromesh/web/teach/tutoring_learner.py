"""One learner: units, tries and results, and more time for tests."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.assessment.operations.extra_time import MOST_MINUTES, MOST_PERCENT, allow_more_time, extend_time
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.stuck_reports import settle_stuck_report
from synchromesh.learning.queries.one_learner import LearnerView, get_learner
from synchromesh.learning.queries.teaching import get_own_parts
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.teach.teacher import teacher
from synchromesh.web.teach.tutoring_page import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def learner(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One learner; a POST gives more time or settles a report."""
    person = teacher(request)
    own = get_own_parts(slug, visible_to=person)
    view = get_learner(own.course, uid, visible_to=person, now=timezone.now())
    wrong: InvalidInput | None = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request.POST, by=person, view=view))
            return redirect("teach:learner", slug, uid)
        except InvalidInput as error:
            wrong = error
    context = {
        "course": own.course,
        "view": view,
        "enrolment": view.enrolment,
        "is_own": view.enrolment.person_id == person.pk,
        "wrong": wrong,
        "typed": {name: request.POST.get(name, "") if wrong else "" for name in ("minutes", "percent")},
        "limits": {"minutes": MOST_MINUTES, "percent": MOST_PERCENT},
        "running": [row for unit in view.units for row in unit.attempts if row.may_extend],
    }
    return render(request, "teach/tutoring/learner.html", context, status=422 if wrong else 200)


def _act(said: QueryDict, *, by: User, view: LearnerView) -> str:
    """Do what the button asks for, and say what happened."""
    do = said.get("do", "")
    if do == "percent":
        return _allow(said, by, view)
    if do == "minutes":
        return _extend(said, by, view)
    if do == "settle":
        report = next((one for one in view.stuck if str(one.uid) == said.get("report", "")), None)
        if report is not None:
            settle_stuck_report(by=by, uid=report.uid)
            return gettext("Settled. The learner sees it.")
    raise NotFound("This page has no such button.")


def _allow(said: QueryDict, by: User, view: LearnerView) -> str:
    percent = whole_number(said.get("percent", ""))
    if percent is None or view.bank is None:
        raise TranslatedInvalidInput(gettext("Give a whole number, 0 for no more time."), field="percent")
    allow_more_time(by=by, bank=view.bank, person=view.enrolment.person, percent=percent)
    return gettext("Saved. It counts for tests that begin from now on.")


def _extend(said: QueryDict, by: User, view: LearnerView) -> str:
    running = [row.attempt for unit in view.units for row in unit.attempts if row.may_extend]
    attempt = next((one for one in running if str(one.uid) == said.get("attempt", "")), None)
    if attempt is None:
        raise TranslatedInvalidInput(gettext("This test has ended meanwhile."))
    minutes = whole_number(said.get("minutes", ""))
    if minutes is None:
        raise TranslatedInvalidInput(gettext("Give a whole number of minutes."), field=f"minutes-{attempt.uid}")
    try:
        extend_time(by=by, attempt_uid=attempt.uid, minutes=minutes)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=f"minutes-{attempt.uid}") from None
    return ngettext("%(count)s minute more.", "%(count)s minutes more.", minutes) % {"count": minutes}
