"""Roles to look up: two side by side, all details of one with its tables, and one on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from synchromesh.catalogue.queries.courses import list_courses_for_skills
from synchromesh.framework.models import JobRole
from synchromesh.framework.queries.concepts import (
    find_published_version,
    get_role,
    list_anchors,
    list_esco_links,
    list_requirements,
    list_roles,
    list_unit_entries,
)
from synchromesh.framework.queries.esco import find_names
from synchromesh.framework.queries.nearness import compare_roles
from synchromesh.web.roles.headlines import comparison_headline
from synchromesh.web.roles.path_words import title_of
from synchromesh.web.roles.role_pdf import RoleSheet, render_role_pdf
from synchromesh.web.roles.role_tables import FORMATS, TABLES, RoleTables, write_table


def compare(request: HttpRequest) -> HttpResponse:
    """Two roles side by side, and the form that chooses them; former slugs in the address are understood."""
    first, second = _role_of(request, "a"), _role_of(request, "b")
    context: dict[str, object] = {"roles": list_roles(), "first": first, "second": second}
    if first and second and first != second:
        comparison = compare_roles(first, second)
        context |= {
            "comparison": comparison,
            "headline": comparison_headline(comparison),
            "groups": [
                {"title": gettext("Skills that both need"), "rows": comparison.shared},
                {"title": _only_in(second), "rows": comparison.only_second},
                {"title": _only_in(first), "rows": comparison.only_first},
            ],
        }
    return render(request, "roles/compare.html", context)


def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is known about a role, with sources; one of its tables as a file when `format` asks for it."""
    role = get_role(slug)
    if role.slug != slug:
        return redirect("roles:details", slug=role.slug, permanent=True)
    requirements = list_requirements(role)
    links = list_esco_links(role, [requirement.skill for requirement in requirements])
    tables = RoleTables(role=role, requirements=requirements, units=list_unit_entries(role), links=links)
    wanted, table = request.GET.get("format", ""), request.GET.get("table", TABLES[0])
    if wanted in FORMATS and table in TABLES:
        content = write_table(tables, table=table, file_format=wanted)
        return _file(content, FORMATS[wanted], f"{role.slug}-{table}.{wanted}")
    names = find_names([link.uri for link in links])
    context = {
        "role": role,
        "requirements": requirements,
        "units": tables.units,
        "esco_rows": [{"link": link, "name": names.get(link.uri)} for link in links],
        "version": find_published_version(),
    }
    return render(request, "roles/details.html", context)


def role_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The role as a printable file of two pages."""
    role = get_role(slug)
    today = timezone.localdate()
    requirements = list_requirements(role)
    skills = [requirement.skill for requirement in requirements]
    sheet = RoleSheet(
        role=role,
        requirements=requirements,
        anchors=list_anchors(skills),
        courses=len(list_courses_for_skills(skills, today=today)),
        version=find_published_version(),
    )
    address = request.build_absolute_uri(reverse("roles:detail", args=[role.slug]))
    return _file(render_role_pdf(sheet, address=address, today=today), "application/pdf", f"role-{role.slug}.pdf")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A public file to keep; the same for everybody, so that a cache may hold it for a while."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _role_of(request: HttpRequest, name: str) -> JobRole | None:
    slug = request.GET.get(name, "")
    return get_role(slug) if slug else None


def _only_in(role: JobRole) -> str:
    return gettext("Only in: %(role)s") % {"role": title_of(role).text}
