"""Sources of courses at the desk: what is fetched from where and how that went, a new one, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import FeedFetch, FeedSource, FetchOutcome
from synchromesh.catalogue.operations.feed_fetching import start_fetch
from synchromesh.catalogue.operations.feed_looking import FeedLook, look_at_feed
from synchromesh.catalogue.operations.feed_sources import add_feed_source
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.permissions import may_import_courses, may_map_courses
from synchromesh.catalogue.queries.feed_sources import get_feed_source, list_feed_sources, list_fetches
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput
from synchromesh.engine.feeds.records import ReadSettings
from synchromesh.plumbing.models import ImportBatch
from synchromesh.web.desk.source_actions import ShownAgain, act
from synchromesh.web.desk.source_forms import (
    FileForm,
    NewSourceForm,
    SourceForm,
    heading_rows,
    interval_words,
    matching_choices,
    stated_columns,
)
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import name_people, signed_in

FETCHES_SHOWN = 30


@login_required
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source that the person may see, those with an alarm first."""
    person = signed_in(request)
    require(may_map_courses(person), "Only editors and managers of a provider, and alliance staff, see sources.")
    sources = sorted(list_feed_sources(visible_to=person), key=lambda source: not source.alarm)
    context = {
        "rows": [(source, interval_words(source.every_hours)) for source in sources],
        "may_change": may_import_courses(person),
    }
    return render(request, "desk/sources.html", context)


@login_required
def add_source(request: HttpRequest) -> HttpResponse:
    """An address, then a look at what lies there, then what to call it and how often to fetch it."""
    person = signed_in(request)
    require(may_import_courses(person), "Only alliance staff can add a source of courses.")
    if request.method != "POST":
        return _adding(request, NewSourceForm(), step="look")
    if request.POST.get("do") == "look":
        return _look(request, person)
    if request.POST.get("do") == "files":
        return _adding(request, NewSourceForm(), step="add")
    form = NewSourceForm(request.POST)
    if form.is_valid():
        columns = form.columns()
        columns["columns"] = stated_columns(request.POST)
        try:
            source = add_feed_source(by=person, key=form.cleaned_data["key"], **columns)
        except (Conflict, InvalidInput) as error:
            field = "key" if isinstance(error, Conflict) else error.field
            form.add_error(field if field in form.fields else None, error.message)
        else:
            return _added(request, person, source)
    return _adding(request, form, step="add", status=422)


def _look(request: HttpRequest, person: User) -> HttpResponse:
    """Show what lies at the address; the rest of the form is filled in as far as it is known."""
    url = request.POST.get("url", "").strip()
    name = request.POST.get("name") or (urlsplit(url).hostname or "").removeprefix("www.")
    kept = {key: request.POST.get(key, "") for key in ("language", "currency", "provider", "every_hours", "key")}
    form = NewSourceForm(initial=kept | {"url": url, "name": name, "every_hours": kept["every_hours"] or 24})
    columns = stated_columns(request.POST)
    reading = ReadSettings(columns=columns, language=kept["language"], currency=kept["currency"].upper())
    try:
        look = look_at_feed(by=person, url=url, reading=reading)
    except (ExternalFailure, InvalidInput) as error:
        return _adding(request, form, step="look", wrong=sentence_of(error), status=422)
    return _adding(request, form, step="add", look=look, headings=heading_rows(look.headings, columns))


def _adding(
    request: HttpRequest,
    form: NewSourceForm,
    *,
    step: str,
    look: FeedLook | None = None,
    headings: Sequence[dict[str, str]] = (),
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    if not headings:
        headings = heading_rows((), stated_columns(request.POST))
    context = {"form": form, "step": step, "look": look, "wrong": wrong, "headings": headings}
    return render(request, "desk/source_add.html", context | matching_choices(headings), status=status)


def _added(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse:
    if source.url:
        start_fetch(by=person, source=source)
        messages.success(request, gettext("The source is added. It is being read: load this page again in a moment."))
    else:
        messages.success(request, gettext("The source is added. Send its first file."))
    return redirect("desk:source", uid=source.uid)


@login_required
def source_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One source: how it went, and for alliance staff everything that can be done with it."""
    person = signed_in(request)
    source = get_feed_source(uid, visible_to=person)
    forms: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        require(may_import_courses(person), "Only alliance staff can look after the sources of courses.")
        try:
            done = act(request, person, source)
        except (Conflict, ExternalFailure, InvalidInput) as error:
            forms, status = {"wrong": sentence_of(error)}, 409 if isinstance(error, Conflict) else 422
            source = get_feed_source(uid, visible_to=person)
        else:
            if not isinstance(done, ShownAgain):
                return done
            forms, status = done.parts, done.status
    context = _state(person, source) | forms
    context |= matching_choices(context["headings"])
    return render(request, "desk/source.html", context, status=status)


def _state(person: User, source: FeedSource) -> dict[str, Any]:
    """Everything that the page shows."""
    may_change = may_import_courses(person)
    fetches = _with_batches(list_fetches(source, limit=FETCHES_SHOWN))
    stopped = (batch for fetch, batch in fetches if batch and fetch.outcome == FetchOutcome.ALARMED)
    return {
        "source": source,
        "interval": interval_words(source.every_hours),
        "fetches": fetches,
        "stopped": next(stopped, None),
        "may_change": may_change,
        "maker": name_people([source.created_by], reader=person).get(source.created_by, ""),
        "source_form": SourceForm(source=source) if may_change else None,
        "file_form": FileForm() if may_change else None,
        "headings": heading_rows((), source.columns) if may_change else [],
        "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }


def _with_batches(fetches: Sequence[FeedFetch]) -> list[tuple[FeedFetch, ImportBatch | None]]:
    """Each fetch with its import as it is now; a preview that a newer one has replaced is gone."""
    uids = [fetch.batch_uid for fetch in fetches if fetch.batch_uid]
    found = ImportBatch.objects.filter(kind=CourseImporter.kind, uid__in=uids).defer(*ImportBatch.LARGE_COLUMNS)
    batches = {batch.uid: batch for batch in found}
    return [(fetch, batches.get(fetch.batch_uid) if fetch.batch_uid else None) for fetch in fetches]
