"""Which units teach an outcome of the course and which questions test it, as an author states it."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.engine.exchange.course_files._document import CourseDocument, CoverageRecord
from synchromesh.engine.exchange.course_files._fields import Fields


def read_coverage(head: Fields, document: CourseDocument) -> tuple[CoverageRecord, ...]:
    """Return what stands under `coverage`; an outcome, unit or question that is not there is a problem of the file."""
    outcomes = len(document.course.outcomes.get(document.source_language, ()))
    units = {unit.key for unit in document.units}
    questions = {str(question["key"]) for question in document.questions}
    return tuple(
        _record(fields, outcomes=outcomes, units=units, questions=questions) for fields in head.children("coverage")
    )


def _record(fields: Fields, *, outcomes: int, units: Collection[str], questions: Collection[str]) -> CoverageRecord:
    record = CoverageRecord(
        outcome=_outcome(fields, outcomes),
        skill=fields.slug("skill", most=120, required=False),
        level=fields.level("level", least=1),
        units=_keys(fields, "units", units, "no unit"),
        questions=_keys(fields, "questions", questions, "no sound question"),
    )
    if bool(record.skill) != (record.level is not None):
        fields.report("skill", "Say both the skill and its level, or neither.")
    fields.report_unknown()
    return record


def _outcome(fields: Fields, outcomes: int) -> int:
    number = fields.number("outcome", least=1, most=1000)
    if not fields.has("outcome"):
        fields.report("outcome", "This is missing but needed: the position of the outcome, from 1.")
    elif number is not None and number > outcomes:
        fields.report("outcome", f"There are {outcomes} outcomes in the source language, so no number {number}.")
    return number or 1


def _keys(fields: Fields, name: str, known: Collection[str], what: str) -> tuple[str, ...]:
    keys = fields.items(name)
    for key in keys:
        if key not in known:
            fields.report(name, f"There is {what} '{key[:80]}' in this course.")
        elif keys.count(key) > 1:
            fields.report(name, f"'{key[:80]}' stands there more than once. Keep one.")
    return tuple(dict.fromkeys(keys))
