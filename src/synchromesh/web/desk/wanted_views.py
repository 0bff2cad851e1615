"""Wanted training as alliance staff see it: small numbers and all words too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from synchromesh.catalogue.queries.briefs import MONTHS, list_wanted_training
from synchromesh.web.people import signed_in
from synchromesh.web.wanted.exports import export_response
from synchromesh.web.wanted.listing import list_context

PERIODS = (1, 3, 6, 12, 24)


@require_safe
@login_required
def wanted(request: HttpRequest) -> HttpResponse:
    """Everything that is wanted, in a period of the reader's choice. Raises NotAllowed for all but alliance staff."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, PERIODS) else MONTHS
    today = timezone.localdate()
    rows = list_wanted_training(visible_to=signed_in(request), today=today, everything=True, months=months)
    context = list_context(request, rows)
    if "format" in request.GET:
        return export_response(context["rows"], request.GET["format"], fewest=context["fewest"])
    return render(request, "wanted/list.html", context | {"everything": True, "months": months, "periods": PERIODS})
