"""What a reviewer looks at in a course: outcomes against units against questions, time, language, what is unchecked.

Everything follows from the course document alone, so that a folder of files, a draft and a published version give the
same sheet. What is wrong stands in `gaps`, as sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from synchromesh.engine.exchange.course_files._document import CourseDocument, UnitRecord
from synchromesh.engine.exchange.course_files._review_gaps import gaps_of
from synchromesh.engine.exchange.course_files._review_sheet import (
    CourseReview,
    OutcomeReview,
    QuestionReview,
    StockPhrase,
    UncheckedSource,
    UnitReview,
)
from synchromesh.engine.exchange.course_files.reading_time import measured_minutes, texts_in
from synchromesh.engine.vocabulary.plain_language import mean_sentence_words, sentences_citing, stock_phrases_in

__all__ = [
    "CourseReview",
    "OutcomeReview",
    "QuestionReview",
    "StockPhrase",
    "UncheckedSource",
    "UnitReview",
    "list_unchecked",
    "review",
]


def review(document: CourseDocument) -> CourseReview:
    """Return the sheet of a course. What its coverage names and the course lacks is a gap, never an error."""
    sheet = CourseReview(
        slug=document.course.slug,
        titles=document.course.titles,
        source_language=document.source_language,
        languages=document.languages,
        minutes=document.course.minutes,
        outcomes=tuple(_outcomes(document)),
        units=tuple(_unit(unit, document) for unit in document.units),
        questions=tuple(_question(question, document) for question in document.questions),
        phrases=tuple(_phrases(document)),
        unchecked=list_unchecked(document),
    )
    return replace(sheet, gaps=tuple(gaps_of(sheet, document)))


def list_unchecked(document: CourseDocument) -> tuple[UncheckedSource, ...]:
    """The sources of the units with which nobody has compared the text, in their order."""
    found = []
    for unit in document.units:
        texts = [by_language.get(document.source_language, "") for by_language in texts_in(unit.content)]
        found += [
            UncheckedSource(
                unit=unit.key,
                titles=unit.titles,
                **{name: str(entry.get(name, "")) for name in ("key", "title", "url", "date", "note")},
                facts=tuple(
                    fact
                    for text in texts
                    for fact in sentences_citing(text, str(entry.get("key", "")), document.source_language)
                ),
            )
            for entry in _sources(unit)
            if entry.get("checked") is not True
        ]
    return tuple(found)


def _sources(unit: UnitRecord) -> Iterator[Mapping[str, Any]]:
    blocks = unit.content.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Mapping) and block.get("kind") == "sources":
            entries = block.get("entries")
            yield from (entry for entry in entries if isinstance(entry, Mapping)) if isinstance(entries, list) else ()


def _outcomes(document: CourseDocument) -> Iterator[OutcomeReview]:
    outcomes = document.course.outcomes.get(document.source_language, ())
    for number, text in enumerate(outcomes, start=1):
        records = [record for record in document.coverage if record.outcome == number]
        yield OutcomeReview(
            number=number,
            text=text,
            skills=tuple((record.skill, record.level) for record in records if record.skill),
            units=_once(key for record in records for key in record.units),
            questions=_once(key for record in records for key in record.questions),
        )


def _once(keys: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _unit(unit: UnitRecord, document: CourseDocument) -> UnitReview:
    said = _said_in(unit, document)
    texts = list(texts_in([unit.content, *said]))
    means = {
        language: mean_sentence_words((by_language.get(language, "") for by_language in texts), language)
        for language in document.languages
    }
    lacking = {
        language: sum(not by_language.get(language) for by_language in (unit.titles, *texts))
        for language in document.languages
    }
    return UnitReview(
        key=unit.key,
        kind=unit.kind,
        titles=unit.titles,
        minutes=unit.minutes,
        measured=measured_minutes(unit, document),
        sentence_words={language: mean for language, mean in means.items() if mean is not None},
        outcomes=_outcomes_with(document, unit.key, "units"),
        questions=len(said) + len(unit.content.get("questions", ())),
        missing={language: count for language, count in lacking.items() if count},
    )


def _said_in(unit: UnitRecord, document: CourseDocument) -> list[Mapping[str, Any]]:
    """The questions that the unit's test may ask."""
    keys = _asked_in(unit, document)
    return [question for question in document.questions if question["key"] in keys]


def _asked_in(unit: UnitRecord, document: CourseDocument) -> set[str]:
    instruments = (one for one in document.instruments if unit.instrument and one.key == unit.instrument)
    return {key for instrument in instruments for part in instrument.parts for key in part.questions}


def _outcomes_with(document: CourseDocument, key: str, name: str) -> tuple[int, ...]:
    return tuple(sorted({record.outcome for record in document.coverage if key in getattr(record, name)}))


def _question(question: Mapping[str, Any], document: CourseDocument) -> QuestionReview:
    key = str(question["key"])
    return QuestionReview(
        key=key,
        kind=str(question["kind"]),
        prompts=question.get("prompts", {}),
        outcomes=_outcomes_with(document, key, "questions"),
        units=tuple(unit.key for unit in document.units if key in _asked_in(unit, document)),
    )


def _phrases(document: CourseDocument) -> Iterator[StockPhrase]:
    facts = document.course
    said: list[tuple[str, Any]] = [
        ("", [facts.titles, facts.summaries, facts.descriptions]),
        *(("", {language: text}) for language, texts in facts.outcomes.items() for text in texts),
        *((unit.key, [unit.titles, unit.content, *_said_in(unit, document)]) for unit in document.units),
    ]
    for unit, value in said:
        for by_language in texts_in(value):
            for language, text in by_language.items():
                for words in stock_phrases_in(text, language):
                    yield StockPhrase(unit=unit, language=language, words=words)
