"""The desk of alliance staff: imports with preview, commit and undo."""

from __future__ import annotations

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
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.queries.courses_to_map import count_courses_to_map
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.tables.writing import write_csv
from synchromesh.framework.operations import drafting
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.framework.queries.comments import count_open_comments
from synchromesh.framework.queries.concepts import find_draft
from synchromesh.framework.queries.crosswalk_desk import MOVED, TO_CHECK, TO_DO, count_crosswalk
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import ImportBatch
from synchromesh.site.skill_changes import SkillChangeImporter
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload

IMPORTERS: dict[str, imports.Importer] = {"feed": CourseImporter(), "framework": FrameworkImporter()}
ROWS_SHOWN = 200


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
        "waiting": waiting,
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
        "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }
    return render(request, "desk/imports.html", context)


def _preview(request: HttpRequest) -> HttpResponse:
    kind, upload = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in IMPORTERS:
        raise InvalidInput("Choose what the file holds: courses, or the framework.", field="kind")
    if upload is None:
        raise InvalidInput("Choose a file first.", field="file")
    name = str(upload.name)[:200]
    options = {"origin": "real", "confirm_links": "confirm_links" in request.POST}
    if kind == FrameworkImporter.kind and "draft" in request.POST:
        options["draft"] = True
    batch, _ = imports.preview(
        IMPORTERS[kind],
        by=signed_in(request),
        content=upload.read(),
        name=name,
        source=request.POST.get("source", "").strip()[:80] or name[:80],
        options=options,
    )
    return redirect("desk:import", uid=batch.uid)


@login_required
def import_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What an import would do, or did."""
    _require_staff(request)
    batch = _batch(uid)
    plan = None
    if batch.content is not None:
        plan = IMPORTERS[batch.kind].plan(
            bytes(batch.content), name=batch.name, source=batch.source, options=batch.options
        )
    rows = [row for row in plan.rows if row.effect != "same"] if plan else []
    context = {"batch": batch, "plan": plan, "rows": rows[:ROWS_SHOWN], "more": max(0, len(rows) - ROWS_SHOWN)}
    return render(request, "desk/import.html", context)


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
    sheet = write_csv(("position", "field", "message"), batch.problems)
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="problems.csv"'
    return response


def _batch(uid: UUID) -> ImportBatch:
    found = ImportBatch.objects.filter(uid=uid, kind__in=IMPORTERS).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found
