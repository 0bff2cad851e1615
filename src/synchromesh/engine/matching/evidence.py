"""The words of a text that justify a concept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from synchromesh.engine.matching.concepts import Concept
from synchromesh.engine.matching.segments import Span
from synchromesh.engine.matching.words import Word, words

_FROM = 0.5  # share of a label's words that must be named to be shown instead of the whole piece
_STEM = 4  # letters in which two forms of a word must begin alike
_SAME_SHARE = 0.6  # of the longer word that must be the same from its beginning
_NEAR = 2  # characters between two words that are shown as one span


class PieceWords:
    """The words of a sentence or clause, ready to be looked up; made once for all its concepts."""

    def __init__(self, text: str, piece: Span) -> None:
        self.text, self.piece = text, piece
        self._by_stem: dict[str, list[Word]] = {}
        for word in words(text, piece.start, piece.end):
            self._by_stem.setdefault(word.folded[:_STEM], []).append(word)

    def naming(self, folded: str) -> list[Word]:
        """The words that are forms of a folded label word."""
        return [word for word in self._by_stem.get(folded[:_STEM], ()) if _is_form(word.folded, folded)]


def find_evidence(held: PieceWords, concept: Concept) -> tuple[Span, ...]:
    """The places that name the concept, best first; never empty.

    Words that are forms of the words of one of its labels, joined where they stand together; the whole piece where
    the concept was found by meaning alone.
    """
    best = 0.0
    named: dict[str, list[Word]] = {}
    for label in concept.all_labels():
        wanted = label_words(label)
        found = {word: standing for word in wanted if (standing := held.naming(word))}
        if wanted and len(found) / len(wanted) > best:
            best, named = len(found) / len(wanted), found
    if best < _FROM:
        return (held.piece,)
    places = sorted({Span(word.start, word.end) for several in named.values() for word in several})
    return tuple(sorted(_joined(held.text, places), key=lambda span: (span.start - span.end, span.start)))


@lru_cache(maxsize=20_000)
def label_words(label: str) -> tuple[str, ...]:
    """The distinct folded words of a label."""
    return tuple(dict.fromkeys(word.folded for word in words(label)))


def _is_form(one: str, other: str) -> bool:
    if one == other:
        return True
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= _STEM and same >= _SAME_SHARE * max(len(one), len(other))


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= _NEAR and "\n" not in text[joined[-1].end : span.start]:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
