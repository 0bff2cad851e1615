"""What an author must mend before a course can be published: one check for a file and for a draft.

Shapes are checked when a file is read; this looks at what the shapes mean: contents by their kinds, texts in every
language of the course, files that are shown, and whether somebody can complete the course at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from synchromesh.engine.errors import NotFound, Problem
from synchromesh.engine.exchange.course_files import CourseDocument, InstrumentRecord, UnitRecord
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.framework.models import Skill, Topic
from synchromesh.learning.unit_kinds import DoneBy, UnitKind, get_unit_kind

QUESTIONNAIRE = "questionnaire"


def document_problems(document: CourseDocument, *, media: Collection[str] | None = None) -> list[Problem]:
    """Everything that stands in the way of publishing. `media` names the files there are; default: the document's.

    The position of a problem is "course", "section KEY", "unit KEY", "instrument KEY" or "question KEY".
    """
    files = document.media.keys() if media is None else media
    return [
        *document.problems,
        *_outline_problems(document),
        *(problem for unit in document.units for problem in unit_problems(unit, document=document, media=files)),
        *_instrument_problems(document),
        *_question_problems(document, files),
        *_completion_problems(document),
    ]


def unused_media(document: CourseDocument) -> list[Problem]:
    """Files of a course file that nothing shows."""
    message = "Nothing in the course shows this file. Show it, or remove it."
    unused = document.media.keys() - shown_media(document)
    return [Problem(position=f"media/{name}", field="", message=message) for name in sorted(unused)]


def unknown_names(document: CourseDocument) -> list[Problem]:
    """Skills and fields that the file names and this installation does not know."""
    skills = {skill.skill for skill in document.course.skills}
    skills |= {question["skill"] for question in document.questions if question.get("skill")}
    skills |= {name for unit in document.units for name in skills_of_unit(unit.content)}
    known = set(Skill.objects.filter(slug__in=skills, retired_at=None).values_list("slug", flat=True))
    topics = set(document.course.topics) - set(Topic.objects.values_list("slug", flat=True))
    return [
        *(_problem("course", "skills", f"There is no skill '{name[:80]}' here.") for name in sorted(skills - known)),
        *(_problem("course", "topics", f"There is no field '{name[:80]}' here.") for name in sorted(topics)),
    ]


def unit_problems(unit: UnitRecord, *, document: CourseDocument, media: Collection[str]) -> Iterator[Problem]:
    """What is wrong with one unit."""
    place = f"unit {unit.key}"
    yield from _missing_texts(place, "titles", unit.titles, document.languages)
    try:
        kind = get_unit_kind(unit.kind)
    except NotFound as error:
        yield _problem(place, "kind", error.message)
        return
    for problem in kind.check(unit.content, languages=document.languages, media=media):
        inner = problem.position if problem.position not in {"", "content", unit.key, place} else ""
        yield replace(problem, position=f"{place}, {inner}" if inner else place)
    yield from _instrument_of_unit(unit, kind, document)


def shown_media(document: CourseDocument) -> set[str]:
    """The names of all files that units and questions show."""
    names = {name for question in document.questions for name in media_of_question(question)}
    for unit in document.units:
        names |= media_of_unit(unit.kind, unit.content)
    return names


def media_of_unit(kind: str, content: Mapping[str, Any]) -> set[str]:
    """The files that a content shows; none for a kind that nobody knows."""
    try:
        return get_unit_kind(kind).media_of(content)
    except NotFound:
        return set()


def skills_of_unit(content: Mapping[str, Any]) -> set[str]:
    """The skills that the result of a unit is evidence for, by their short names; passport exercises name some."""
    named = content.get("skills")
    return {one for one in named if isinstance(one, str)} if isinstance(named, list | tuple) else set()


def media_of_question(document: Mapping[str, Any]) -> set[str]:
    """The picture of a hotspot question."""
    name = document.get("media")
    return {name} if isinstance(name, str) and name else set()


def _instrument_of_unit(unit: UnitRecord, kind: UnitKind, document: CourseDocument) -> Iterator[Problem]:
    place, found = f"unit {unit.key}", _instruments(document).get(unit.instrument)
    if kind.DONE_BY is not DoneBy.INSTRUMENT:
        if unit.instrument:
            yield _problem(place, "instrument", "A unit of this kind has no test. Take it out.")
        return
    if found is None:
        yield _problem(place, "instrument", "Choose the test of this unit.")
    elif unit.must_pass and (found.pass_percent is None or found.purpose == QUESTIONNAIRE):
        yield _problem(place, "must_pass", "It is to be passed, but its test does not say from how many percent on.")


def _outline_problems(document: CourseDocument) -> Iterator[Problem]:
    if not document.sections:
        yield _problem("course", "sections", "The course has no section yet.")
    for section in document.sections:
        place = f"section {section.key}"
        yield from _missing_texts(place, "titles", section.titles, document.languages)
        if not section.units:
            yield _problem(place, "units", "This section has no unit. Add one, or delete the section.")


def _instrument_problems(document: CourseDocument) -> Iterator[Problem]:
    uses = Counter(unit.instrument for unit in document.units if unit.instrument)
    for instrument in document.instruments:
        place = f"instrument {instrument.key}"
        yield from _missing_texts(place, "titles", instrument.titles, document.languages)
        if instrument.introductions:
            yield from _missing_texts(place, "introductions", instrument.introductions, document.languages)
        if uses[instrument.key] and not instrument.parts:
            yield _problem(place, "parts", "This test asks nothing. Choose its questions.")
        if uses[instrument.key] > 1:
            yield _problem(place, "units", "Two units use this test. Give each its own: copy the test.")
        if instrument.purpose == QUESTIONNAIRE and instrument.pass_percent is not None:
            yield _problem(place, "pass_percent", "A questionnaire has no result, so that nobody passes it.")


def _question_problems(document: CourseDocument, media: Collection[str]) -> Iterator[Problem]:
    asked = {key for instrument in document.instruments for part in instrument.parts for key in part.questions}
    for stored in document.questions:
        place = f"question {stored['key']}"
        question, problems = read_question(stored, position=place)
        yield from problems
        if question is None or question.key not in asked:
            continue
        yield from _missing_texts(place, "prompts", question.prompts, document.languages)
        for name in sorted(media_of_question(stored) - set(media)):
            yield _problem(place, "media", f"There is no file '{name}' in this course.")


def _completion_problems(document: CourseDocument) -> Iterator[Problem]:
    units = list(document.units)
    if units and not any(unit.is_required for unit in units):
        yield _problem("course", "units", "No unit is required, so that nobody could complete the course.")
    for unit in units:
        if unit.must_pass and not unit.is_required:
            yield _problem(f"unit {unit.key}", "must_pass", "It is to be passed, so it must be required too.")
    if document.attendance_percent is not None and not any(unit.kind == "live-session" for unit in units):
        yield _problem("course", "attendance_percent", "There is no live session that anybody could attend.")


def _instruments(document: CourseDocument) -> dict[str, InstrumentRecord]:
    return {instrument.key: instrument for instrument in document.instruments}


def _missing_texts(place: str, field: str, texts: Mapping[str, str], languages: Collection[str]) -> Iterator[Problem]:
    missing = [language for language in languages if not texts.get(language)]
    if missing:
        yield _problem(place, field, f"The text is missing in: {', '.join(missing)}.")


def _problem(position: str, field: str, message: str) -> Problem:
    return Problem(position=position, field=field, message=message)
