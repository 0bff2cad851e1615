"""Who has all parts of an achievement that is made up of others, and the button that awards it to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Achievement, BatchState
from synchromesh.credentials.operations.stacks import award_to_ready
from synchromesh.credentials.queries.awarding import find_versions, get_achievement_to_award
from synchromesh.credentials.queries.stacks import describe_ready, list_ready_people
from synchromesh.web.award.award_page import award_page
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in

PAGE_SIZE = 50


@award_page
def ready(request: HttpRequest, slug: str) -> HttpResponse:
    """The people with all parts, ticked; those who stay ticked are put on a list."""
    person = signed_in(request)
    found = get_achievement_to_award(slug, visible_to=person)
    if request.method == "POST":
        return _awarded(request, person, found)
    page = Paginator(list_ready_people(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "here": "ready",
        "achievement": found,
        "issuer": found.issuer,
        "versions": find_versions(found, whole=False),
        "page": page,
        "people": describe_ready(found, list(page)),
    }
    return render(request, "award/ready.html", context)


def _awarded(request: HttpRequest, person: User, found: Achievement) -> HttpResponse:
    """Those who are ticked and ready; the list says what happens next."""
    chosen = list_ready_people(found).filter(uid__in=_uids(request))[:PAGE_SIZE]
    batch = award_to_ready(by=person, achievement=found, people=list(chosen))
    if batch.state == BatchState.WAITING:
        messages.success(request, gettext("It waits for another person to release it."))
    else:
        messages.success(request, gettext("It is being awarded."))
    return redirect("award:list", uid=batch.uid)


def _uids(request: HttpRequest) -> list[UUID]:
    try:
        uids = [UUID(text) for text in request.POST.getlist("person")[:PAGE_SIZE]]
    except ValueError:
        uids = []
    if not uids:
        raise TranslatedInvalidInput(gettext("Tick at least one person."), field="person")
    return uids
