"""What can be earned: all that is awarded here, and what one of them says."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.credentials.queries.achievements import (
    find_published_version,
    get_achievement,
    list_parts,
    list_published,
    list_wholes,
)
from synchromesh.credentials.queries.pages import list_proved_skills
from synchromesh.engine.errors import NotFound
from synchromesh.learning.queries.achievement_courses import list_courses_for
from synchromesh.web.credentials.shown_credential import KIND_NAMES


@require_safe
def achievement_list(request: HttpRequest) -> HttpResponse:
    """Everything that is awarded here, by issuer."""
    published = list_published()
    issuers = [
        (issuer, list(versions)) for issuer, versions in groupby(published, key=lambda one: one.achievement.issuer)
    ]
    return render(request, "achievements/list.html", {"issuers": issuers, "count": len(published)})


@require_safe
def achievement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What an achievement says, and how to earn it. Raises NotFound where nothing of it is published."""
    achievement = get_achievement(slug)
    version = find_published_version(achievement)
    if version is None:
        raise NotFound("There is no achievement with this name.")
    context = {
        "achievement": achievement,
        "version": version,
        "issuer": achievement.issuer,
        "kind": KIND_NAMES.get(version.kind, version.kind),
        "skills": list_proved_skills(version),
        "parts": list_parts(version),
        "wholes": list_wholes(achievement),
        "courses": list_courses_for(achievement),
    }
    return render(request, "achievements/detail.html", context)
