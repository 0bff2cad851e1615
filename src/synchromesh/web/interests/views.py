"""Entry pages for interests, and the published figures as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import NotFound
from synchromesh.engine.tables.writing import write_csv
from synchromesh.web.interests.pages import AUDIENCES
from synchromesh.web.interests.published_figures import INDICATORS, TAKEN_ON
from synchromesh.web.interests.records import records_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All entry pages, as doors."""
    return render(request, "interests/home.html", {"audiences": AUDIENCES})


@require_safe
def page(request: HttpRequest, audience: str) -> HttpResponse:
    """One entry page: its words, and records that are there now."""
    found = AUDIENCES.get(audience)
    if found is None:
        raise NotFound(gettext("There is no such page."))
    sections = [(section, records_for(section.shows) if section.shows else []) for section in found.sections]
    others = {slug: one for slug, one in AUDIENCES.items() if slug != audience}
    context = {
        "audience": found,
        "sections": sections,
        "others": others,
        "taken_on": TAKEN_ON,
        "today": timezone.localdate(),
    }
    return render(request, "interests/page.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures that others published, one row each, with period and source."""
    columns = ("indicator", "unit", "qualifier", "value", "period", "note", "source", "source_url", "taken_on")
    rows = [
        (
            str(one.name),
            str(one.unit),
            str(figure.qualifier),
            figure.value,
            str(figure.period),
            str(one.note),
            figure.source,
            figure.url,
            TAKEN_ON.isoformat(),
        )
        for one in INDICATORS
        for figure in one.figures
    ]
    response = HttpResponse(write_csv(columns, rows, byte_order_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pact-for-skills-figures.csv"'
    return response
