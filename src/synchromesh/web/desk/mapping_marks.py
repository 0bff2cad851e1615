"""A text with the words marked that justify suggestions, each mark with the numbers of its suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from synchromesh.catalogue.queries.course_mapping import Suggestion
from synchromesh.catalogue.queries.course_texts import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPiece:
    """Some characters in a row with the same marks; `ends` are the numbers of the marks that end here."""

    text: str
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSegment:
    """One text of a course, cut into pieces; together they are the text, to the letter."""

    part: str
    language: str
    pieces: tuple[MarkedPiece, ...]


def mark_segments(segments: Sequence[Segment], suggestions: Iterable[Suggestion]) -> list[MarkedSegment]:
    """Each segment with the marks that stand in it."""
    marks: dict[int, list[tuple[int, int, int]]] = {}
    for suggestion in suggestions:
        for place in suggestion.places:
            marks.setdefault(place.segment, []).append((place.start, place.end, suggestion.number))
    return [
        MarkedSegment(part=segment.part, language=segment.language, pieces=cut(segment.text, marks.get(position, [])))
        for position, segment in enumerate(segments)
    ]


def cut(text: str, marks: Sequence[tuple[int, int, int]]) -> tuple[MarkedPiece, ...]:
    """Cut a text wherever a mark (start, end, number) begins or ends; marks may lie over each other."""
    bounds = sorted({0, len(text), *(at for start, end, _ in marks for at in (start, end) if 0 <= at <= len(text))})
    return tuple(
        MarkedPiece(
            text=text[start:end],
            numbers=tuple(sorted({number for first, last, number in marks if first <= start and end <= last})),
            ends=tuple(sorted({number for first, last, number in marks if last == end and first < end})),
        )
        for start, end in pairwise(bounds)
    )
