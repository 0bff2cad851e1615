"""Which concepts a few typed words mean: "Schweißer" means to weld busbars, whatever language its names are in.

    meaning = QueryMeaning(concepts)                    # by the letters of words alone, ready at once
    meaning = QueryMeaning(concepts, vectors=vectors)   # by likeness of meaning too
    meaning.weigh("Schweißer")
    [Meant(uri="/id/skill/...", weight=0.31), ...]

Unlike `Matcher`, which asks whether a sentence speaks of a concept, this one asks which concepts somebody who typed two
words may look for. Three likenesses go into a weight by logistic regression: that of meaning with the nearest name in
any language, that of meaning with the description, and that of letters with the nearest name. The numbers were fitted
on one half of the judged queries (benchmarks/search/JUDGED.md); the other half measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Concept, Vocabulary
from synchromesh.engine.matching.encoders import Encoder, Vectors
from synchromesh.engine.matching.lexical import LexicalIndex, build_lexical_arrays
from synchromesh.engine.matching.sector_words import said_plainly
from synchromesh.engine.matching.spaces import label_vectors
from synchromesh.engine.matching.words import words

Weights = NDArray[np.float64]
LONGEST_QUERY = 200  # characters that are read
_BY_MEANING, _BY_DESCRIPTION, _BY_LETTERS, _OFFSET = 3.71, 2.39, 8.48, -6.73
_LETTERS_ALONE, _OFFSET_ALONE = 10.0, -5.5
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A concept and how much the words mean it, 0 to 1."""

    uri: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningVectors:
    """Vectors of all names, with the number of the concept that each belongs to, and of the descriptions."""

    encoder: Encoder
    names: Vectors  # (names, dimensions)
    owners: NDArray[np.int64]  # (names,)
    descriptions: Vectors  # (concepts, dimensions)


class QueryMeaning:
    """Concepts made ready. Serves one thread at a time."""

    def __init__(self, concepts: Sequence[Concept], *, vectors: MeaningVectors | None = None) -> None:
        self._uris = [concept.uri for concept in concepts]
        self._vectors = vectors
        self._index = LexicalIndex(build_lexical_arrays([concept.all_labels() for concept in concepts]))

    def weigh(self, query: str, *, least: float, most: int) -> list[Meant]:
        """The concepts that the words mean, the greatest weight first; at most `most`, none below `least`."""
        if not self._uris or not query.strip():
            return []
        typed = query[:LONGEST_QUERY]
        weights = np.max([self._weights(text) for text in (typed, said_plainly(typed)) if text.strip()], axis=0)
        best = np.argsort(-weights, kind="stable")[:most]
        return [Meant(uri=self._uris[at], weight=float(weights[at])) for at in best if weights[at] >= least]

    def _weights(self, query: str) -> Weights:
        letters = self._index.score([word.folded for word in words(query)]).cosine.astype(np.float64)
        if self._vectors is None:
            return np.where(letters > 0, _logistic(_LETTERS_ALONE * letters + _OFFSET_ALONE), 0.0)
        [asked] = self._vectors.encoder.encode([query], kind="query")
        names = np.full(len(self._uris), -1.0)
        np.maximum.at(names, self._vectors.owners, self._vectors.names @ asked)
        descriptions = self._vectors.descriptions @ asked
        return _logistic(_BY_MEANING * names + _BY_DESCRIPTION * descriptions + _BY_LETTERS * letters + _OFFSET)


def make_vectors(concepts: Sequence[Concept], encoder: Encoder, *, cache: Path | None) -> MeaningVectors:
    """Encode the names and descriptions of concepts, about 2 ms each; kept in `cache` as those of labels are."""
    names = [
        (number, _BRACKETS.sub("", name).strip() or name)
        for number, concept in enumerate(concepts)
        for name in dict.fromkeys(concept.preferred.values())
        if name
    ]
    titled = tuple(Concept(uri=str(number), kind="skill", preferred={"en": name}) for number, name in names)
    return MeaningVectors(
        encoder=encoder,
        names=label_vectors(Vocabulary(name="names", concepts=titled), encoder, cache=cache, described=False),
        owners=np.array([number for number, _ in names], dtype=np.int64),
        descriptions=label_vectors(
            Vocabulary(name="descriptions", concepts=tuple(concepts)), encoder, cache=cache, described=True
        ),
    )


def _logistic(values: Weights) -> Weights:
    found: Weights = 1 / (1 + np.exp(-values))
    return found
