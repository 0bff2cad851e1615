"""ESCO as it was loaded here: the list, one concept with our links to it, and what changed between versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.catalogue.queries.courses import list_courses_for_skills
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import EscoKind, EscoVersion
from synchromesh.framework.queries.esco import (
    find_active_version,
    get_version,
    is_kind,
    list_collections,
    list_concepts,
    list_versions,
)
from synchromesh.framework.queries.esco_concepts import find_concept
from synchromesh.framework.queries.esco_difference import compare_versions

ROOT = "http://data.europa.eu/esco/"
SHOWN_CHANGES = 200


def concept_list(request: HttpRequest) -> HttpResponse:
    """Concepts of the active version by kind, collection, group and words; everything is in the address."""
    version = find_active_version()
    if version is None:
        return render(request, "esco/list.html", {"version": None})
    kind, collection = request.GET.get("kind", ""), request.GET.get("collection", "")
    query = " ".join(request.GET.get("q", "").split())[:200]
    collections = list_collections(version)
    found = list_concepts(
        version=version,
        kind=kind if is_kind(kind) else "",
        query=query,
        collection=collection if collection in collections else "",
        broader=request.GET.get("broader", ""),
        page=request.GET.get("page"),
        language=get_language() or "en",
    )
    context = {
        "version": version,
        "versions": list_versions(),
        "found": found,
        "query": query,
        "kind": kind,
        "kinds": [(value, version.counts.get(value, 0)) for value in EscoKind.values if version.counts.get(value)],
        "collection": collection,
        "collections": collections,
    }
    return render(request, "esco/list.html", context)


def concept_detail(request: HttpRequest, family: str, code: str) -> HttpResponse:
    """One concept: labels in every language, its place, its relations, and our roles, skills and courses."""
    found = find_concept(f"{ROOT}{family}/{code}", language=get_language() or "en")
    if found is None:
        raise NotFound("This ESCO concept is not loaded here. It may belong to another version of ESCO.", field="esco")
    skills = [link.skill for link in found.links if link.skill is not None and link.skill.retired_at is None]
    context = {
        "concept": found,
        "skill_links": [link for link in found.links if link.skill is not None],
        "role_links": [link for link in found.links if link.role is not None and link.role.retired_at is None],
        "courses": list_courses_for_skills(skills, today=timezone.localdate()) if skills else [],
    }
    return render(request, "esco/concept.html", context)


def difference(request: HttpRequest) -> HttpResponse:
    """What is new, gone or renamed between two loaded versions; without a choice the two newest."""
    versions = list_versions()
    older, newer = _chosen(request, versions)
    context: dict[str, Any] = {
        "versions": versions,
        "older": older,
        "newer": newer,
        "shown": SHOWN_CHANGES,
        "found": None,
    }
    if older and newer and older != newer:
        context["found"] = compare_versions(older, newer)
    return render(request, "esco/difference.html", context)


def _chosen(request: HttpRequest, versions: list[EscoVersion]) -> tuple[EscoVersion | None, EscoVersion | None]:
    labels = [request.GET.get(name, "") for name in ("older", "newer")]
    newest = [*versions[-2:], None, None][:2]
    first, second = (get_version(label) if label else other for label, other in zip(labels, newest, strict=True))
    return first, second
