"""What somebody learns: what is next, when it is due, how it went; and signing out of a computer that others use."""

from __future__ import annotations

from allauth.account.views import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from synchromesh.learning.queries.learner_home import learner_home
from synchromesh.web.people import signed_in


@require_safe
@never_cache
@login_required
def learning(request: HttpRequest) -> HttpResponse:
    """All courses of a person, the one that is next first."""
    return render(request, "me/learning.html", {"home": learner_home(signed_in(request))})


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's sign-out; once signed out, the browser also drops what it kept of this site's pages and files."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response
