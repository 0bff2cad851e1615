"""What is wrong between the parts of a course file: keys that stand twice, names of things that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.course_files._document import CourseDocument


def cross_problems(document: CourseDocument) -> Iterator[Problem]:
    """Everything that only the whole document shows."""
    yield from _doubles("sections", (section.key for section in document.sections))
    yield from _doubles("units", (unit.key for unit in document.units))
    yield from _doubles("instruments", (instrument.key for instrument in document.instruments))
    yield from _doubles("questions", (str(question["key"]) for question in document.questions), "questions.yaml")
    yield from _unknown_names(document)
    if document.source_language and document.languages and document.source_language not in document.languages:
        yield _problem("source_language", "The source language is none of the languages of the course.")


def _doubles(field: str, keys: Iterable[str], file: str = "course.yaml") -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if key and count > 1:
            yield _problem(field, f"The key '{key}' stands {count} times among the {field}. Give each its own.", file)


def _unknown_names(document: CourseDocument) -> Iterator[Problem]:
    instruments = {instrument.key for instrument in document.instruments}
    questions = {str(question["key"]) for question in document.questions}
    for unit in document.units:
        if unit.instrument and unit.instrument not in instruments:
            yield _problem(
                f"units.{unit.key}.instrument", f"There is no instrument '{unit.instrument}' in this course."
            )
        if unit.must_pass and not unit.instrument:
            yield _problem(
                f"units.{unit.key}.must_pass", "Only a unit with an instrument can be one that is to be passed."
            )
    for instrument in document.instruments:
        named = [key for part in instrument.parts for key in part.questions]
        for key in sorted(set(named) - questions):
            yield _problem(
                f"instruments.{instrument.key}.parts", f"There is no sound question '{key[:80]}' in this course."
            )
        for key, count in Counter(named).items():
            if count > 1:
                yield _problem(f"instruments.{instrument.key}.parts", f"The question '{key[:80]}' stands there twice.")


def _problem(field: str, message: str, file: str = "course.yaml") -> Problem:
    return Problem(position=file, field=field, message=message)
