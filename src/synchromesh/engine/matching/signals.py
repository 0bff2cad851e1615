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
from synchromesh.engine.matching.lexical import LexicalIndex, LexicalScores
from synchromesh.engine.matching.spaces import ADAPTED, DESCRIBED, PLAIN, EncoderSpaces, Scores
from synchromesh.engine.matching.strongest import strongest
from synchromesh.engine.matching.words import words

Floats = NDArray[np.floating]
_FROM_EACH_SPACE, _FROM_WORDS = 40, 40  # candidates that each signal brings in
_FROM_EACH_LONG = 50
_STRONGEST = 4  # the mean of a concept's best pieces counts, so that one chance hit does not win
_PIECES_AT_ONCE = 32
_COHERENT_WITH = 15
_LEAST = np.float32(-9)  # z-score that the best concept has at least, for the distance to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Candidates of one text: concept numbers, the ranker's features, and where each has its best evidence.

    `piece` is the number of the best piece of a long text; all 0 for a short one.
    """

    concepts: NDArray[np.int64]
    features: Mapping[str, Floats]
    piece: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """The candidates of several texts, one text after the other, so that they are ranked in one go."""

    together: Candidates
    starts: NDArray[np.int64]  # (texts + 1,) where those of each text begin

    def of(self, text: int) -> Candidates:
        """The candidates of one text by its number."""
        own = slice(self.starts[text], self.starts[text + 1])
        return Candidates(
            concepts=self.together.concepts[own],
            features={name: values[own] for name, values in self.together.features.items()},
            piece=self.together.piece[own],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ByWords:
    """What words say about the candidates of one text: a column each; `highest` is over all concepts."""

    concepts: NDArray[np.int64]
    values: Floats  # (4, candidates): cosine, first, coverage, exact
    highest: Floats  # (4,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The parts that score, over one vocabulary. Each call names the encoders to use by their letters."""

    index: LexicalIndex
    encoders: tuple[EncoderSpaces, ...]
    static: Mapping[str, Floats]

    def _used(self, letters: str) -> tuple[EncoderSpaces, ...]:
        return tuple(one for one in self.encoders if one.short in letters)

    def short(self, texts: Sequence[str], letters: str) -> Listings:
        """Candidates of at least one short text; texts are scored together since that is several times quicker."""
        spaces: dict[tuple[str, str], Scores] = {}
        encoded = [(one, one.encode(texts)) for one in self._used(letters)]
        for one, queries in encoded:
            spaces |= {(one.short, space): scores for space, scores in one.scores(queries, (ADAPTED, PLAIN)).items()}
        nearest = [scores.products for (_short, space), scores in spaces.items() if space == ADAPTED]
        held = [[word.folded for word in words(text)] for text in texts]
        by_words = [
            _choose(lexical, [rows[at] for rows in nearest]) for at, lexical in enumerate(self.index.score_each(held))
        ]
        chosen = np.concatenate([one.concepts for one in by_words])
        counts = [len(one.concepts) for one in by_words]
        row = np.repeat(np.arange(len(texts)), counts)
        features: dict[str, Floats] = {name: values[chosen] for name, values in self.static.items()}
        features |= _word_features(by_words, row)
        for (short, space), scores in spaces.items():
            features[f"{short}.{space}"] = scores.of(row, chosen)
            features[f"{short}.{space}-"] = features[f"{short}.{space}"] - np.maximum(scores.highest(), _LEAST)[row]
        starts = np.cumsum([0, *counts])
        for one, queries in encoded:
            described = one.described_scores(queries, chosen, starts)
            if described is not None:
                features[f"{one.short}.described"] = described
                highest = np.maximum(np.maximum.reduceat(described, starts[:-1]), _LEAST)
                features[f"{one.short}.described-"] = described - highest[row]
        # Among few concepts the best one is more often right than among thousands.
        features["size"] = np.full(len(chosen), np.log(len(self.static["relations"])), dtype=np.float32)
        features["length"] = np.log1p([len(folded) for folded in held]).astype(np.float32)[row]
        return Listings(
            together=Candidates(concepts=chosen, features=features, piece=np.zeros(len(chosen), dtype=np.int64)),
            starts=starts,
        )

    def long(self, pieces: Sequence[str], whole: str, letters: str) -> Candidates:
        """Candidates of a long text from its pieces (sentences and clauses) and the text as a whole."""
        lexical = self.index.score([word.folded for word in words(whole)])
        found: dict[str, Floats] = {"dcov": lexical.coverage}
        used = self._used(letters)
        for one in used:
            for space, scores in one.scores(one.encode([whole]), _long_spaces(one)).items():
                found[f"{one.short}.{space}.whole"] = scores.all()[0]
        kept = _Strongest(len(self.static["relations"]))
        for start in range(0, len(pieces), _PIECES_AT_ONCE):
            kept.add(start, self._piece_scores(pieces[start : start + _PIECES_AT_ONCE], used))
        found |= kept.found()
        chosen = _union([(values, _FROM_EACH_LONG) for values in found.values()])
        features: dict[str, Floats] = {name: values[chosen] for name, values in (found | dict(self.static)).items()}
        features |= _coherence(chosen, features, used)
        features["ex"] = lexical.exact[chosen]  # for words named outright; no ranker of pages reads it
        return Candidates(concepts=chosen, features=features, piece=kept.best_piece[chosen])

    def _piece_scores(self, pieces: Sequence[str], used: Sequence[EncoderSpaces]) -> dict[str, Floats]:
        scores: dict[str, Floats] = {
            "cov": self.index.coverage_of_each([[word.folded for word in words(piece)] for piece in pieces])
        }
        for one in used:
            for space, found in one.scores(one.encode(pieces), _long_spaces(one)).items():
                scores[f"{one.short}.{space}"] = found.all()
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


def _choose(lexical: LexicalScores, nearest: Sequence[Floats]) -> _ByWords:
    """Choose the candidates of a text by its words and by the spaces, in each of which it has a row of likenesses."""
    chosen = _union(
        [
            *((row, _FROM_EACH_SPACE) for row in nearest),
            (lexical.coverage + lexical.cosine, _FROM_WORDS),
            (lexical.cosine, _FROM_WORDS // 2),
        ]
    )
    several = (lexical.cosine, lexical.first, lexical.coverage, lexical.exact)
    return _ByWords(
        concepts=chosen,
        values=np.stack([values[chosen] for values in several]),
        highest=np.array([values.max(initial=0) for values in several], dtype=np.float32),
    )


def _word_features(by_words: Sequence[_ByWords], row: NDArray[np.int64]) -> dict[str, Floats]:
    """What words say, and how far below the best concept of its text each candidate lies."""
    values = np.concatenate([one.values for one in by_words], axis=1)
    below = values - np.stack([one.highest for one in by_words], axis=1)[:, row]
    names = ("cos", "first", "cov", "ex")
    return dict(zip(names, values, strict=True)) | dict(zip((f"{name}-" for name in names), below, strict=True))


def _coherence(
    chosen: NDArray[np.int64], features: Mapping[str, Floats], used: Sequence[EncoderSpaces]
) -> dict[str, Floats]:
    """How near each candidate lies to the likeliest ones: a text is about few things."""
    rough = sum((values for name, values in features.items() if name.endswith((".whole", ".top"))), np.zeros(1))
    likeliest = np.argsort(-rough, kind="stable")[:_COHERENT_WITH]
    found = {}
    for one in used:
        labels = one.adapted_labels(chosen)
        found[f"{one.short}.coherence"] = (labels @ labels[likeliest].T).mean(axis=1)
    return found


def static_features(vocabulary: Vocabulary, index: LexicalIndex) -> dict[str, Floats]:
    """What is known of a concept before any text: how often others refer to it, and how long its main label is."""
    relations = np.array([concept.relations for concept in vocabulary.concepts], dtype=np.float32)
    return {"relations": np.log1p(relations), "label words": index.words_of_first_labels.astype(np.float32)}


def _long_spaces(one: EncoderSpaces) -> tuple[str, ...]:
    """The described space where there is one, else both others."""
    return (DESCRIBED,) if DESCRIBED in one.spaces else (ADAPTED, PLAIN)


def _union(wanted: Sequence[tuple[Floats, int]]) -> NDArray[np.int64]:
    """The numbers of the highest values of several arrays, each once, rising."""
    chosen = np.zeros(len(wanted[0][0]), dtype=np.bool_)
    for values, number in wanted:
        chosen[strongest(values, number)] = True
    return chosen.nonzero()[0]
