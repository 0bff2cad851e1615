"""Enrol people into a cohort from a table: preview, commit, undo."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.tables.writing import write_csv, write_xlsx
from synchromesh.learning.models import Cohort
from synchromesh.learning.operations.cohort_import import (
    LARGEST_LIST,
    commit_cohort_import,
    preview_cohort_import,
    undo_cohort_import,
)
from synchromesh.learning.queries.cohort_lists import Place
from synchromesh.learning.queries.cohorts import get_cohort_import, list_cohort_imports
from synchromesh.plumbing.models import ImportBatch
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in
from synchromesh.web.teach.tutoring_page import open_cohort_page
from synchromesh.web.uploads import check_upload

ROWS_SHOWN = 200
COLUMNS = ("email", "name", "language")
PLACE_NAMES = {
    Place.SEAT: gettext_lazy("gets a place, and a mail that says so"),
    Place.WAITING_LIST: gettext_lazy("is put on the waiting list"),
    Place.FROM_ALONE: gettext_lazy("learns alone and goes on in this cohort"),
    Place.INVITATION: gettext_lazy("gets an invitation by mail"),
    Place.SAME: gettext_lazy("is in already"),
}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohort_import(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A list to send, its preview, and the lists before; a POST previews, commits or takes back."""
    own, cohort = open_cohort_page(request, slug, uid)
    person = signed_in(request)
    earlier = list_cohort_imports(cohort, visible_to=person)
    if request.GET.get("template"):
        return _template(request.GET["template"])
    wrong = None
    if request.method == "POST":
        try:
            return redirect(_act(request, person, cohort, slug))
        except (InvalidInput, Conflict) as error:
            wrong = error
    chosen = _chosen(request.GET.get("list", ""), cohort, person)
    context = {"course": own.course, "cohort": cohort, "run": cohort.run, "limit": LARGEST_LIST // (1024 * 1024)}
    context |= {"batch": chosen, "rows": _rows(chosen), "wrong": wrong}
    context["more"] = max(0, len(chosen.rows) - ROWS_SHOWN) if chosen else 0
    context["earlier"] = [batch for batch in earlier if chosen is None or batch.pk != chosen.pk]
    return render(request, "teach/tutoring/cohort_import.html", context, status=422 if wrong else 200)


def _act(request: HttpRequest, person: User, cohort: Cohort, slug: str) -> str:
    """Preview, commit or take back; the address that shows it."""
    do = request.POST.get("do", "")
    steps = {"preview": _preview, "commit": _commit, "undo": _undo}
    check_upload(request)
    if do not in steps:
        raise NotFound("This page has no such button.")
    batch_uid = steps[do](request, person, cohort)
    return f"{reverse('teach:cohort-import', args=[slug, cohort.run.uid])}?list={batch_uid}"


def _preview(request: HttpRequest, person: User, cohort: Cohort) -> str:
    upload = request.FILES.get("file")
    if upload is None:
        raise TranslatedInvalidInput(gettext("Choose a file first."), field="file")
    file, name = cast("BinaryIO", upload), str(upload.name)[:200]
    return str(preview_cohort_import(by=person, cohort=cohort, file=file, name=name)[0].uid)


def _commit(request: HttpRequest, person: User, cohort: Cohort) -> str:
    batch = commit_cohort_import(by=person, cohort=cohort, uid=request.POST.get("list", ""))
    messages.success(request, gettext("The people on the list are enrolled or invited. You can take it back here."))
    return str(batch.uid)


def _undo(request: HttpRequest, person: User, cohort: Cohort) -> str:
    uid = request.POST.get("list", "")
    undone = undo_cohort_import(by=person, cohort=cohort, uid=uid)
    said = gettext("The list is taken back.")
    if undone.kept:
        said += " " + ngettext(
            "%(count)s person has begun already and stays.",
            "%(count)s people have begun already and stay.",
            undone.kept,
        ) % {"count": undone.kept}
    messages.success(request, said)
    return uid


def _chosen(uid: str, cohort: Cohort, person: User) -> ImportBatch | None:
    """The list in the address, with its preview."""
    return get_cohort_import(cohort, uid, visible_to=person) if uid else None


def _rows(batch: ImportBatch | None) -> list[dict[str, Any]]:
    """The good rows of a preview, and what becomes of each."""
    if batch is None:
        return []
    return [row | {"becomes": _becomes(row)} for row in batch.rows[:ROWS_SHOWN]]


def _becomes(row: dict[str, Any]) -> str:
    changes = row.get("changes") or []
    place = Place(changes[0]["after"]) if changes else Place.SAME
    return str(PLACE_NAMES[place])


def _template(kind: str) -> HttpResponse:
    """An empty table with the right headings."""
    is_workbook = kind == "xlsx"
    content = write_xlsx(COLUMNS, [], title="people") if is_workbook else write_csv(COLUMNS, [], byte_order_mark=True)
    response = HttpResponse(content, content_type=_WORKBOOK if is_workbook else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="people.{"xlsx" if is_workbook else "csv"}"'
    return response
