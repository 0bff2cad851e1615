"""What the page of a unit shows, and the frame with the one outline that every step of a course has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.urls import reverse

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.queries.attempts import Standing, instrument_standings
from synchromesh.assessment.queries.instruments import question_count
from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.models import Enrolment, Unit, UnitProgress
from synchromesh.learning.operations.notes import LONGEST_NOTE
from synchromesh.learning.queries.beside_unit import beside_unit
from synchromesh.learning.queries.outline import UnitToLearn, course_outline
from synchromesh.learning.queries.published_units import version_units
from synchromesh.learning.queries.unit_skills import list_skills_of_unit
from synchromesh.learning.unit_kinds import DoneBy, get_unit_kind, personal_kind, seed_of
from synchromesh.plumbing.translated_text import LocalText, in_language
from synchromesh.web.courses.learning.feedback import show_practice
from synchromesh.web.courses.learning.passport_exercise_page import refused_exercise, show_exercise
from synchromesh.web.courses.learning.question_fields import Asked, show_question
from synchromesh.web.markdown import Surroundings

SAVED_OFFLINE = frozenset({"text", "picture"})


def step_frame(
    enrolment: Enrolment,
    key: str,
    progress: Mapping[int, UnitProgress] | None = None,
    *,
    waiting: Collection[int] | None = None,
) -> dict[str, Any]:
    """The outline with the place of a unit in it, and the language of the learner."""
    outline = course_outline(enrolment.version, enrolment=enrolment, progress=progress, waiting=waiting)
    here = outline.unit(key)
    return {
        "course": enrolment.course,
        "enrolment": enrolment,
        "outline": outline,
        "unit": here,
        "unit_key": key,
        "here": here,
        "before": outline.before(key),
        "after": outline.after(key),
        "language": enrolment.language,
        "languages": enrolment.version.languages,
    }


def unit_state(person: User, enrolment: Enrolment, found: UnitToLearn) -> dict[str, Any]:
    """A unit with everything that stands beside it."""
    unit, beside = found.unit, beside_unit(enrolment, found.unit)
    kind = get_unit_kind(unit.kind)
    shown = kind.show(unit.content, language=enrolment.language, links=media_links(unit, enrolment.course.slug))
    standings = _standings(person, enrolment) if unit.instrument is not None else None
    waiting = None if standings is None else [pk for pk, standing in standings.items() if standing.waiting]
    state = step_frame(enrolment, unit.key, found.all_progress, waiting=waiting) | {
        "unit": unit,
        "unit_template": f"units/{unit.kind}/unit.html",
        "shown": shown,
        "around": Surroundings(sources=shown.get("source_numbers", {})),
        "fallback": missing_language(unit, shown, enrolment.language),
        "save_number": found.progress.save_number if found.progress else 0,
        "note": {"text": beside.note, "seen": beside.noted_at.isoformat() if beside.noted_at else ""},
        "longest_note": LONGEST_NOTE,
        "stuck": {"uid": beside.stuck_uid, "text": beside.stuck_text},
        "posts": beside.posts,
        "can_be_saved": unit.kind in SAVED_OFFLINE,
        "error": None,
    }
    state["marks_done"] = kind.DONE_BY == DoneBy.READER and state["here"].state != "done"
    if unit.instrument is not None and standings is not None:
        return state | _of_a_test(unit.instrument, standings[unit.instrument.pk])
    return state | _of_its_kind(enrolment, found, shown)


def _standings(person: User, enrolment: Enrolment) -> dict[int, Standing]:
    """Where the learner stands with all tests of the course; the outline shows which of them wait for marking."""
    tests = [unit.instrument for unit in version_units(enrolment.version) if unit.instrument is not None]
    return instrument_standings(instruments=tests, person=person, occasion=enrolment.uid)


def _of_a_test(instrument: Instrument, standing: Standing) -> dict[str, Any]:
    tries = [attempt for attempt in standing.attempts if attempt.submitted_at is not None]
    count = question_count(instrument)
    return {"instrument": instrument, "standing": standing, "tries": tries, "question_count": count}


def media_links(unit: Unit, slug: str) -> dict[str, str]:
    """The addresses of the files that the unit shows."""
    names = get_unit_kind(unit.kind).media_of(unit.content)
    return {name: reverse("learn:media", args=[slug, name]) for name in names}


def missing_language(unit: Unit, shown: Mapping[str, Any], language: str) -> str:
    """The language of the first text that is not in the learner's; empty where all are."""
    texts = [in_language(unit.titles, language), *_texts_in(shown)]
    return next((text.language for text in texts if text.is_fallback and text.text), "")


def _texts_in(shown: Any) -> Iterator[LocalText]:
    if isinstance(shown, LocalText):
        yield shown
    elif isinstance(shown, Mapping):
        for value in shown.values():
            yield from _texts_in(value)
    elif isinstance(shown, list | tuple):
        for value in shown:
            yield from _texts_in(value)


def _of_its_kind(enrolment: Enrolment, found: UnitToLearn, shown: Mapping[str, Any]) -> dict[str, Any]:
    unit = found.unit
    personal = personal_kind(unit.kind)
    if personal is not None:
        kept = found.progress.state if found.progress else {}
        own = personal.show_own(unit.content, kept, seed=seed_of(enrolment.uid, unit.uid))
        return {"own": show_exercise(own), "evidence": list_skills_of_unit(unit) if own["tries"] else []}
    if unit.kind == "exercise":
        kept = found.progress.state.get("questions", {}) if found.progress else {}
        questions = shown["questions"]
        return {"questions": [_practice(one, kept, shown["links"], enrolment.language) for one in questions]}
    return {}


def with_refused_answer(state: dict[str, Any], report: Mapping[str, Any], error: InvalidInput) -> dict[str, Any]:
    """The page of an exercise with an answer that was refused, so that it is not lost, and why."""
    if "answers" in report:
        return state | {"own": refused_exercise(state["own"], report["answers"]), "error": error}
    key, raw = report["question"], report["answer"]
    asked = Asked(prefix=f"q-{key}", language=state["language"], answer=raw, links=state["shown"]["links"])
    for one, named in zip(state["questions"], state["shown"]["questions"], strict=True):
        if named["key"] == key:
            one |= {"q": show_question(named["question"], asked), "error": error, "feedback": None}
    return state | {"error": error, "error_at": key}


def _practice(named: Any, kept: Mapping[str, Any], links: Mapping[str, str], language: str) -> dict[str, Any]:
    key, question = named["key"], named["question"]
    entry = kept.get(key, {})
    asked = Asked(prefix=f"q-{key}", language=language, answer=entry.get("answer"), links=links)
    seen = bool(entry.get("tries") or entry.get("was_shown"))
    return {
        "key": key,
        "q": show_question(question, asked),
        "is_done": bool(entry.get("was_right") or entry.get("was_shown")),
        "feedback": show_practice(question, entry, language=language) if seen else None,
        "error": None,
    }
