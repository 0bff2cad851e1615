"""A content version as a course document, and as the file that goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument, InstrumentPart, PartQuestion, Question
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.catalogue.permissions import may_review_course
from synchromesh.engine.exchange.course_files import (
    CourseDocument,
    CourseFacts,
    CoverageRecord,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    SkillTaught,
    UnitRecord,
    pack_course_file,
    stands_in_course,
    tidied,
    write,
)
from synchromesh.learning.models import ContentVersion, Unit
from synchromesh.learning.queries.course_checks import shown_media
from synchromesh.learning.queries.media import media_records, read_media
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language

_INSTRUMENT_COLUMNS = (
    "key", "purpose", "minutes", "attempts_allowed", "attempt_rule", "pass_percent",
    "shuffle_questions", "shuffle_choices", "feedback",
)  # fmt: skip
_COURSE_COLUMNS = ("slug", "minutes", "licence", "mode", "certificate", "price_cents", "currency")


def export_course(version: ContentVersion, *, visible_to: Actor) -> bytes:
    """The version as one file that can be read in again. Raises NotAllowed for all but authors and reviewers.

    It holds the whole question bank with its keys, also those of questions that no published test asks yet.
    """
    require(
        may_review_course(visible_to, version.course), "Only authors and reviewers can take a course out as a file."
    )
    return pack_course_file(write(_readable(course_document(version, with_media=True))))


def _readable(document: CourseDocument) -> CourseDocument:
    """The document without words and keys that would be refused when the file is read.

    The catalogue may quote words in another language; outcomes, units and questions may have gone since the coverage
    was stated.
    """
    facts = document.course
    skills = tuple(
        link if stands_in_course(link.quote, facts, document.source_language) else replace(link, quote="")
        for link in facts.skills
    )
    outcomes = len(facts.outcomes.get(document.source_language, ()))
    units = {unit.key for unit in document.units}
    questions = {question["key"] for question in document.questions}
    coverage = tuple(
        replace(
            record,
            units=tuple(key for key in record.units if key in units),
            questions=tuple(key for key in record.questions if key in questions),
        )
        for record in document.coverage
        if record.outcome <= outcomes
    )
    return replace(document, course=replace(facts, skills=skills), coverage=coverage)


def export_name(version: ContentVersion) -> str:
    """What the file is called: hv-safety-version-2.zip."""
    return f"{version.course.slug}-version-{version.number}.zip"


def course_document(version: ContentVersion, *, with_media: bool = False) -> CourseDocument:
    """The version with its tests, the questions of the bank, and, if asked for, the bytes of the files it shows.

    A question stands there as the version's tests ask it; others as they are now. Tests that no unit has, such as
    those of a pilot, go along in their newest form.
    """
    units = list(version.units.select_related("section", "instrument").order_by("section__position", "position", "id"))
    instruments = _instruments(version, units)
    parts = _parts(instruments)
    document = CourseDocument(
        course=_facts(version.course),
        source_language=version.source_language,
        languages=tuple(version.languages),
        note=version.note,
        attendance_percent=version.attendance_percent,
        issues_credential=version.issues_credential,
        sections=_sections(version, units),
        coverage=tuple(_coverage(entry) for entry in version.coverage),
        instruments=tuple(_instrument(instrument, parts.get(instrument.pk, ())) for instrument in instruments),
        questions=_questions(version.course, (part for found in parts.values() for part in found)),
    )
    return _with_media(document, version.course) if with_media else document


def _with_media(document: CourseDocument, course: Course) -> CourseDocument:
    records = media_records(course, shown_media(document))
    return replace(document, media={name: read_media(media) for name, media in sorted(records.items())})


def _coverage(entry: Mapping[str, Any]) -> CoverageRecord:
    return CoverageRecord(
        outcome=entry["outcome"],
        skill=entry.get("skill", ""),
        level=entry.get("level"),
        units=tuple(entry.get("units", ())),
        questions=tuple(entry.get("questions", ())),
    )


def _facts(course: Course) -> CourseFacts:
    links = course.skill_links.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    return CourseFacts(
        **{name: getattr(course, name) for name in _COURSE_COLUMNS},
        titles=_texts(course.titles),
        summaries=_texts(course.summaries),
        descriptions=_texts(course.descriptions),
        outcomes={language: tuple(tidied(texts)) for language, texts in sorted(course.outcomes.items()) if texts},
        topics=tuple(course.topics.values_list("slug", flat=True)),
        skills=tuple(_skill(link) for link in links),
        keywords=tuple(course.keywords),
        accessibility=tuple(course.accessibility),
    )


def _skill(link: CourseSkill) -> SkillTaught:
    return SkillTaught(skill=link.skill.slug, entry=link.entry_level, level=link.level, quote=tidied(link.quote))


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as a file gives them back: stripped, without empty ones."""
    return {language: text for language, text in sorted(tidied(dict(texts)).items()) if text}


def _sections(version: ContentVersion, units: Iterable[Unit]) -> tuple[SectionRecord, ...]:
    by_section: dict[int, list[UnitRecord]] = {}
    for unit in units:
        by_section.setdefault(unit.section_id, []).append(unit_record(unit))
    return tuple(
        SectionRecord(key=section.key, titles=_texts(section.titles), units=tuple(by_section.get(section.pk, ())))
        for section in version.sections.all()
    )


def unit_record(unit: Unit) -> UnitRecord:
    """A stored unit as a course document holds it."""
    return UnitRecord(
        key=unit.key,
        kind=unit.kind,
        titles=_texts(unit.titles),
        minutes=unit.minutes,
        is_required=unit.is_required,
        must_pass=unit.must_pass,
        content=tidied(unit.content),
        instrument=unit.instrument.key if unit.instrument else "",
    )


def _instruments(version: ContentVersion, units: Iterable[Unit]) -> list[Instrument]:
    """Those of the units in their order, then by key those that no unit of any version has."""
    own = list({unit.instrument.pk: unit.instrument for unit in units if unit.instrument}.values())
    keys = {instrument.key for instrument in own}
    free: dict[str, Instrument] = {}
    for instrument in Instrument.objects.filter(bank__course=version.course, units=None).order_by("key", "-pk"):
        if instrument.key not in keys:
            free.setdefault(instrument.key, instrument)
    return [*own, *free.values()]


def _parts(instruments: Iterable[Instrument]) -> dict[int, list[InstrumentPart]]:
    found: dict[int, list[InstrumentPart]] = {}
    entries = PartQuestion.objects.select_related("question").order_by("position")
    parts = InstrumentPart.objects.filter(instrument__in=list(instruments))
    parts = parts.prefetch_related(Prefetch("entries", queryset=entries))
    for part in parts.order_by("instrument", "position"):
        found.setdefault(part.instrument_id, []).append(part)
    # In the order of the instruments: of two revisions of a question the first that is met goes out.
    return {instrument.pk: found.get(instrument.pk, []) for instrument in instruments}


def _instrument(instrument: Instrument, parts: Iterable[InstrumentPart]) -> InstrumentRecord:
    return InstrumentRecord(
        **{name: getattr(instrument, name) for name in _INSTRUMENT_COLUMNS},
        titles=_texts(instrument.titles),
        introductions=_texts(instrument.introductions),
        parts=tuple(
            PartRecord(questions=tuple(entry.question.key for entry in part.entries.all()), count=part.count)
            for part in parts
        ),
    )


def _questions(course: Course, parts: Iterable[InstrumentPart]) -> tuple[Mapping[str, Any], ...]:
    found: dict[str, Mapping[str, Any]] = {}
    for part in parts:
        for entry in part.entries.all():
            found.setdefault(entry.question.key, tidied(entry.question.document))
    others = Question.objects.filter(bank__course=course, replaced_at=None).exclude(key__in=found).order_by("key")
    return (*found.values(), *(tidied(question.document) for question in others))


def list_learning_courses() -> list[dict[str, Any]]:
    """Every course that can be taken here, by slug, with what its newest version has; the answer of the command line.

    `questions` are those of its tests and exercises, `minutes` the sum of its units.
    """
    newest: dict[int, ContentVersion] = {}
    versions = ContentVersion.objects.exclude(published_at=None).exclude(course__published_at=None)
    for version in versions.select_related("course").order_by("course__slug", "-number"):
        newest.setdefault(version.course_id, version)
    return [_listed(version) for version in newest.values()]


def _listed(version: ContentVersion) -> dict[str, Any]:
    document = course_document(version)
    named = {unit.instrument for unit in document.units if unit.instrument}
    tests = [instrument for instrument in document.instruments if instrument.key in named]
    asked = {key for instrument in tests for part in instrument.parts for key in part.questions}
    exercises = sum(len(unit.content.get("questions", ())) for unit in document.units if unit.kind == "exercise")
    return {
        "slug": version.course.slug,
        "title": in_language(version.course.titles, "en").text,
        "languages": list(version.languages),
        "units": len(list(document.units)),
        "minutes": sum(unit.minutes for unit in document.units),
        "questions": len(asked) + exercises,
        "skills": [{"skill": skill.skill, "level": skill.level} for skill in document.course.skills],
    }
