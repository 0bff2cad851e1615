"""Versions of a course's content as course documents, in four questions for however many versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from synchromesh.assessment.models import Instrument, InstrumentPart, Question
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.engine.exchange.course_files import (
    CourseDocument,
    CourseFacts,
    CoverageRecord,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    SkillTaught,
    UnitRecord,
    tidied,
)
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.queries.course_checks import shown_media
from synchromesh.learning.queries.media import media_records, read_media
from synchromesh.plumbing.json_lists import JsonList

_INSTRUMENT_COLUMNS = (
    "key", "purpose", "minutes", "attempts_allowed", "attempt_rule", "pass_percent",
    "shuffle_questions", "shuffle_choices", "feedback",
)  # fmt: skip
_COURSE_COLUMNS = ("slug", "minutes", "licence", "mode", "certificate", "price_cents", "currency")
_Texts = Mapping[str, str]


def course_document(version: ContentVersion, *, with_media: bool = False) -> CourseDocument:
    """The version with its tests, the questions of the bank, and, if asked for, the bytes of the files it shows.

    A question stands there as the version's tests ask it; others as they are now. Tests that no unit has, such as
    those of a pilot, go along in their newest form.
    """
    document = course_documents([version])[0]
    if not with_media:
        return document
    records = media_records(version.course, shown_media(document))
    return replace(document, media={name: read_media(media) for name, media in sorted(records.items())})


def course_documents(versions: Sequence[ContentVersion]) -> list[CourseDocument]:
    """The same of several versions of one course, at least one."""
    course = versions[0].course
    facts, sections = _facts(course, versions)
    in_order = Unit.objects.filter(version__in=versions).order_by("section__position", "position", "id")
    units: dict[int, list[Unit]] = {version.pk: [] for version in versions}
    for unit in in_order:
        units[unit.version_id].append(unit)
    bank = _bank(course, versions)
    return [_document(version, facts, sections.get(version.pk, []), units[version.pk], bank) for version in versions]


def _document(
    version: ContentVersion, facts: CourseFacts, sections: list[list[Any]], units: list[Unit], bank: _Bank
) -> CourseDocument:
    instruments = bank.instruments_of(units)
    return CourseDocument(
        course=facts,
        source_language=version.source_language,
        languages=tuple(version.languages),
        note=version.note,
        attendance_percent=version.attendance_percent,
        issues_credential=version.issues_credential,
        sections=tuple(_sections(sections, units, bank)),
        coverage=tuple(_coverage(entry) for entry in version.coverage),
        instruments=tuple(bank.record(instrument) for instrument in instruments),
        questions=bank.questions_of(instruments),
    )


def _coverage(entry: Mapping[str, Any]) -> CoverageRecord:
    return CoverageRecord(
        outcome=entry["outcome"],
        skill=entry.get("skill", ""),
        level=entry.get("level"),
        units=tuple(entry.get("units", ())),
        questions=tuple(entry.get("questions", ())),
    )


def _facts(course: Course, versions: Sequence[ContentVersion]) -> tuple[CourseFacts, dict[int, list[list[Any]]]]:
    """What the catalogue says of the course, and the sections of the versions in order."""
    topics = Course.topics.through.objects.filter(course=OuterRef("pk"))
    skills = CourseSkill.objects.filter(course=OuterRef("pk")).exclude(confirmed_at=None)
    parts = Section.objects.filter(version__in=versions)
    listed = Course.objects.filter(pk=course.pk).values_list(
        JsonList(topics.values_list("topic__position", "topic__slug")),
        JsonList(skills.values_list("skill__slug", "entry_level", "level", "quote")),
        JsonList(parts.values_list("position", "id", "version_id", "key", "titles")),
    )
    named, taught, found = listed.get()
    sections: dict[int, list[list[Any]]] = {}
    for section in sorted(found, key=lambda section: section[:2]):
        sections.setdefault(section[2], []).append(section)
    return CourseFacts(
        **{name: getattr(course, name) for name in _COURSE_COLUMNS},
        titles=_texts(course.titles),
        summaries=_texts(course.summaries),
        descriptions=_texts(course.descriptions),
        outcomes={language: tuple(tidied(texts)) for language, texts in sorted(course.outcomes.items()) if texts},
        topics=tuple(slug for _, slug in sorted(named)),
        skills=tuple(_skill(*link) for link in sorted(taught, key=lambda link: str(link[0]))),
        keywords=tuple(course.keywords),
        accessibility=tuple(course.accessibility),
    ), sections


def _skill(slug: str, entry: int | None, level: int, quote: str) -> SkillTaught:
    return SkillTaught(skill=slug, entry=entry, level=level, quote=tidied(quote))


def _texts(texts: _Texts) -> dict[str, str]:
    """Texts as a file gives them back: stripped, without empty ones."""
    return {language: text for language, text in sorted(tidied(dict(texts)).items()) if text}


def _sections(sections: list[list[Any]], units: Iterable[Unit], bank: _Bank) -> Iterator[SectionRecord]:
    by_section: dict[int, list[UnitRecord]] = {}
    for unit in units:
        by_section.setdefault(unit.section_id, []).append(_unit(unit, bank))
    for _, number, _, key, titles in sections:
        yield SectionRecord(key=key, titles=_texts(titles), units=tuple(by_section.get(number, ())))


def _unit(unit: Unit, bank: _Bank) -> UnitRecord:
    return UnitRecord(
        key=unit.key,
        kind=unit.kind,
        titles=_texts(unit.titles),
        minutes=unit.minutes,
        is_required=unit.is_required,
        must_pass=unit.must_pass,
        content=tidied(unit.content),
        instrument=bank.instruments[unit.instrument_id].key if unit.instrument_id else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bank:
    """The tests of some versions of a course, and its questions by number; `free` are tests that no unit has."""

    instruments: Mapping[int, Instrument]
    free: Sequence[Instrument]
    questions: Mapping[int, Question]

    def instruments_of(self, units: Iterable[Unit]) -> list[Instrument]:
        """Those of the units in their order, then by key those that no unit of any version has."""
        numbers = dict.fromkeys(unit.instrument_id for unit in units if unit.instrument_id)
        own = [self.instruments[number] for number in numbers]
        keys = {instrument.key for instrument in own}
        return [*own, *(instrument for instrument in self.free if instrument.key not in keys)]

    def record(self, instrument: Instrument) -> InstrumentRecord:
        """A test as a course document holds it."""
        return InstrumentRecord(
            **{name: getattr(instrument, name) for name in _INSTRUMENT_COLUMNS},
            titles=_texts(instrument.titles),
            introductions=_texts(instrument.introductions),
            parts=tuple(
                PartRecord(questions=tuple(self.questions[one].key for one in questions), count=count)
                for count, questions in _layout(instrument)
            ),
        )

    def questions_of(self, instruments: Iterable[Instrument]) -> tuple[Mapping[str, Any], ...]:
        """What the tests ask, of two revisions of a question the first that is met; then the others as they are now."""
        found: dict[str, Mapping[str, Any]] = {}
        for instrument in instruments:
            for _, questions in _layout(instrument):
                for number in questions:
                    asked = self.questions[number]
                    found.setdefault(asked.key, tidied(asked.document))
        present = (question for question in self.questions.values() if question.replaced_at is None)
        others = sorted((question.key, question.pk) for question in present if question.key not in found)
        return (*found.values(), *(tidied(self.questions[number].document) for _, number in others))


def _bank(course: Course, versions: Sequence[ContentVersion]) -> _Bank:
    """Two questions: the tests with what they ask, and the questions."""
    having = Unit.objects.filter(instrument=OuterRef("pk"))
    layout = InstrumentPart.objects.filter(instrument=OuterRef("pk"))
    layout_columns = ("position", "count", "entries__position", "entries__question_id")
    of_versions = Exists(having.filter(version__in=versions))
    free = Q(bank__course=course) & ~Exists(having)
    tests = Instrument.objects.filter(of_versions | free).annotate(
        is_used=of_versions, layout=JsonList(layout.values_list(*layout_columns))
    )
    instruments = {instrument.pk: instrument for instrument in tests.order_by("key", "-pk")}
    newest_free: dict[str, Instrument] = {}
    for instrument in instruments.values():
        if not vars(instrument)["is_used"]:
            newest_free.setdefault(instrument.key, instrument)
    asked = [number for instrument in instruments.values() for _, numbers in _layout(instrument) for number in numbers]
    questions = Question.objects.filter(Q(bank__course=course, replaced_at=None) | Q(pk__in=asked))
    return _Bank(instruments=instruments, free=list(newest_free.values()), questions={one.pk: one for one in questions})


def _layout(instrument: Instrument) -> Iterator[tuple[int, list[int]]]:
    """The parts of a test in order: how many questions are drawn, and their numbers."""
    counts: dict[int, int] = {}
    entries: dict[int, list[tuple[int, int]]] = {}
    for part, count, position, question in vars(instrument)["layout"]:
        counts[part] = count
        if question is not None:
            entries.setdefault(part, []).append((position, question))
    for part in sorted(counts):
        yield counts[part], [question for _, question in sorted(entries.get(part, ()))]
