"""The desk page that keeps courses clean: broken addresses, courses that a feed dropped, and old confirmations."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.operations.refreshing import confirm_courses
from synchromesh.catalogue.permissions import may_map_courses
from synchromesh.catalogue.queries.course_upkeep import (
    STATES,
    USE_DAYS,
    list_chosen_courses,
    list_courses_to_keep,
)
from synchromesh.catalogue.queries.freshness import freshness_of
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in


@login_required
def upkeep(request: HttpRequest) -> HttpResponse:
    """Courses that need something first; whoever edits them confirms those that are still right."""
    person, today = signed_in(request), timezone.localdate()
    require(may_map_courses(person), "Only editors and managers of a provider, and alliance staff, see this page.")
    if request.method == "POST":
        return _confirm(request)
    state = request.GET.get("state", "")
    found = list_courses_to_keep(
        visible_to=person,
        today=today,
        state=state,
        provider=request.GET.get("provider", ""),
        page=request.GET.get("page"),
    )
    context = {
        "page": found.page,
        "rows": [
            {"course": one, "link": find_link_check(one), "freshness": freshness_of(one.last_confirmed_on, today=today)}
            for one in found.page.object_list
        ],
        "counts": list(found.counts.items()),
        "total": found.total,
        "state": state if state in STATES else "",
        "days": USE_DAYS,
        "checks_links": settings.CHECK_LINKS,
    }
    return render(request, "desk/upkeep.html", context)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked courses and show the same part of the list again."""
    person = signed_in(request)
    chosen = list_chosen_courses(request.POST.getlist("course"), visible_to=person)
    if not chosen:
        raise TranslatedInvalidInput(gettext("Tick at least one course first."), field="course")
    confirm_courses(by=person, courses=chosen, through="desk")
    said = ngettext("%(count)s course is confirmed today.", "%(count)s courses are confirmed today.", len(chosen))
    messages.success(request, said % {"count": len(chosen)})
    return redirect(request.get_full_path())
