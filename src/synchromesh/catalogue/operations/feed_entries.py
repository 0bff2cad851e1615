"""The entries of a feed as the catalogue takes them: in chunks, each id once, texts with a language, storable.

Whatever cannot be taken is a problem with its place; the rest loads. Memory holds one chunk, whatever the feed's size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, TypeAlias, TypeVar

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.operations.course_checks import course_refusals, link_refusal, run_refusals
from synchromesh.catalogue.operations.course_rows import course_columns, plain_run_columns, run_id
from synchromesh.catalogue.operations.feed_notes import FeedNotes
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers import open_feed
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord
from synchromesh.engine.matching.languages import detect_language
from synchromesh.plumbing.column_limits import limit_refusals
from synchromesh.plumbing.import_plans import is_row

CHUNK = 500  # courses
_MOST_RUNS = 2000  # of a chunk
_LEAST_LETTERS = 25  # characters from which on a text says its language
_SURE = ((80, 0.99), (160, 0.9))  # probability from which on the language of so many letters is believed
_LEFT_OUT = "The row is left out."
_Text = TypeVar("_Text")
Report: TypeAlias = Callable[[Problem], None]


class FeedEntries:
    """Reads one feed, once. Options are those of an import (see `CourseImporter`). Close it afterwards."""

    def __init__(self, file: BinaryIO, *, name: str, options: Mapping[str, Any], report: Report) -> None:
        feed = open_feed(file, name=name, settings=read_settings(options))
        self.format = feed.format
        self._entries, self._report = feed.entries, report
        self._language = str(options.get("language", ""))
        self.notes = FeedNotes()

    def __enter__(self) -> FeedEntries:
        return self

    def __exit__(self, *error: object) -> None:
        self.notes.close()

    def chunks(self) -> Iterator[list[CourseRecord]]:
        """At most `CHUNK` courses at a time. Raises InvalidInput where the feed as a whole is no use."""
        chunk: list[CourseRecord] = []
        runs = 0
        for record in self._good():
            chunk.append(record)
            runs += len(record.runs)
            if len(chunk) == CHUNK or runs >= _MOST_RUNS:
                yield chunk
                chunk, runs = [], 0
        if chunk:
            yield chunk

    def _good(self) -> Iterator[CourseRecord]:
        for entry in self._entries:
            if isinstance(entry, Problem):
                self._note(entry)
                continue
            checked = self._checked(entry)
            if checked is not None:
                self.notes.note_loaded({checked.position, *(run.position for run in checked.runs)})
                yield checked

    def _note(self, problem: Problem) -> None:
        if is_row(problem.position):
            self.notes.note_trouble(problem.position)
        self._report(problem)

    def _checked(self, record: CourseRecord) -> CourseRecord | None:
        """The entry as it can be stored, or None where it cannot."""
        if not record.external_id:
            self._refuse(record.position, "id", "The entry has neither an id nor anything to tell it apart by.")
            return None
        earlier = self.notes.note_id(record.external_id, position=record.position)
        if earlier:
            self._refuse(record.position, "id", f"The course '{record.external_id[:60]}' stands already at {earlier}.")
            return None
        record = self._without_bad_parts(_with_languages(record, self._language))
        refusals = list(_refusals(record))
        for position, field, message in refusals:
            self._refuse(position, field, message)
        return None if refusals else record

    def _refuse(self, position: str, field: str, message: str) -> None:
        self._note(Problem(position=position, field=field, message=f"{message} {_LEFT_OUT}"))

    def _without_bad_parts(self, record: CourseRecord) -> CourseRecord:
        """The entry without runs that stand twice and links that are impossible."""
        runs: dict[str, RunRecord] = {}
        for run in record.runs:
            if run_id(run) in runs:
                words = f"The run '{run_id(run)[:60]}' of this course stands twice. The second is left out."
                self._report(Problem(position=run.position, field="runs", message=words))
            runs.setdefault(run_id(run), run)
        links = []
        for link in record.skills:
            wrong = link_refusal(link.entry, link.level)
            if wrong:
                words = f"{wrong} The link to '{link.skill[:60]}' is left out."
                self._report(Problem(position=record.position, field="skills", message=words))
            else:
                links.append(link)
        if len(runs) == len(record.runs) and len(links) == len(record.skills):
            return record
        return replace(record, runs=tuple(runs.values()), skills=tuple(links))


def read_settings(options: Mapping[str, Any]) -> ReadSettings:
    """What the source's operator has said; the language is only for texts whose language cannot be told."""
    return ReadSettings(
        columns=options.get("columns", {}),
        provider=str(options.get("provider", "")),
        currency=str(options.get("currency", "")),
    )


def _refusals(record: CourseRecord) -> Iterator[tuple[str, str, str]]:
    """Place, column and sentence of everything for which the entry cannot be stored."""
    columns = course_columns(record) | {"external_id": record.external_id}
    found = [*course_refusals(columns), *limit_refusals(Organisation, {"name": record.provider})]
    yield from ((record.position, field, message) for field, message in found)
    for run in record.runs:
        columns = plain_run_columns(run) | {"external_id": run_id(run)}
        yield from ((run.position, field, message) for field, message in run_refusals(columns))


def _with_languages(record: CourseRecord, language: str) -> CourseRecord:
    """The entry with the language of every text: as stated, else as the words show, else that of the source.

    Where the title says its language, that is the last resort of the other texts; in the end it is the only language in
    which the course is taught, or English.
    """
    texts = (record.titles, record.summaries, record.descriptions, record.outcomes)
    if not any("" in text for text in texts):
        return record
    stated = next((code for code in record.titles if code), "")
    taught = record.languages[0] if len(record.languages) == 1 else ""
    found = _detected(record) or stated or language or taught or "en"
    return replace(
        record,
        titles=_in_language(record.titles, found),
        summaries=_in_language(record.summaries, found),
        descriptions=_in_language(record.descriptions, found),
        outcomes=_in_language(record.outcomes, found),
    )


def _detected(record: CourseRecord) -> str:
    """The language of the texts that state none, "" where it is not clear."""
    parts = [record.titles.get("", ""), record.summaries.get("", ""), record.descriptions.get("", "")]
    text = "\n".join(filter(None, [*parts, *record.outcomes.get("", ())]))
    if len(text) < _LEAST_LETTERS:
        return ""
    for letters, least in _SURE:
        language, probability = detect_language(text[:letters])
        if probability >= least:
            return language
    return ""


def _in_language(texts: Mapping[str, _Text], language: str) -> dict[str, _Text]:
    """The texts with `language` where they state none; what is stated in that language counts more."""
    return {code or language: text for code, text in texts.items() if code or language not in texts}
