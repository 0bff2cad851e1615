"""Versions of the framework: the list, and one with what it holds and what differs from another one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import FrameworkVersion, VersionStatus
from synchromesh.framework.queries.versions import (
    VersionDifference,
    compare_versions,
    list_roles_of_version,
    list_versions,
)
from synchromesh.web.framework.asked import asked_version, sees_draft
from synchromesh.web.framework.sentences import sentences

SHOWN_CHANGES = 200


def version_list(request: HttpRequest) -> HttpResponse:
    """All versions, newest first."""
    return render(request, "framework/versions.html", {"entries": list_versions(with_draft=sees_draft(request))})


def version_detail(request: HttpRequest, number: int) -> HttpResponse:
    """What a version holds and what differs from the one before it, or from `?against=N`."""
    entries = list_versions(with_draft=sees_draft(request))
    entry = next((entry for entry in entries if entry.version.number == number), None)
    if entry is None:
        raise NotFound(f"There is no version {number} of the framework.", field="version")
    versions = [other.version for other in entries if other.version != entry.version]
    against = asked_version(request, "against") or _before(entry.version, versions)
    found = compare_versions(against, entry.version)
    context = {
        "entry": entry,
        "others": versions,
        "against": against,
        "found": found,
        "sentences": sentences(found),
        "roles": list_roles_of_version(entry.version),
        **_rows(found),
    }
    return render(request, "framework/version.html", context)


def _before(version: FrameworkVersion, others: list[FrameworkVersion]) -> FrameworkVersion | None:
    """The version that was in force before; `others` come newest first."""
    return next((v for v in others if v.number < version.number and v.status != VersionStatus.DRAFT), None)


def _rows(found: VersionDifference) -> dict[str, Any]:
    """Differences of roles and skills that both versions have; the page names the others as a whole."""
    roles = {role.pk for role in (*found.roles_added, *found.roles_removed)}
    skills = {skill.pk for skill in (*found.skills_added, *found.skills_removed)}
    kept: dict[str, list[Any]] = {
        "needs": [row for row in found.needs if row.role.pk not in roles],
        "anchors": [row for row in found.anchors if row.skill.pk not in skills],
        "units": [row for row in found.units if row.role.pk not in roles],
    }
    return {name: {"rows": rows[:SHOWN_CHANGES], "more": len(rows[SHOWN_CHANGES:])} for name, rows in kept.items()}
