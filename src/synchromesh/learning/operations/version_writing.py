"""Write a course document as a new draft of a course, with its questions and tests."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.instruments import save_instrument
from synchromesh.assessment.operations.questions import open_bank, save_question
from synchromesh.catalogue.models import Course
from synchromesh.engine.exchange.course_files import CourseDocument, InstrumentRecord, UnitRecord, tidied
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.operations.versions import begin_draft, set_languages
from synchromesh.plumbing.audit import Actor

_INSTRUMENT_COLUMNS = (
    "key", "purpose", "titles", "introductions", "minutes", "attempts_allowed", "attempt_rule", "pass_percent",
    "shuffle_questions", "shuffle_choices", "feedback",
)  # fmt: skip


def write_version(*, by: Actor, course: Course, document: CourseDocument) -> ContentVersion:
    """Write a draft inside the caller's transaction, which stores the files and writes the audit line.

    Raises NotAllowed, Conflict where there is a draft, and InvalidInput for what a question or test must not be.
    """
    draft = begin_draft(by=by, course=course)
    set_languages(draft, document.source_language, document.languages)
    draft.note, draft.attendance_percent = document.note, document.attendance_percent
    draft.issues_credential = document.issues_credential
    draft.coverage = [tidied(asdict(record)) for record in document.coverage]
    draft.save()
    instruments = _write_tests(course, document, by=by)
    for position, section in enumerate(document.sections, start=1):
        stored = Section.objects.create(version=draft, key=section.key, position=position, titles=dict(section.titles))
        Unit.objects.bulk_create(
            Unit(version=draft, section=stored, position=place, **_columns(unit, instruments))
            for place, unit in enumerate(section.units, start=1)
        )
    return draft


def _columns(unit: UnitRecord, instruments: dict[str, Instrument]) -> dict[str, Any]:
    return {
        "key": unit.key,
        "kind": unit.kind,
        "titles": dict(unit.titles),
        "minutes": unit.minutes,
        "is_required": unit.is_required,
        "must_pass": unit.must_pass,
        "content": tidied(dict(unit.content)),
        "instrument": instruments.get(unit.instrument),
    }


def _write_tests(course: Course, document: CourseDocument, *, by: Actor) -> dict[str, Instrument]:
    if not document.questions and not document.instruments:
        return {}
    bank = open_bank(by=by, course=course)
    for question in document.questions:
        save_question(by=by, bank=bank, document=question)
    return {record.key: save_instrument(by=by, bank=bank, **_instrument(record)) for record in document.instruments}


def _instrument(record: InstrumentRecord) -> dict[str, Any]:
    columns = {name: getattr(record, name) for name in _INSTRUMENT_COLUMNS}
    return columns | {"parts": [(part.count, part.questions) for part in record.parts]}
