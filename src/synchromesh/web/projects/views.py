"""The list of projects and one project."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.community.permissions import may_edit_community, may_edit_project
from synchromesh.community.queries.projects import (
    ENDED,
    RUNNING,
    ProjectFilter,
    get_deliverable,
    get_project,
    list_deliverables,
    list_project_countries,
    list_project_regions,
    list_projects,
    list_results,
    list_stated_values,
)
from synchromesh.community.queries.stored_files import read_file
from synchromesh.engine.errors import NotFound
from synchromesh.engine.tables.lists import join_list
from synchromesh.engine.tables.writing import Values
from synchromesh.web.community_pages import csv_file, page_of, reader_of, saved_file

COLUMNS = (
    "id", "name", "full_name", "programme", "begins", "ends", "subject_en", "subject_de", "coordinator", "partners",
    "url", "source", "source_url", "source_on",
)  # fmt: skip


def _wanted(request: HttpRequest) -> ProjectFilter:
    state = request.GET.get("state", "")
    return ProjectFilter(
        words=request.GET.get("q", "").strip()[:100],
        state=state if state in {RUNNING, ENDED} else "",
        country=request.GET.get("country", "").strip().upper()[:2],
        region=request.GET.get("region", "").strip().upper()[:5],
    )


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Projects by name, narrowed by words, state, and country or region of a partner."""
    wanted = _wanted(request)
    context = {
        "page": page_of(request, list_projects(wanted)),
        "wanted": wanted,
        "countries": list_project_countries(),
        "regions": list_project_regions(),
        "may_edit": may_edit_community(reader_of(request)),
    }
    return render(request, "projects/list.html", context)


@require_safe
def project_csv(request: HttpRequest) -> HttpResponse:
    """The same projects as a table; an import takes it back."""
    return csv_file("projects.csv", COLUMNS, _rows(_wanted(request)))


def _rows(wanted: ProjectFilter) -> Iterator[Values]:
    for one in list_projects(wanted).prefetch_related("partners__organisation"):
        yield {
            **{name: getattr(one, name) for name in COLUMNS if hasattr(one, name) and name not in {"id", "partners"}},
            "id": one.external_id or one.slug,
            "subject_en": one.subjects.get("en", ""),
            "subject_de": one.subjects.get("de", ""),
            "coordinator": one.coordinator.name if one.coordinator else "",
            "partners": join_list([partner.organisation.name for partner in one.partners.all()]),
        }


@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One project with everything that is known of it."""
    reader, project = reader_of(request), get_project(slug)
    stated = list_stated_values(project)
    context = {
        "project": project,
        "partners": project.partners.all(),
        "work_packages": project.work_packages.all(),
        "deliverables": list_deliverables(project),
        "results": list_results(project, visible_to=reader),
        "stated": stated,
        "may_edit": may_edit_project(reader, project),
    }
    return render(request, "projects/detail.html", context)


@require_safe
def deliverable_file(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The file of a deliverable."""
    found = get_deliverable(uid, get_project(slug))
    if not found.name:
        raise NotFound("This deliverable has no file.")
    return saved_file(read_file(found.uid), name=found.name, media_type=found.media_type)
