"""What each part of the engine says about a text and every concept; the features of rankers are made of these.

Two kinds of text: a SHORT one (a sentence, a title, a line of a CV) is judged as a whole; a LONG one (a course page) by
its sentences and clauses and by the text around them, since three words between commas mean little without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.lexical import LexicalIndex
from synchromesh.engine.matching.spaces import ADAPTED, DESCRIBED, PLAIN, EncoderSpaces
from synchromesh.engine.matching.words import words

Floats = NDArray[np.floating]
_FROM_EACH_SPACE, _FROM_WORDS = 40, 40  # candidates that each signal brings in
_FROM_EACH_LONG = 50
_STRONGEST = 4  # the mean of a concept's best pieces counts, so that one chance hit does not win
_PIECES_AT_ONCE = 32
_COHERENT_WITH = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Candidates of one text: concept numbers, the ranker's features, and where each has its best evidence.

    `piece` is the number of the best piece of a long text; all 0 for a short one.
    """

    concepts: NDArray[np.int64]
    features: Mapping[str, Floats]
    piece: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The parts that score, over one vocabulary. Each call names the encoders to use by their letters."""

    index: LexicalIndex
    encoders: tuple[EncoderSpaces, ...]
    static: Mapping[str, Floats]

    def _used(self, letters: str) -> tuple[EncoderSpaces, ...]:
        return tuple(one for one in self.encoders if one.short in letters)

    def short(self, texts: Sequence[str], letters: str) -> list[Candidates]:
        """Candidates of short texts, scored together because encoders are quicker in batches."""
        used = self._used(letters)
        vectors = {one.short: one.encode(texts) for one in used}
        spaces = {
            (one.short, space): one.scores(space, vectors[one.short]) for one in used for space in (ADAPTED, PLAIN)
        }
        return [self._short_one(text, {key: rows[at] for key, rows in spaces.items()}) for at, text in enumerate(texts)]

    def _short_one(self, text: str, spaces: Mapping[tuple[str, str], Floats]) -> Candidates:
        held = [word.folded for word in words(text)]
        lexical = self.index.score(held)
        by_words = {"cos": lexical.cosine, "first": lexical.first, "cov": lexical.coverage, "ex": lexical.exact}
        chosen = _union(
            [
                *((row, _FROM_EACH_SPACE) for (_short, space), row in spaces.items() if space == ADAPTED),
                (lexical.coverage + lexical.cosine, _FROM_WORDS),
                (lexical.cosine, _FROM_WORDS // 2),
            ]
        )
        features: dict[str, Floats] = {name: values[chosen] for name, values in self.static.items()}
        for name, values in by_words.items():
            features[name] = values[chosen]
            features[f"{name}-"] = values[chosen] - values.max(initial=0)
        for (short, space), row in spaces.items():
            features[f"{short}.{space}"] = row[chosen]
            features[f"{short}.{space}-"] = row[chosen] - row.max(initial=-9)
        # Among few concepts the best one is more often right than among thousands.
        features["size"] = np.full(len(chosen), np.log(len(lexical.cosine)), dtype=np.float32)
        features["length"] = np.full(len(chosen), np.log1p(len(held)), dtype=np.float32)
        return Candidates(concepts=chosen, features=features, piece=np.zeros(len(chosen), dtype=np.int64))

    def long(self, pieces: Sequence[str], whole: str, letters: str) -> Candidates:
        """Candidates of a long text from its pieces (sentences and clauses) and the text as a whole."""
        lexical = self.index.score([word.folded for word in words(whole)])
        found: dict[str, Floats] = {"dcov": lexical.coverage}
        used = self._used(letters)
        for one in used:
            vectors = one.encode([whole])
            for space in _long_spaces(one):
                found[f"{one.short}.{space}.whole"] = one.scores(space, vectors)[0]
        strongest = _Strongest(len(self.static["relations"]))
        for start in range(0, len(pieces), _PIECES_AT_ONCE):
            strongest.add(start, self._piece_scores(pieces[start : start + _PIECES_AT_ONCE], used))
        found |= strongest.found()
        chosen = _union([(values, _FROM_EACH_LONG) for values in found.values()])
        features: dict[str, Floats] = {name: values[chosen] for name, values in (found | dict(self.static)).items()}
        features |= _coherence(chosen, features, used)
        features["ex"] = lexical.exact[chosen]  # for words named outright; no ranker of pages reads it
        return Candidates(concepts=chosen, features=features, piece=strongest.best_piece[chosen])

    def _piece_scores(self, pieces: Sequence[str], used: Sequence[EncoderSpaces]) -> dict[str, Floats]:
        scores: dict[str, Floats] = {
            "cov": np.stack([self.index.score([word.folded for word in words(piece)]).coverage for piece in pieces])
        }
        for one in used:
            vectors = one.encode(pieces)
            for space in _long_spaces(one):
                scores[f"{one.short}.{space}"] = one.scores(space, vectors)
        return scores


class _Strongest:
    """Keeps each concept's best scores over the pieces of a text, so that memory does not grow with the text."""

    def __init__(self, concepts: int) -> None:
        self._kept: dict[str, Floats] = {}
        self._evidence = np.full(concepts, -np.inf, dtype=np.float32)
        self.best_piece = np.zeros(concepts, dtype=np.int64)

    def add(self, start: int, scores: Mapping[str, Floats]) -> None:
        """Take in the scores (pieces x concepts) of the pieces from number `start` on."""
        for name, rows in scores.items():
            known = self._kept.get(name)
            together = rows if known is None else np.vstack([known, rows])
            if len(together) > _STRONGEST:
                together = -np.partition(-together, _STRONGEST - 1, axis=0)[:_STRONGEST]
            self._kept[name] = together
        evidence = 4 * scores["cov"] + sum(
            (rows for name, rows in scores.items() if name != "cov"), np.zeros(1, dtype=np.float32)
        )
        best = evidence.argmax(axis=0)
        value = evidence[best, np.arange(evidence.shape[1])]
        better = value > self._evidence
        self._evidence[better] = value[better]
        self.best_piece[better] = best[better] + start

    def found(self) -> dict[str, Floats]:
        """The best score of each signal, and the mean of the best few."""
        best = {name: rows.max(axis=0) for name, rows in self._kept.items()}
        top = {f"{name}.top": rows.mean(axis=0) for name, rows in self._kept.items() if name != "cov"}
        return best | top


def _coherence(
    chosen: NDArray[np.int64], features: Mapping[str, Floats], used: Sequence[EncoderSpaces]
) -> dict[str, Floats]:
    """How near each candidate lies to the likeliest ones: a text is about few things."""
    rough = sum((values for name, values in features.items() if name.endswith((".whole", ".top"))), np.zeros(1))
    likeliest = np.argsort(-rough, kind="stable")[:_COHERENT_WITH]
    found = {}
    for one in used:
        labels = one.spaces[ADAPTED].labels[chosen]
        found[f"{one.short}.coherence"] = (labels @ labels[likeliest].T).mean(axis=1)
    return found


def static_features(vocabulary: Vocabulary) -> dict[str, Floats]:
    """What is known of a concept before any text: how often others refer to it, and how long its label is."""
    concepts = vocabulary.concepts
    return {
        "relations": np.log1p(np.array([concept.relations for concept in concepts], dtype=np.float32)),
        "label words": np.array([len(words(concept.main_label())) for concept in concepts], dtype=np.float32),
    }


def _long_spaces(one: EncoderSpaces) -> tuple[str, ...]:
    """The described space where there is one, else both others."""
    return (DESCRIBED,) if DESCRIBED in one.spaces else (ADAPTED, PLAIN)


def _union(wanted: Sequence[tuple[Floats, int]]) -> NDArray[np.int64]:
    """The numbers of the highest values of several arrays, each once, rising."""
    parts = []
    for values, number in wanted:
        if len(values) <= number:
            return np.arange(len(values))
        parts.append(np.argpartition(-values, number)[:number])
    return np.unique(np.concatenate(parts))
