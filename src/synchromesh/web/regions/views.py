"""Regions for everybody: tiles, table or map of one list; one region; two to four side by side; printed sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from synchromesh.community.permissions import may_be_contact, may_edit_region, may_name_regions
from synchromesh.community.queries.projects import ProjectFilter, list_projects
from synchromesh.community.queries.regions import (
    ORDERS,
    RegionRow,
    count_networks,
    find_boundaries,
    list_contacts,
    list_countries_of_regions,
    list_regions,
    list_regions_to_compare,
    read_region_filter,
)
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.web.community_pages import reader_of
from synchromesh.web.regions.comparing import compare_records, list_sources
from synchromesh.web.regions.drawings import draw_outlines, draw_tiles
from synchromesh.web.regions.region_record import MOST, RegionRecord, read_regions
from synchromesh.web.regions.sheets import render_regions_pdf

MOST_COMPARED = 4
VIEWS = ("tiles", "table", "map")


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    """Regions that take part, by words, country and network; `?view=` shows the same as tiles, table or map."""
    wanted = read_region_filter(request.GET.dict())
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    rows, networks = list_regions(wanted), count_networks()
    context = {
        "wanted": wanted,
        "view": view,
        "rows": rows,
        "orders": ORDERS,
        "counted": [one for one in networks if wanted.network in {"", one.network.slug}],
        "all_of_them": not wanted.words and not wanted.country,
        "networks": [one.network for one in networks if one.named],
        "countries": list_countries_of_regions(),
        "may_add": may_name_regions(reader_of(request)),
    }
    return render(request, "regions/list.html", context | _drawn(view, rows))


def _drawn(view: str, rows: list[RegionRow]) -> dict[str, Any]:
    if view == "tiles":
        return {"drawing": draw_tiles(rows)}
    boundaries = find_boundaries() if view == "map" else None
    return {"drawing": draw_outlines(rows, boundaries) if boundaries else None}


@require_safe
def region_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One region of any level of NUTS, also one without a profile; what nobody has said is unknown."""
    reader = reader_of(request)
    record = _record(request, code)
    if record.known.region.code != code:
        return redirect("regions:detail", code=record.known.region.code)
    profile = record.known.profile
    context = {
        "record": record,
        "known": record.known,
        "profile": profile,
        "region": record.known.region,
        "sources": list_sources(record),
        "projects": list_projects(ProjectFilter(region=record.known.region.code))[:MOST],
        "may_edit": profile is not None and may_edit_region(reader, profile),
        "may_be_contact": profile is not None and may_be_contact(reader, profile),
        "contacts": list_contacts(profile, visible_to=reader) if profile else None,
    }
    return render(request, "regions/detail.html", context)


def _record(request: HttpRequest, code: str) -> RegionRecord:
    records = _records(request, [code], most=1)
    if not records:
        raise NotFound("There is no such region.", field="region")
    return records[0]


def _records(request: HttpRequest, codes: Sequence[str], *, most: int) -> list[RegionRecord]:
    return read_regions(codes, visible_to=reader_of(request), today=timezone.localdate(), most=most)


def _chosen(request: HttpRequest) -> list[RegionRecord]:
    return _records(request, request.GET.getlist("r")[:20], most=MOST_COMPARED)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four regions side by side; the address holds which."""
    chosen = _chosen(request)
    records = chosen if len(chosen) > 1 else []
    names = [record.name for record in records]
    context = {
        "codes": [record.known.region.code for record in chosen],
        "records": records,
        "rows": [row.beside(names) for row in compare_records(records) if row.is_known] if records else [],
        "offered": list_regions_to_compare(),
        "most": MOST_COMPARED,
    }
    return render(request, "regions/compare.html", context)


@require_safe
def compare_pdf(request: HttpRequest) -> HttpResponse:
    """The comparison as a file to print. Raises InvalidInput for fewer than two regions."""
    records = _chosen(request)
    if len(records) < 2:
        raise InvalidInput("Choose two to four regions.", field="r")
    codes = "-".join(record.known.region.code for record in records)
    return _pdf(request, records, name=f"regions-{codes.lower()}.pdf")


@require_safe
def region_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """One region on two pages to print."""
    record = _record(request, code)
    return _pdf(request, [record], name=f"region-{record.known.region.code.lower()}.pdf")


def _pdf(request: HttpRequest, records: list[RegionRecord], *, name: str) -> HttpResponse:
    address = request.build_absolute_uri().replace("/region.pdf", "/").replace("/regions.pdf", "/")
    content = render_regions_pdf(records, address=address, today=timezone.localdate())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
