"""Reads documents with one reader, for tests: what came out, in courses and problems."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from types import ModuleType

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings


def as_bytes(document: object) -> bytes:
    """A document as bytes: JSON for anything but bytes and text."""
    if isinstance(document, bytes):
        return document
    text = document if isinstance(document, str) else json.dumps(document)
    return text.encode("utf-8", errors="surrogatepass")


def read_with(
    reader: ModuleType,
    document: object,
    *,
    name: str = "feed.json",
    language: str = "",
    provider: str = "",
    currency: str = "",
) -> tuple[list[CourseRecord], list[Problem]]:
    """The courses and the problems of a document; the last three are settings of the source."""
    settings = ReadSettings(language=language, provider=provider, currency=currency)
    entries = list(reader.read(io.BytesIO(as_bytes(document)), name=name, settings=settings))
    courses = [entry for entry in entries if isinstance(entry, CourseRecord)]
    return courses, [entry for entry in entries if isinstance(entry, Problem)]


def only_course(reader: ModuleType, document: object, **settings: str) -> CourseRecord:
    """The one course of a document that has no problem."""
    courses, problems = read_with(reader, document, **settings)
    assert problems == []
    (course,) = courses
    return course


def accepts(reader: ModuleType, document: object, name: str = "feed.json") -> bool:
    """Whether the reader takes the document."""
    accepted: bool = reader.accepts(io.BytesIO(as_bytes(document)), name)
    return accepted


def written(reader: ModuleType, courses: Iterable[CourseRecord]) -> bytes:
    """The bytes that the reader writes for the courses."""
    file = io.BytesIO()
    reader.write(courses, file)
    return file.getvalue()
