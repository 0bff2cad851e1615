"""A course document into its folder of files; `read` gives the same document back, apart from problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.exchange.course_files._document import (
    CourseDocument,
    CourseFacts,
    CoverageRecord,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    UnitRecord,
)
from synchromesh.engine.exchange.course_files._reading import COURSE, FORMAT, QUESTIONS
from synchromesh.engine.exchange.course_files._yaml_writing import in_one_order, tidied, yaml_bytes


def write(document: CourseDocument) -> dict[str, bytes]:
    """Return the files by path. What has its usual value is left out, so that the file stays short."""
    head = {
        "format": FORMAT,
        "course": _course(document.course),
        "source_language": document.source_language,
        "languages": list(document.languages),
        **_present(
            note=document.note,
            attendance_percent=document.attendance_percent,
            issues_credential=document.issues_credential,
        ),
        "sections": [_section(section) for section in document.sections],
        **_present(coverage=[_coverage(record) for record in document.coverage]),
        "instruments": [_instrument(instrument) for instrument in document.instruments],
    }
    files = {COURSE: yaml_bytes(head)}
    files |= {
        _content_path(unit): yaml_bytes(in_one_order(tidied(unit.content))) for unit in document.units if unit.content
    }
    if document.questions:
        files[QUESTIONS] = yaml_bytes([in_one_order(tidied(question)) for question in document.questions])
    return files | {f"media/{name}": content for name, content in sorted(document.media.items())}


def _content_path(unit: UnitRecord) -> str:
    return f"units/{unit.key}.yaml"


def _present(**values: Any) -> dict[str, Any]:
    """What is neither empty nor unknown; 0 is a value."""
    return {key: value for key, value in values.items() if value or (value == 0 and value is not False)}


def _course(course: CourseFacts) -> dict[str, Any]:
    skills = [
        _present(skill=skill.skill, entry=skill.entry, level=skill.level, quote=skill.quote) for skill in course.skills
    ]
    return {
        "slug": course.slug,
        "titles": dict(course.titles),
        **_present(
            summaries=dict(course.summaries),
            descriptions=dict(course.descriptions),
            outcomes={language: list(texts) for language, texts in course.outcomes.items()},
            minutes=course.minutes,
            topics=list(course.topics),
            skills=skills,
            licence=course.licence,
            keywords=list(course.keywords),
            accessibility=list(course.accessibility),
            mode=course.mode,
            certificate=course.certificate,
            price_cents=course.price_cents,
            currency=course.currency,
        ),
    }


def _section(section: SectionRecord) -> dict[str, Any]:
    return {"key": section.key, "titles": dict(section.titles), "units": [_unit(unit) for unit in section.units]}


def _unit(unit: UnitRecord) -> dict[str, Any]:
    entry: dict[str, Any] = {"key": unit.key, "kind": unit.kind, "titles": dict(unit.titles), "minutes": unit.minutes}
    if not unit.is_required:
        entry["required"] = False
    return entry | _present(
        must_pass=unit.must_pass,
        content=_content_path(unit) if unit.content else "",
        instrument=unit.instrument,
    )


def _coverage(record: CoverageRecord) -> dict[str, Any]:
    return _present(
        outcome=record.outcome,
        skill=record.skill,
        level=record.level,
        units=list(record.units),
        questions=list(record.questions),
    )


def _instrument(instrument: InstrumentRecord) -> dict[str, Any]:
    usual: Mapping[str, Any] = {
        "attempt_rule": "best", "shuffle_questions": False, "shuffle_choices": True, "feedback": "after-end"
    }  # fmt: skip
    return {
        "key": instrument.key,
        "purpose": instrument.purpose,
        "titles": dict(instrument.titles),
        **_present(
            introductions=dict(instrument.introductions),
            minutes=instrument.minutes,
            attempts_allowed=instrument.attempts_allowed,
            pass_percent=instrument.pass_percent,
        ),
        **{key: getattr(instrument, key) for key, value in usual.items() if getattr(instrument, key) != value},
        "parts": [_part(part) for part in instrument.parts],
    }


def _part(part: PartRecord) -> dict[str, Any]:
    entry: dict[str, Any] = {"questions": list(part.questions)}
    return entry if part.count == len(part.questions) else {**entry, "count": part.count}
