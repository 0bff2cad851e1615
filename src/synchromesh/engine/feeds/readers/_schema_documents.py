"""schema.org documents into courses and problems: small ones whole, large ones by entry, pages script by script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import derived_course_id, fitted, web_address
from synchromesh.engine.feeds.readers._html_scripts import decode_page, json_ld_scripts, page_language
from synchromesh.engine.feeds.readers._json_fields import FieldReader, SeenCourses
from synchromesh.engine.feeds.readers._json_stream import LARGEST_DOCUMENT, parse_json, read_all, stream_members
from synchromesh.engine.feeds.readers._schema_course import read_course
from synchromesh.engine.feeds.readers._schema_entries import Entry, EntryFinder, refusal
from synchromesh.engine.feeds.readers._schema_nodes import (
    Graph,
    SchemaNode,
    context_language,
    identity,
    property_of,
    types_of,
)
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

__all__ = ["named_pages", "read_file", "read_page"]

_LISTS = ("@graph", "itemListElement", "dataFeedElement", "hasCourse")
_MOST_LOOSE_RUNS = 10_000
_OF_THE_COURSE = ("name", "description", "provider", "inLanguage", "offers", "about", "keywords")


def read_file(file: BinaryIO, *, base: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """The entries of a JSON-LD file, which stands at its start."""
    size = file.seek(0, 2)
    file.seek(0)
    reader = _DocumentReader(base=base, settings=settings)
    if size <= LARGEST_DOCUMENT:
        value = _parsed_file(file)
        reader.graph.add(value)
        reader.use_context(value)
        yield from reader.entries(value)
    else:
        reader.index_large(file)
        file.seek(0)
        for place, value in stream_members(file, lists=_LISTS):
            if place.endswith("]"):
                yield from reader.entries(value, place)
    yield from reader.rest()


def read_page(file: BinaryIO, *, base: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """The entries of a web page. Raises InvalidInput for a page that has no JSON-LD at all."""
    page = decode_page(read_all(file))
    reader = _DocumentReader(base=base, settings=settings, language=page_language(page), in_page=True)
    entries = list(_page_entries(page, reader))
    if not reader.scripts:
        raise InvalidInput(
            "This page holds no course data (schema.org JSON-LD). Give the address of a page or a feed that does."
        )
    alone = sum(isinstance(entry, CourseRecord) for entry in entries) == 1
    for entry in entries:
        yield _at_home(entry, base) if alone and base and isinstance(entry, CourseRecord) else entry


def _at_home(course: CourseRecord, address: str) -> CourseRecord:
    """The only course of a page: the page's address is its own, and identifies it better than its title."""
    has_id = course.external_id != derived_course_id(course.provider, course.title)
    named = course if has_id else replace(course, external_id=address)
    return fitted(named if named.url else replace(named, url=address))


def named_pages(file: BinaryIO, *, is_page: bool) -> tuple[str, ...]:
    """The addresses, as they are written, of the pages that a list of a document names instead of courses."""
    values = [value for _, value, _ in _scripts(decode_page(read_all(file)))] if is_page else [_parsed_file(file)]
    graph = Graph()
    graph.add(values)
    finder = EntryFinder(graph)
    for _ in finder.find(values, ""):
        pass
    return tuple(finder.pages)


def _parsed_file(file: BinaryIO) -> object:
    try:
        return parse_json(read_all(file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput("This JSON document is not in UTF-8. Save it in UTF-8.") from None


def _scripts(page: str) -> Iterator[tuple[int, object, str]]:
    """Number, value and error of each script of a page."""
    for number, script in enumerate(json_ld_scripts(page), start=1):
        try:
            yield number, parse_json(script), ""
        except InvalidInput as error:
            yield number, None, error.message


def _page_entries(page: str, reader: _DocumentReader) -> Iterator[CourseRecord | Problem]:
    values = []
    for number, value, error in _scripts(page):
        reader.scripts += 1
        if error:
            yield reader.problem(f"script {number}", error)
        else:
            values.append((number, value))
            reader.graph.add(value)
    for number, value in values:
        reader.use_context(value)
        courses = 0
        for entry in reader.finder.find(value, ""):
            courses += entry.is_course
            place = f"course {courses}" if entry.is_course else entry.position
            yield from reader.entry(replace(entry, position=f"script {number} {place}"))
    yield from reader.rest()


class _DocumentReader:
    """Reads the things that one document lists."""

    def __init__(self, *, base: str, settings: ReadSettings, language: str = "", in_page: bool = False) -> None:
        self.graph = Graph()
        self.finder = EntryFinder(self.graph, in_page=in_page)
        self.scripts = 0
        self._base, self._settings, self._in_page = web_address(base), settings, in_page
        self._language = self._usual_language = language or settings.language
        self._seen = SeenCourses()
        self._loose_runs: list[Entry] = []
        self._is_silent = True

    def use_context(self, value: object) -> None:
        """Take the language of plain texts from the context at the top of a document."""
        context = value.get("@context") if isinstance(value, dict) else None
        self._language = context_language(context) or self._usual_language

    def index_large(self, file: BinaryIO) -> None:
        """Note what courses of a large document may refer to; other courses are not kept."""
        for place, value in stream_members(file, lists=_LISTS):
            if place == "@context":
                self.use_context({"@context": value})
            if not place.endswith("]") or not isinstance(value, dict):
                continue
            if "Course" in types_of(value):
                self.graph.note_runs(value)
                self.graph.add(property_of(value, "provider"))
            elif identity(value):
                self.graph.add(value)

    def entries(self, value: object, position: str = "") -> Iterator[CourseRecord | Problem]:
        """What a part of the document lists."""
        for entry in self.finder.find(value, position):
            yield from self.entry(entry)

    def entry(self, entry: Entry) -> Iterator[CourseRecord | Problem]:
        """A course, or why it is none; an instance that no course names waits for the others of its name."""
        if entry.is_run and len(self._loose_runs) < _MOST_LOOSE_RUNS:
            self._loose_runs.append(entry)
        elif entry.node is not None and entry.is_course:
            yield from self._course(entry.node, entry.position)
        else:
            yield self._told(refusal(entry))

    def rest(self) -> Iterator[CourseRecord | Problem]:
        """What can be said only at the end of the document."""
        for position, course in self._courses_of_loose_runs():
            yield from self._course(course, position)
        if not self._is_silent:
            return
        where = "page" if self._in_page else "file"
        if self.finder.pages:
            count = len(self.finder.pages)
            yield self.problem(where, f"This list names {count:,} pages and holds no course. Add it as a source.")
        elif self._in_page:
            yield self.problem(where, "This page describes no course.")
        elif self.finder.passed:
            kinds = ", ".join(kind[:60] for kind in dict.fromkeys(self.finder.passed[:10]))
            yield self.problem(where, f"This document describes no course. It describes: {kinds}.")

    def problem(self, position: str, message: str) -> Problem:
        """A problem of a part of the document as a whole."""
        return self._told(Problem(position=position, field="", message=message))

    def _told(self, problem: Problem) -> Problem:
        self._is_silent = False
        return problem

    def _course(self, node: dict[str, object], position: str) -> Iterator[CourseRecord | Problem]:
        self._is_silent = False
        course = self._node(node, position)
        record = read_course(course, settings=self._settings)
        if record is not None:
            yield self._seen.refuse(record) or record
        yield from course.fields.problems

    def _node(self, node: dict[str, object], position: str) -> SchemaNode:
        return SchemaNode(
            node, fields=FieldReader(position), graph=self.graph, language=self._language, base=self._base,
            stated_language=self._settings.language,
        )  # fmt: skip

    def _courses_of_loose_runs(self) -> Iterator[tuple[str, dict[str, object]]]:
        """A course for the instances of each name and provider."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self._loose_runs:
            node = self._node(entry.node or {}, entry.position)
            provider = node.node("provider").words("name") or node.node("organizer").words("name")
            found.setdefault((node.words("name"), provider), []).append(entry)
        for entries in found.values():
            first = entries[0].node or {}
            stated = {name: property_of(first, name) for name in _OF_THE_COURSE}
            yield entries[0].position, {**stated, "hasCourseInstance": [entry.node for entry in entries]}
