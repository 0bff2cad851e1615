"""What a review of a course finds wrong, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.course_files._document import CourseDocument
from synchromesh.engine.exchange.course_files._review_sheet import CourseReview, UnitReview
from synchromesh.engine.vocabulary.plain_language import LONGEST_MEAN

LEAST_UNITS, LEAST_QUESTIONS = 2, 2
"""An outcome is taught in so many units and tested by so many questions at least."""
_MINUTES_OFF, _SHARE_OFF = 1.0, 0.25


def gaps_of(sheet: CourseReview, document: CourseDocument) -> Iterator[Problem]:
    """What a reviewer should ask about. The position is "course", "outcome 1", "unit KEY" or "question KEY"."""
    if not document.coverage:
        yield _gap(
            "course", "coverage", "The course does not say which units teach and which questions test its outcomes."
        )
    else:
        yield from _outcome_gaps(sheet)
        yield from _lost_names(sheet, document)
        yield from _outside(sheet)
    yield from _minutes(sheet)
    yield from _language_gaps(sheet, document)


def _outcome_gaps(sheet: CourseReview) -> Iterator[Problem]:
    units = {unit.key for unit in sheet.units}
    asked = {question.key for question in sheet.questions if question.units}
    for outcome in sheet.outcomes:
        taught = sum(key in units for key in outcome.units)
        tested = sum(key in asked for key in outcome.questions)
        place = f"outcome {outcome.number}"
        if taught < LEAST_UNITS:
            yield _gap(place, "units", f"It is taught in {_count(taught, 'unit')}; {LEAST_UNITS} are wanted.")
        if tested < LEAST_QUESTIONS:
            yield _gap(
                place,
                "questions",
                f"It is tested by {_count(tested, 'question')} of a test; {LEAST_QUESTIONS} are wanted.",
            )


def _lost_names(sheet: CourseReview, document: CourseDocument) -> Iterator[Problem]:
    units = {unit.key for unit in sheet.units}
    questions = {question.key for question in sheet.questions}
    levels = {skill.skill: skill.level for skill in document.course.skills}
    for record in document.coverage:
        place = f"outcome {record.outcome}"
        if record.outcome > len(sheet.outcomes):
            yield _gap(place, "coverage", f"The course has only {_count(len(sheet.outcomes), 'outcome')}.")
        for key in record.units:
            if key not in units:
                yield _gap(place, "units", f"There is no unit '{key}' any more.")
        for key in record.questions:
            if key not in questions:
                yield _gap(place, "questions", f"There is no question '{key}' any more.")
        if record.skill and record.skill not in levels:
            yield _gap(place, "skill", f"The course does not say that it teaches '{record.skill}'.")
        elif record.level is not None and record.level > levels.get(record.skill, record.level):
            yield _gap(place, "level", f"The course says that it leads to level {levels[record.skill]} only.")


def _outside(sheet: CourseReview) -> Iterator[Problem]:
    """Units that teach and questions that belong to no outcome; a unit that is a test need not teach."""
    tests = {key for question in sheet.questions for key in question.units}
    for unit in sheet.units:
        if not unit.outcomes and unit.key not in tests:
            yield _gap(f"unit {unit.key}", "coverage", "It belongs to no outcome.")
    for question in sheet.questions:
        if not question.outcomes:
            yield _gap(f"question {question.key}", "coverage", "It belongs to no outcome.")
        if not question.units:
            yield _gap(f"question {question.key}", "tests", "No test of a unit asks it.")


def _minutes(sheet: CourseReview) -> Iterator[Problem]:
    for unit in sheet.units:
        if _is_far_off(unit):
            yield _gap(
                f"unit {unit.key}",
                "minutes",
                f"It states {unit.minutes} minutes; about {unit.measured:.0f} are measured.",
            )
    if sheet.minutes is not None and sheet.minutes != sheet.unit_minutes:
        yield _gap(
            "course", "minutes", f"The offer states {sheet.minutes} minutes, the units together {sheet.unit_minutes}."
        )


def _is_far_off(unit: UnitReview) -> bool:
    return abs(unit.minutes - unit.measured) > max(_MINUTES_OFF, unit.measured * _SHARE_OFF)


def _language_gaps(sheet: CourseReview, document: CourseDocument) -> Iterator[Problem]:
    counts = {language: len(document.course.outcomes.get(language, ())) for language in sheet.languages}
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{language}: {count}" for language, count in counts.items())
        yield _gap("course", "outcomes", f"The languages have different numbers of outcomes ({said}).")
    for unit in sheet.units:
        for language, count in unit.missing.items():
            yield _gap(f"unit {unit.key}", "texts", f"{_count(count, 'text')} missing in {language}.")
        for language, words in unit.sentence_words.items():
            if words >= LONGEST_MEAN:
                yield _gap(
                    f"unit {unit.key}",
                    "texts",
                    f"Sentences in {language} have {words:.0f} words on average; make them shorter.",
                )
    for phrase in sheet.phrases:
        place = f"unit {phrase.unit}" if phrase.unit else "course"
        yield _gap(place, "texts", f"The phrase '{phrase.words}' ({phrase.language}) says nothing.")


def _count(number: int, noun: str) -> str:
    if number == 0:
        return f"no {noun}"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _gap(position: str, field: str, message: str) -> Problem:
    return Problem(position=position, field=field, message=message)
