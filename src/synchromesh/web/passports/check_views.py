"""Check any battery passport as a file. Nothing of it is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.rules import rules
from synchromesh.passports.queries.importing import preview_import
from synchromesh.passports.queries.lists import list_organisations_to_keep_for
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.passports.check_form import LARGEST_UPLOAD, CheckForm
from synchromesh.web.passports.checked_passport import show_checked
from synchromesh.web.passports.keeper_form import KeeperForm
from synchromesh.web.passports.shown_findings import findings_csv
from synchromesh.web.uploads import hold_in_memory, was_too_large

MOST_CHECKS = 120  # in a quarter of an hour from one address: a class behind one router


@csrf_exempt  # checked inside: the check reads the form, and before that it is settled where its file is held
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form; what is sent is read in memory and answered at the same address."""
    hold_in_memory(request, limit=LARGEST_UPLOAD)
    return _check(request)


@csrf_protect
def _check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES, too_large=was_too_large(request))
    if form.is_valid():
        try:
            check_attempts(request, "passport-check", most=MOST_CHECKS)
            note_failure(request, "passport-check")
            return _answer(request, form)
        except InvalidInput as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", sentence_of(error))
    return _page(request, form)


def _answer(request: HttpRequest, form: CheckForm) -> HttpResponse:
    given = form.cleaned_data
    kind = BatteryKind(given["kind"]) if given["kind"] else None
    preview = preview_import(form.content(), kind=kind)
    if request.POST.get("do") == "csv":
        response = HttpResponse(findings_csv(preview.findings), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="findings.csv"'
        return response
    checked = show_checked(preview, severities=given["severity"])
    return _page(request, CheckForm(), checked=checked, keeper_form=_keeper_form(request))


def _keeper_form(request: HttpRequest) -> KeeperForm | None:
    """The question whose passport it becomes, for somebody signed in."""
    person = request.user
    return KeeperForm(organisations=list_organisations_to_keep_for(person)) if isinstance(person, User) else None


def _page(request: HttpRequest, form: CheckForm, **more: Any) -> HttpResponse:
    context = {"form": form, "rule_count": len(rules()), **more}
    return render(request, "passports/check.html", context, status=422 if form.errors else 200)
