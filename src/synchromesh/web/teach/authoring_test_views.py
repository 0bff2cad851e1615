"""The tests of a course: a list, and one with its rules and its questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.assessment.models import Instrument, QuestionBank
from synchromesh.assessment.operations.instruments import copy_instrument, discard_instrument, save_instrument
from synchromesh.assessment.operations.questions import open_bank
from synchromesh.assessment.queries.banks import find_bank, list_questions
from synchromesh.assessment.queries.instruments import list_instruments, question_counts
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_fields import DocumentForm, Setting
from synchromesh.web.teach.authoring_page import about_field, authoring_page, page_of
from synchromesh.web.teach.authoring_question_specs import free_key
from synchromesh.web.teach.authoring_test_forms import PURPOSES, PartsForm, rules_form, rules_of

_NEW = "new"


@authoring_page
def tests(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """The tests of the course: drafts, and those that are published with a version."""
    bank = find_bank(authored.course)
    found = list_instruments(bank, visible_to=signed_in(request)) if bank else []
    counts = question_counts(found)
    newest: dict[str, Instrument] = {}
    for one in sorted(found, key=lambda one: (one.frozen_at is not None, -one.pk)):
        newest.setdefault(one.key, one)
    rows = [
        {"test": one, "count": counts.get(one.pk, 0), "purpose": dict(PURPOSES).get(one.purpose, one.purpose)}
        for _, one in sorted(newest.items())
    ]
    return render(request, "teach/authoring/tests.html", page_of(authored, "tests", rows=rows))


@authoring_page
def test(request: HttpRequest, authored: AuthoredCourse, key: str) -> HttpResponse:
    """One test. A published one never changes: its copy does."""
    person, bank = signed_in(request), find_bank(authored.course)
    if bank is None and authored.may_edit:
        bank = open_bank(by=person, course=authored.course)
    if bank is None:
        raise NotFound("There is no such test in this course.")
    found = _find(bank, key, request)
    action = request.POST.get("do", "") if request.method == "POST" else ""
    if action == "copy" and found is not None:
        copy_instrument(by=person, instrument=found)
        messages.success(request, gettext("This is a copy that you can change. What is published stays as it is."))
        return redirect("teach:test", authored.course.slug, found.key)
    if action == "discard" and found is not None:
        discard_instrument(by=person, instrument=found)
        messages.success(request, gettext("The test is deleted."))
        return redirect("teach:tests", authored.course.slug)
    return _edit(request, authored, bank, found)


def _edit(request: HttpRequest, authored: AuthoredCourse, bank: QuestionBank, found: Instrument | None) -> HttpResponse:
    person, data = signed_in(request), request.POST if request.method == "POST" else None
    rules = rules_form(data, found, _setting(authored))
    parts = PartsForm(data, questions=list_questions(bank, visible_to=person), instrument=found)
    if data is None:
        return _page(request, authored, found, rules, parts)
    if all([rules.is_valid(), parts.is_valid()]):
        try:
            saved = save_instrument(
                by=person,
                bank=bank,
                key=found.key if found else _free(bank, rules, request),
                parts=parts.parts(),
                instrument=found,
                **rules_of(rules),
            )
        except InvalidInput as error:
            if not rules.put_error(about_field(error), sentence_of(error)):
                parts.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("The test is saved."))
            return redirect("teach:test", authored.course.slug, saved.key)
    return _page(request, authored, found, rules, parts, status=422)


def _find(bank: QuestionBank, key: str, request: HttpRequest) -> Instrument | None:
    """The draft with that key, else the newest published test; None for one that is to be made."""
    if key == _NEW:
        return None
    found = [one for one in list_instruments(bank, visible_to=signed_in(request)) if one.key == key]
    if not found:
        raise NotFound("There is no such test in this course.")
    return next((one for one in found if one.frozen_at is None), found[0])


def _free(bank: QuestionBank, rules: DocumentForm, request: HttpRequest) -> str:
    """A key that no other test has, made from the title."""
    taken = [one.key for one in list_instruments(bank, visible_to=signed_in(request))]
    return free_key(rules.document().get("titles", {}), [*taken, _NEW])


def _page(
    request: HttpRequest,
    authored: AuthoredCourse,
    found: Instrument | None,
    rules: DocumentForm,
    parts: PartsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    language = authored.version.source_language if authored.version else "en"
    picks = [(pick, in_language(pick.question.document.get("prompts", {}), language)) for pick in parts.picks]
    shown: dict[str, Any] = {
        "test": found,
        "rules": rules,
        "parts": parts,
        "picks": picks,
        "units": list(found.units.filter(version=authored.version)) if found else [],
        "may_save": authored.may_edit and (found is None or found.frozen_at is None),
        "wrong_forms": [form for form in (rules, parts) if form.is_bound and form.errors],
    }
    return render(request, "teach/authoring/test.html", page_of(authored, "tests", **shown), status=status)


def _setting(authored: AuthoredCourse) -> Setting:
    version = authored.version
    languages = version.languages if version else authored.course.languages or ["en"]
    source = version.source_language if version else languages[0]
    ordered = [source, *(code for code in languages if code != source)]
    return Setting(shown=ordered, languages=ordered)
