"""The list of engagements, one of them, and the record of a year as page and as CSV."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import Engagement
from synchromesh.community.permissions import may_record_engagement, may_see_engagement_notes, may_see_event
from synchromesh.community.queries.engagements import (
    EngagementFilter,
    get_engagement,
    get_year_record,
    list_engagement_years,
    list_engagements,
    list_follow_ups,
    list_groups_to_record_for,
    read_engagement_filter,
)
from synchromesh.community.queries.stored_files import read_file
from synchromesh.engine.errors import NotFound
from synchromesh.engine.tables.writing import write_csv
from synchromesh.framework.queries.concepts import list_topics
from synchromesh.places.models import Country
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.engagements.words import KIND_NAMES

PAGE_SIZE = 50
_COLUMNS = ("id", "kind", "event", "host", "date_from", "date_to", "date_known_to", "place", "country", "topic")
_MORE_COLUMNS = ("speakers", "slides", "reach", "reach_source", "source", "source_url")


@require_safe
def engagement_list(request: HttpRequest) -> HttpResponse:
    """All engagements with filters, newest first."""
    wanted = read_engagement_filter(dict(request.GET.lists()))
    page = Paginator(list_engagements(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    reader = _reader(request)
    context = {
        "page": page,
        "wanted": wanted,
        "is_filtered": wanted != EngagementFilter(),
        "kinds": KIND_NAMES,
        "years": list_engagement_years(),
        "countries": _countries(),
        "topics": list_topics(),
        "may_record": isinstance(reader, User) and (reader.is_alliance_staff or list_groups_to_record_for(reader)),
    }
    return render(request, "engagements/list.html", context)


@require_safe
def engagement_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One engagement; contacts and what follows only for whom they are."""
    found, reader = get_engagement(uid), _reader(request)
    context = {
        "engagement": found,
        "event": found.event if found.event and may_see_event(reader, found.event) else None,
        "speakers": found.speakers.splitlines(),
        "may_edit": may_record_engagement(reader, found.group),
        "may_see_contacts": may_see_engagement_notes(reader, found),
        "follow_ups": list_follow_ups(found, visible_to=reader),
    }
    return render(request, "engagements/detail.html", context)


@require_safe
def year_record(request: HttpRequest, year: int) -> HttpResponse:
    """The engagements of a year, counted by kind and month, and listed."""
    record = get_year_record(_known(year))
    found = list_engagements(EngagementFilter(year=year)).order_by("starts_on", "pk")
    context = {
        "record": record,
        "rows": [(row, [(kind, row.counts.get(kind, 0)) for kind in record.kinds]) for row in record.rows],
        "totals": [(kind, record.totals[kind]) for kind in record.kinds],
        "years": list_engagement_years(),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "engagements/year.html", context)


@require_safe
def year_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The engagements of a year as a table; an empty cell is unknown. Contacts and follow-ups are not in it."""
    found = list_engagements(EngagementFilter(year=_known(year))).order_by("starts_on", "pk")
    rows = (_row(one) for one in found.iterator(chunk_size=1000))
    content = write_csv((*_COLUMNS, *_MORE_COLUMNS), rows, byte_order_mark=True)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="engagements-{year}.csv"'
    return response


@require_safe
def slides(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The slides as a file to save."""
    found = get_engagement(uid)
    if not found.slides_name:
        raise NotFound("There are no slides here.")
    response = HttpResponse(read_file(found.uid), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.slides_name}"'
    return response


def _row(one: Engagement) -> tuple[str | int | None, ...]:
    return (
        str(one.uid),
        one.kind,
        one.event_title,
        one.host,
        one.starts_on.isoformat(),
        one.ends_on.isoformat(),
        one.precision,
        one.place,
        one.country.code if one.country else "",
        one.subject,
        "; ".join(one.speakers.splitlines()),
        one.slides_url,
        one.reach,
        one.reach_source,
        one.source,
        one.source_url,
    )


def _known(year: int) -> int:
    if not 1900 <= year <= 2200:
        raise NotFound("There is no record of this year.")
    return year


def _countries() -> list[tuple[str, str]]:
    """The countries in which there was one, by name."""
    found = Country.objects.filter(pk__in=Engagement.objects.exclude(country=None).values("country"))
    language = get_language() or "en"
    return sorted(((one.code, in_language(one.names, language).text) for one in found), key=lambda pair: pair[1])


def _reader(request: HttpRequest) -> Actor:
    return request.user if isinstance(request.user, User) else VISITOR
