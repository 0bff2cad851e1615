"""The review sheet of a version: outcomes against units against questions, time, language, what nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.engine.errors import NotFound, Problem
from synchromesh.engine.exchange.course_files.course_review import (
    CourseReview,
    OutcomeReview,
    QuestionReview,
    UncheckedSource,
)
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.course_review import version_review
from synchromesh.web.teach.authoring_page import authoring_page, number_in, page_of
from synchromesh.web.teach.authoring_question_specs import KIND_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A unit or question by its key, with its words; no words where it is not there any more."""

    key: str
    texts: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome with the names of what teaches and tests it."""

    outcome: OutcomeReview
    units: tuple[Named, ...]
    questions: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question with the name of its kind and of the units that ask it."""

    question: QuestionReview
    kind: Any
    units: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A gap, and where on this page it is about; empty for the course as a whole."""

    gap: Problem
    anchor: str


@require_safe
@authoring_page
def review(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """The sheet of the draft, else of the newest version, or of the version that the address asks for."""
    version = _version(authored, number_in(request.GET.get("version", "")))
    if version is None:
        return render(request, "teach/authoring/review.html", page_of(authored, "review", chosen=None))
    sheet = version_review(version)
    shown = page_of(authored, "review", chosen=version, entries=authored.entries, sheet=sheet) | _rows(sheet)
    return render(request, "teach/authoring/review.html", shown | {"language": version.source_language})


def _version(authored: AuthoredCourse, number: int | None) -> ContentVersion | None:
    if number is None:
        return authored.version
    found = next((entry.version for entry in authored.entries if entry.version.number == number), None)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def _rows(sheet: CourseReview) -> dict[str, Any]:
    units: dict[str, Any] = {unit.key: unit.titles for unit in sheet.units}
    prompts: dict[str, Any] = {question.key: question.prompts for question in sheet.questions}
    return {
        "outcomes": [
            OutcomeRow(
                outcome=outcome, units=_named(outcome.units, units), questions=_named(outcome.questions, prompts)
            )
            for outcome in sheet.outcomes
        ],
        "questions": [
            QuestionRow(
                question=one, kind=KIND_NAMES.get(one.kind, one.kind), units=_named(one.units, units)
            )
            for one in sheet.questions
        ],
        "gaps": [GapRow(gap=gap, anchor=_anchor(gap)) for gap in sheet.gaps],
        "unchecked": _by_unit(sheet.unchecked),
    }  # fmt: skip


def _named(keys: Iterable[str], texts: dict[str, Any]) -> tuple[Named, ...]:
    return tuple(Named(key=key, texts=texts.get(key)) for key in keys)


def _anchor(gap: Problem) -> str:
    kind, _, name = gap.position.partition(" ")
    return f"{kind}-{name}" if kind in {"unit", "question", "outcome"} and name else ""


def _by_unit(sources: Iterable[UncheckedSource]) -> list[tuple[UncheckedSource, list[UncheckedSource]]]:
    """The sources of each unit under the first of them, which names it."""
    found: dict[str, list[UncheckedSource]] = {}
    for source in sources:
        found.setdefault(source.unit, []).append(source)
    return [(of_unit[0], of_unit) for of_unit in found.values()]
