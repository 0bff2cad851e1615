"""What people look for and no course gives: the list for everybody, and one skill."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.queries.briefs import list_wanted_training, thresholds
from synchromesh.framework.queries.concepts import get_skill, list_requirements_of_skill
from synchromesh.web.wanted.exports import export_response
from synchromesh.web.wanted.listing import list_context, own_providers


@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    """Wanted training with filters; small numbers are held back. `?format=csv` and `json` give the same as data."""
    context = list_context(request, list_wanted_training(visible_to=VISITOR, today=timezone.localdate()))
    if "format" in request.GET:
        return export_response(context["rows"], request.GET["format"], fewest=context["fewest"])
    return render(request, "wanted/list.html", context)


@require_safe
def wanted_skill(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks for one skill, as far as it may be said, and which jobs are behind it."""
    skill = get_skill(slug)
    if skill.slug != slug:
        return redirect("wanted:skill", slug=skill.slug, permanent=True)
    context = {
        "skill": skill,
        "rows": list_wanted_training(visible_to=VISITOR, today=timezone.localdate(), skill=skill),
        "requirements": list_requirements_of_skill(skill),
        "fewest": thresholds().count,
        "providers": own_providers(request),
    }
    return render(request, "wanted/skill.html", context)
