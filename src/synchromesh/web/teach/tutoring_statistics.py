"""How the questions of a course's tests worked, in numbers and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from synchromesh.assessment.models import Instrument, Question
from synchromesh.assessment.queries.banks import find_bank
from synchromesh.assessment.queries.instruments import list_instruments
from synchromesh.assessment.queries.item_statistics import InstrumentStatistics, instrument_statistics
from synchromesh.engine.psychometrics.item_statistics import LEAST_SITTINGS, ItemStatistics
from synchromesh.engine.tables.writing import write_csv_rows
from synchromesh.learning.queries.teaching import get_own_parts
from synchromesh.web.teach.teacher import teacher

COLUMNS = ("question", "answered_by", "mean_share_of_points", "discrimination", "median_seconds", "not_answered")
# Usual bounds of classical test theory (Ebel 1965, Measuring Educational Achievement): below .2 a question hardly tells
# those who know from those who do not; one that nearly everybody gets right, or hardly anybody, tells nobody apart.
WEAK, EASY, HARD = 0.2, 0.95, 0.2
HINTS = {
    "against": gettext_lazy("Those who know more get it wrong more often. Check which answer counts as right."),
    "weak": gettext_lazy("It hardly tells those who know from those who do not. Read it again."),
    "hard": gettext_lazy("Hardly anybody gets it right. Is it said in the course, and is it asked clearly?"),
    "easy": gettext_lazy("Nearly everybody gets it right. Fine for a rule that all must know."),
}


@require_safe
@login_required
def statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """The tests of the course that learners take, and the questions of the chosen one."""
    person = teacher(request)
    course = get_own_parts(slug, visible_to=person).course
    bank = find_bank(course)
    instruments = list_instruments(bank, visible_to=person, is_draft=False) if bank is not None else []
    chosen = _chosen(instruments, request.GET.get("test", ""))
    found = instrument_statistics(chosen, visible_to=person) if chosen is not None else None
    if found is not None and request.GET.get("format") == "csv":
        return _csv(found, name=slug)
    context = {
        "course": course,
        "instruments": instruments,
        "chosen": chosen,
        "least": LEAST_SITTINGS,
        "test": found.statistics if found is not None else None,
        "rows": _rows(found) if found is not None else [],
    }
    return render(request, "teach/tutoring/statistics.html", context)


def _chosen(instruments: Sequence[Instrument], uid: str) -> Instrument | None:
    """The test in the address, else the newest."""
    named = next((one for one in instruments if str(one.uid) == uid), None)
    return named or (max(instruments, key=lambda one: one.pk) if instruments else None)


def _rows(found: InstrumentStatistics) -> list[dict[str, Any]]:
    return [_row(item, found.questions.get(item.key)) for item in found.statistics.items]


def _row(item: ItemStatistics, question: Question | None) -> dict[str, Any]:
    document = question.document if question is not None else {}
    return {
        "key": item.key,
        "prompts": document.get("prompts", {}),
        "item": item,
        "percent": None if item.difficulty is None else round(item.difficulty * 100),
        "not_answered": round(item.unanswered * 100),
        "picked": list(_picked(document, item.picked)),
        "hint": HINTS.get(_hint(item), ""),
    }


def _hint(item: ItemStatistics) -> str:
    """Which remark fits; the gravest alone."""
    if item.discrimination is not None and item.discrimination < 0:
        return "against"
    if item.n < LEAST_SITTINGS or item.difficulty is None:
        return ""
    if item.difficulty < HARD:
        return "hard"
    if item.difficulty > EASY:
        return "easy"
    return "weak" if item.discrimination is not None and item.discrimination < WEAK else ""


def _picked(document: Mapping[str, Any], picked: Mapping[str, float]) -> Iterable[dict[str, Any]]:
    """How many took each choice, those that are wrong too; the most taken first."""
    choices = {choice["key"]: choice for choice in document.get("choices", []) if isinstance(choice, dict)}
    for key, share in sorted(picked.items(), key=lambda pair: (-pair[1], pair[0])):
        choice = choices.get(key, {})
        yield {
            "key": key,
            "texts": choice.get("texts") or {"en": key},
            "percent": round(share * 100),
            "is_right": bool(choice.get("correct")),
        }


def _csv(found: InstrumentStatistics, *, name: str) -> HttpResponse:
    file = BytesIO()
    rows = [
        (item.key, item.n, _rounded(item.difficulty), _rounded(item.discrimination), item.median_seconds,
         _rounded(item.unanswered))
        for item in found.statistics.items
    ]  # fmt: skip
    write_csv_rows(file, COLUMNS, rows, byte_order_mark=True)
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="questions-{name}.csv"'
    return response


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
