"""The words of a text that justify a concept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.lexical import LexicalIndex
from synchromesh.engine.matching.segments import Span
from synchromesh.engine.matching.words import Word, words

_FROM = 0.5  # share of a label's words that must be named to be shown instead of the whole piece
_STEM = 4  # letters in which two forms of a word must begin alike
_SAME_SHARE = 0.6  # of the longer word that must be the same from its beginning
_NEAR = 2  # characters between two words that are shown as one span


class PieceWords:
    """The words of a sentence or clause by the letters that they begin with; made once for all its concepts."""

    def __init__(self, text: str, piece: Span) -> None:
        self.text, self.piece = text, piece
        self.by_stem: dict[str, list[Word]] = {}
        for word in words(text, piece.start, piece.end):
            self.by_stem.setdefault(word.folded[:_STEM], []).append(word)


class Evidence:
    """Finds the words that name concepts, for many pieces and concepts at once, which is several times quicker."""

    def __init__(self, index: LexicalIndex) -> None:
        self._index = index
        stems = [word[:_STEM] for word in index.vocabulary]
        self._stem_number = {stem: at for at, stem in enumerate(dict.fromkeys(stems))}
        self._stem_of = np.array([self._stem_number[stem] for stem in stems], dtype=np.int64)

    def find(self, pieces: Sequence[PieceWords], concepts: Sequence[Sequence[int]]) -> list[tuple[Span, ...]]:
        """The places that name each of the concepts of each piece, best first; never empty.

        Words that are forms of the words of one of a concept's labels, joined where they stand together; the whole
        piece where it was found by meaning alone.
        """
        labels = self._index.labels_of(np.array([one for several in concepts for one in several], dtype=np.int64))
        piece = np.repeat(np.arange(len(pieces)), [len(several) for several in concepts])
        key = np.repeat(np.repeat(piece, labels.labels), labels.sizes) * len(self._stem_of) + labels.words
        forms = self._forms(pieces, key)
        is_named = np.isin(key, np.fromiter(forms, dtype=np.int64, count=len(forms)))
        ends = np.concatenate(([0], np.cumsum(labels.sizes)))
        shares = np.diff(np.concatenate(([0], np.cumsum(is_named)))[ends]) / labels.sizes
        found: list[tuple[Span, ...]] = []
        last = 0
        for at, count in zip(piece.tolist(), labels.labels.tolist(), strict=True):
            first, last = last, last + count
            best = first + int(shares[first:last].argmax()) if count else first
            if not count or shares[best] < _FROM:
                found.append((pieces[at].piece,))
            else:
                held = key[ends[best] : ends[best + 1]].tolist()
                found.append(_places(pieces[at].text, [word for one in held for word in forms.get(one, ())]))
        return found

    def _forms(self, pieces: Sequence[PieceWords], key: NDArray[np.int64]) -> dict[int, list[Word]]:
        """By pairs of a piece and a label word (its number beyond the pieces before): the piece's forms of the word."""
        size = len(self._stem_of)
        begins = [
            at * size + self._stem_number[stem]
            for at, held in enumerate(pieces)
            for stem in held.by_stem
            if stem in self._stem_number
        ]
        distinct = np.unique(key)
        begun = np.isin(distinct // size * size + self._stem_of[distinct % size], np.array(begins, dtype=np.int64))
        found = {}
        for one in distinct[begun].tolist():
            at, number = divmod(one, size)
            folded = self._index.vocabulary[number]
            forms = [word for word in pieces[at].by_stem[folded[:_STEM]] if _is_form(word.folded, folded)]
            if forms:
                found[one] = forms
        return found


def _places(text: str, named: Sequence[Word]) -> tuple[Span, ...]:
    """Where words stand, those that stand together as one place, the longest first."""
    joined = _joined(text, sorted({Span(word.start, word.end) for word in named}))
    return tuple(sorted(joined, key=lambda span: (span.start - span.end, span.start)))


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
