"""The texts of a course as one text to read through, and the way back from a place in it to the text it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from synchromesh.catalogue.models import Course
from synchromesh.engine.matching import Span
from synchromesh.plumbing.translated_text import FALLBACK_LANGUAGE, in_language

# A line break ends a sentence for the engine, so that no evidence reaches from one text into the next.
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One text of a course: `part` is title, summary, description or outcome; `start` its place in the joined text."""

    part: str
    text: str
    language: str
    start: int

    @property
    def end(self) -> int:
        """The place in the joined text after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Characters `start` to `end` (exclusive) of the segment with this position."""

    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseText:
    """All texts of a course in one language version, in reading order, and joined."""

    segments: tuple[Segment, ...]

    @property
    def joined(self) -> str:
        """What is given to the engine."""
        return SEPARATOR.join(segment.text for segment in self.segments)

    @property
    def language(self) -> str | None:
        """The one language of all segments, or None where they differ."""
        found = {segment.language for segment in self.segments}
        return found.pop() if len(found) == 1 else None

    def words(self, span: Span) -> str:
        """The words at a place of the joined text."""
        return self.joined[span.start : span.end]

    def place(self, span: Span) -> Place | None:
        """Where a span of the joined text stands; one that reaches over the end of its segment is cut there."""
        position = bisect_right([segment.start for segment in self.segments], span.start) - 1
        if position < 0:
            return None
        segment = self.segments[position]
        start, end = span.start - segment.start, min(span.end, segment.end) - segment.start
        return Place(segment=position, start=start, end=end) if start < end else None

    def find(self, words: str) -> Span | None:
        """The first place of these words in the joined text, whatever their case; None where they are not there."""
        wanted, text = words.strip().lower(), self.joined.lower()
        # Lower case may be longer than the text itself ("İ"): then places would not fit.
        at = text.find(wanted) if wanted and len(text) == len(self.joined) else -1
        return Span(at, at + len(wanted)) if at >= 0 else None


def read_course_text(course: Course, language: str) -> CourseText:
    """Title, summary, description and outcomes in `language`, each else in English, else in any."""
    segments, start = [], 0
    for part, text, code in _texts(course, language):
        segments.append(Segment(part=part, text=text, language=code, start=start))
        start += len(text) + len(SEPARATOR)
    return CourseText(segments=tuple(segments))


def text_languages(course: Course) -> tuple[str, ...]:
    """The languages in which the course has a text, by code."""
    texts: tuple[Mapping[str, object], ...] = (course.titles, course.summaries, course.descriptions, course.outcomes)
    return tuple(sorted({code for by_language in texts for code, value in by_language.items() if value}))


def _texts(course: Course, language: str) -> Iterator[tuple[str, str, str]]:
    for part, texts in (("title", course.titles), ("summary", course.summaries), ("description", course.descriptions)):
        chosen = in_language(texts, language)
        if chosen.text.strip():
            yield part, chosen.text, chosen.language
    spoken = (language, FALLBACK_LANGUAGE, *sorted(course.outcomes))
    code = next((code for code in spoken if course.outcomes.get(code)), "")
    for outcome in course.outcomes.get(code, ()):
        if str(outcome).strip():
            yield "outcome", str(outcome), code
