"""Where the issuer's desk begins: the issuers that somebody works for, and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.credentials.queries.awarding import list_organisations_to_register, list_waiting_lists
from synchromesh.credentials.queries.issuers import list_issuers_of
from synchromesh.credentials.queries.stacks import list_ready_wholes
from synchromesh.web.award.award_page import award_page
from synchromesh.web.people import signed_in


@require_safe
@award_page
def home(request: HttpRequest) -> HttpResponse:
    """My issuers, what waits, and my organisations that could become issuers."""
    person = signed_in(request)
    issuers = list_issuers_of(person)
    context = {
        "issuers": issuers,
        "waiting": list_waiting_lists(issuers),
        "ready": list_ready_wholes(issuers),
        "to_register": list_organisations_to_register(person),
        "is_staff": is_alliance_staff(person),
    }
    return render(request, "award/home.html", context)
