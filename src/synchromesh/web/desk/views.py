"""The desk of alliance staff: imports with preview, commit and undo."""

from __future__ import annotations

from io import BytesIO
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.accounts.queries.provider_applications import count_waiting_applications
from synchromesh.catalogue.models import FeedSource
from synchromesh.catalogue.operations.feed_entries import read_settings
from synchromesh.catalogue.operations.feed_fetching import reading_options
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.queries.course_upkeep import count_courses_to_keep
from synchromesh.catalogue.queries.courses_to_map import count_courses_to_map
from synchromesh.catalogue.queries.duplicates import count_open_pairs
from synchromesh.catalogue.queries.feed_sources import count_alarms
from synchromesh.community.queries.members import count_waiting_members
from synchromesh.credentials.operations.registry_import import TrustListImporter
from synchromesh.engine.errors import InvalidInput, NotFound, Problem
from synchromesh.engine.feeds.error_sheet import error_sheet_ending, write_error_sheet
from synchromesh.engine.tables.writing import write_csv
from synchromesh.framework.operations import drafting
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.framework.queries.comments import count_open_comments
from synchromesh.framework.queries.concepts import find_draft
from synchromesh.framework.queries.crosswalk_desk import MOVED, TO_CHECK, TO_DO, count_crosswalk
from synchromesh.pathways.queries.reviews import count_waiting_reviews
from synchromesh.plumbing import import_files, imports
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.site.skill_changes import SkillChangeImporter
from synchromesh.web.community_imports import COMMUNITY_IMPORTERS, COMMUNITY_KINDS
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload

IMPORTERS: dict[str, imports.Importer] = {
    "feed": CourseImporter(),
    "framework": FrameworkImporter(),
    "trust-list": TrustListImporter(),
    **COMMUNITY_IMPORTERS,
}
ROWS_SHOWN = 200
_SHEET_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _require_staff(request: HttpRequest) -> None:
    require(is_alliance_staff(signed_in(request)), "Only alliance staff can use the desk.")


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits at the desk."""
    _require_staff(request)
    batches = imports.list_batches(kinds=tuple(IMPORTERS), without_sources=(drafting.SOURCE,))
    waiting = [batch for batch in batches if batch.status == "previewed"]
    draft = find_draft()
    open_comments = count_open_comments(draft, visible_to=signed_in(request)) if draft else 0
    crosswalk = count_crosswalk()
    changes = imports.list_batches(kinds=[SkillChangeImporter.kind])
    context = {
        "courses_to_map": count_courses_to_map(visible_to=signed_in(request), today=timezone.localdate()),
        "courses_to_keep": count_courses_to_keep(visible_to=signed_in(request), today=timezone.localdate()),
        "waiting": waiting,
        "source_alarms": count_alarms(visible_to=signed_in(request)),
        "open_pairs": count_open_pairs(),
        "applications": count_waiting_applications(),
        "member_applications": count_waiting_members(visible_to=signed_in(request)),
        "reviews_to_read": count_waiting_reviews(),
        "draft": draft,
        "open_comments": open_comments,
        "crosswalk": {"todo": crosswalk[TO_DO], "to_check": crosswalk[TO_CHECK], "moved": crosswalk[MOVED]},
        "prepared": [batch for batch in changes if batch.status == "previewed"],
    }
    return render(request, "desk/home.html", context)


@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form for a new one; posting a file shows its preview and writes nothing else."""
    _require_staff(request)
    if request.method == "POST":
        check_upload(request)
        return _preview(request)
    context = {
        "batches": imports.list_batches(kinds=tuple(IMPORTERS), without_sources=(drafting.SOURCE,)),
        "more_kinds": COMMUNITY_KINDS,
        "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }
    return render(request, "desk/imports.html", context)


def _preview(request: HttpRequest) -> HttpResponse:
    kind, upload = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in IMPORTERS:
        raise InvalidInput("Choose what the file holds: courses, the framework, or a trust list.", field="kind")
    if upload is None:
        raise InvalidInput("Choose a file first.", field="file")
    name = str(upload.name)[:200]
    source = request.POST.get("source", "").strip()[:80] or name[:80]
    options = _options(request, kind, source)
    file = cast("BinaryIO", upload)
    batch, _ = imports.preview(
        IMPORTERS[kind], by=signed_in(request), file=file, name=name, source=source, options=options
    )
    return redirect("desk:import", uid=batch.uid)


def _options(request: HttpRequest, kind: str, source: str) -> dict[str, Any]:
    if kind == CourseImporter.kind:
        return _feed_options(request, source)
    return (
        _framework_options(request) if kind == FrameworkImporter.kind else {"complete": "partial" not in request.POST}
    )


def _feed_options(request: HttpRequest, source: str) -> dict[str, Any]:
    """What is known about the source, and what the form says about this file."""
    known = FeedSource.objects.filter(key=source).first() if source.isprintable() else None  # else it is refused
    options = reading_options(known) if known is not None else {"origin": "real", "confirm_links": False}
    confirmed = options["confirm_links"] or "confirm_links" in request.POST
    return options | {"confirm_links": confirmed, "complete": "partial" not in request.POST}


def _framework_options(request: HttpRequest) -> dict[str, Any]:
    return {"origin": "real", "draft": True} if "draft" in request.POST else {"origin": "real"}


@login_required
def import_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What an import would do, or did."""
    _require_staff(request)
    batch = _batch(uid)
    rows = batch.rows[:ROWS_SHOWN]
    context = {
        "batch": batch,
        "rows": rows,
        "more": max(0, _count_rows(batch) - len(rows)),
        "more_problems": batch.problem_count - len(batch.problems),
    }
    return render(request, "desk/import.html", context)


def _count_rows(batch: ImportBatch) -> int:
    """How many rows the import would do something to, or has something to say about."""
    effects: int = sum(batch.counts.get(effect, 0) for effect in ("new", "changed", "missing"))
    return max(effects, len(batch.rows))


@require_POST
@login_required
def import_commit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what the preview showed."""
    _require_staff(request)
    batch = _batch(uid)
    imports.commit(IMPORTERS[batch.kind], by=signed_in(request), batch=batch)
    messages.success(request, gettext("The import is committed. You can undo it here."))
    return redirect("desk:import", uid=uid)


@require_POST
@login_required
def import_undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put everything back as it was."""
    _require_staff(request)
    batch = _batch(uid)
    imports.undo(IMPORTERS[batch.kind], by=signed_in(request), batch=batch)
    messages.success(request, gettext("The import is undone. Everything is as it was before."))
    return redirect("desk:import", uid=uid)


@login_required
def import_problems(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rows that stayed out, as a sheet."""
    _require_staff(request)
    batch = _batch(uid)
    ending, sheet = _problem_sheet(batch)
    response = HttpResponse(sheet, content_type=_SHEET_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="problems{ending}"'
    return response


def _problem_sheet(batch: ImportBatch) -> tuple[str, bytes]:
    """The problems with their places; of a table that waits for its commit the rows themselves, to be mended."""
    waits = batch.status == BatchStatus.PREVIEWED and import_files.has_file(batch.uid)
    if batch.kind != CourseImporter.kind or not waits:
        return ".csv", write_csv(("position", "field", "message"), batch.problems)
    problems, sheet = [Problem(**problem) for problem in batch.problems], BytesIO()
    with import_files.open_file(batch.uid) as file:
        ending = error_sheet_ending(file, problems, name=batch.name)
        write_error_sheet(file, problems, sheet, name=batch.name, settings=read_settings(batch.options))
    return ending, sheet.getvalue()


def _batch(uid: UUID) -> ImportBatch:
    found = ImportBatch.objects.filter(uid=uid, kind__in=IMPORTERS).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found
