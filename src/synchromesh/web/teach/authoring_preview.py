"""A unit of a draft as a learner sees it, without a learner: nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from synchromesh.assessment.models import Instrument
from synchromesh.assessment.queries.instruments import list_parts
from synchromesh.engine.scoring.public import public_question
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.learning.models import Unit
from synchromesh.learning.unit_kinds import get_unit_kind, personal_kind, seed_of
from synchromesh.web.courses.learning.passport_exercise_page import preview_exercise
from synchromesh.web.courses.learning.question_fields import Asked, show_question
from synchromesh.web.courses.learning.unit_page import missing_language
from synchromesh.web.markdown import Surroundings

_STANDING = {"open": None, "may_start": True, "attempts": (), "attempts_left": None}


def preview_state(unit: Unit, *, language: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the template of the unit's kind shows, with `content` in place of what is stored where it is given."""
    kind, slug = get_unit_kind(unit.kind), unit.version.course.slug
    written = unit.content if content is None else content
    links = {name: reverse("learn:media", args=[slug, name]) for name in kind.media_of(written)}
    shown = kind.show(written, language=language, links=links)
    state = {
        "unit": unit,
        "unit_template": f"units/{unit.kind}/unit.html",
        "shown": shown,
        "language": language,
        "around": Surroundings(sources=shown.get("source_numbers", {})),
        "fallback": missing_language(unit, shown, language),
        "here_unit": None,
        "save_number": 0,
        "error": None,
        "asked": None,
    }
    personal = personal_kind(unit.kind)
    if personal is not None:
        state["own"] = preview_exercise(personal.show_own(written, {}, seed=seed_of(unit.uid, unit.uid)))
    if unit.kind == "exercise":
        state["questions"] = [
            {"key": one["key"], "q": _asked(one["question"], f"q-{one['key']}", language, links)}
            for one in shown["questions"]
        ]
    if unit.instrument is not None:
        asked = instrument_questions(unit.instrument, slug=slug, language=language)
        state |= {"instrument": unit.instrument, "standing": _STANDING, "asked": asked["questions"]}
        state["question_count"] = asked["count"]
    return state


def instrument_questions(instrument: Instrument, *, slug: str, language: str) -> dict[str, Any]:
    """Every question that a test may ask, as a learner sees it, and how many one attempt asks."""
    parts = list_parts(instrument)
    found = []
    for count, questions in parts:
        for question in questions:
            shown = question_preview(question.document, slug=slug, language=language)
            if shown is not None:
                found.append(shown | {"drawn": count < len(questions)})
    return {"questions": found, "count": sum(count for count, _ in parts)}


def question_preview(document: Mapping[str, Any], *, slug: str, language: str) -> dict[str, Any] | None:
    """One question as a learner sees it; None where it cannot be read yet."""
    question, _ = read_question(document)
    if question is None:
        return None
    media = document.get("media")
    links = {media: reverse("learn:media", args=[slug, media])} if isinstance(media, str) and media else {}
    return _asked(public_question(question, seed=1, shuffle=True), f"preview-{question.key}", language, links)


def _asked(question: Any, prefix: str, language: str, links: Mapping[str, str]) -> dict[str, Any]:
    return show_question(question, Asked(prefix=prefix, language=language, links=links, is_open=False))
