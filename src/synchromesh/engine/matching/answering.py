"""Put the best of what was judged into words: labels, evidence, level hints, alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.evidence import Evidence, PieceWords
from synchromesh.engine.matching.judging import Judged
from synchromesh.engine.matching.levels import LevelHint, find_level_hint
from synchromesh.engine.matching.lexical import LexicalIndex
from synchromesh.engine.matching.matches import Alternative, Match, TextMatches
from synchromesh.engine.matching.segments import Span

_LOOKED_THROUGH = 30  # likely concepts among which alternatives are looked for
_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A text with its sentences and what was judged of it; from `threshold` on a match is accepted."""

    text: str
    cut: Sequence[Span]
    language: str
    judged: Judged
    threshold: float


class Answering:
    """Answers questions over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, index: LexicalIndex) -> None:
        self._vocabulary = vocabulary
        self._evidence = Evidence(index)
        uris = np.array([concept.uri for concept in vocabulary.concepts], dtype=np.str_)
        self._order: NDArray[np.int64] = np.argsort(np.argsort(uris))  # of concepts that are equally probable

    def answer(self, questions: Sequence[Question], top: int) -> list[TextMatches]:
        """Answer several questions with at most `top` matches each."""
        likely = [_Likely(self._vocabulary, one, self._order, top) for one in questions]
        pieces, concepts = [], []
        for one in likely:
            for held, answered in one.pieces():
                pieces.append(held)
                concepts.append(answered)
        spans = iter(self._evidence.find(pieces, concepts))
        return [TextMatches(language=one.question.language, matches=one.matches(spans)) for one in likely]


class _Likely:
    """The likeliest concepts of a text. What several of them need is found out once."""

    def __init__(self, vocabulary: Vocabulary, question: Question, order: NDArray[np.int64], top: int) -> None:
        self.question = question
        self._vocabulary = vocabulary
        judged = question.judged
        best = judged.best(order, max(top, _LOOKED_THROUGH))
        self._concepts, self._probabilities = judged.concepts[best].tolist(), judged.probabilities[best].tolist()
        self._by_piece: dict[int, list[int]] = {}
        for at, piece in enumerate(judged.piece[best].tolist()):
            self._by_piece.setdefault(piece, []).append(at)
        # Those that are answered, by the piece that they rest on.
        self._answered = {
            piece: answered
            for piece, places in self._by_piece.items()
            if (answered := [at for at in places if at < top])
        }
        self._names: dict[int, Alternative] = {}
        self._hints: dict[Span, LevelHint | None] = {}

    def pieces(self) -> Iterator[tuple[PieceWords, list[int]]]:
        """The pieces that name a concept that is answered, each with these concepts."""
        for piece, answered in self._answered.items():
            held = PieceWords(self.question.text, self.question.judged.pieces[piece])
            yield held, [self._concepts[at] for at in answered]

    def matches(self, spans: Iterator[tuple[Span, ...]]) -> tuple[Match, ...]:
        """The matches, best first; `spans` names the evidence of what `pieces` gave, in its order."""
        found: dict[int, Match] = {}
        for piece, answered in self._answered.items():
            # The next likely concepts rest on the same words.
            near = [at for at in self._by_piece[piece][: _ALTERNATIVES + 1] if at < _LOOKED_THROUGH]
            for at in answered:
                others = [self._name(other) for other in near if other != at]
                found[at] = self._match(at, next(spans), tuple(others[:_ALTERNATIVES]))
        return tuple(found[at] for at in sorted(found))

    def _match(self, at: int, spans: tuple[Span, ...], alternatives: tuple[Alternative, ...]) -> Match:
        named = self._name(at)
        sentence = self._sentence_of(spans[0])
        hint = self._hint(sentence)
        return Match(
            uri=named.uri,
            label=named.label,
            probability=named.probability,
            accepted=self._probabilities[at] >= self.question.threshold,
            spans=spans,
            sentence=sentence,
            level=hint.level if hint else None,
            level_words=hint.words if hint else None,
            alternatives=alternatives,
        )

    def _name(self, at: int) -> Alternative:
        known = self._names.get(at)
        if known is None:
            concept = self._vocabulary.concepts[self._concepts[at]]
            known = self._names[at] = Alternative(
                uri=concept.uri,
                label=concept.label(self.question.language),
                probability=round(self._probabilities[at], 4),
            )
        return known

    def _sentence_of(self, place: Span) -> Span:
        """The sentence that a place lies in; the place itself where it is several."""
        for one in self.question.cut:
            if one.start <= place.start and place.end <= one.end:
                return one
        return place

    def _hint(self, sentence: Span) -> LevelHint | None:
        if sentence not in self._hints:
            self._hints[sentence] = find_level_hint(self.question.text, sentence)
        return self._hints[sentence]
