"""The systems that are compared, each behind the same two questions: what is in a text, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from synchromesh.engine.matching import Matcher, Mode, Use, Vocabulary
from synchromesh.engine.matching.lexical import LexicalIndex, build_lexical_arrays
from synchromesh.engine.matching.segments import sentences
from synchromesh.engine.matching.words import words

MODES = {mode.value: mode for mode in Mode}
CHAR_NGRAMS = "char_ngrams"
PEER = "peer"
# From the quickest to the best; the peer comes last because it is asked for by itself.
SYSTEMS = (CHAR_NGRAMS, Mode.FAST.value, Mode.MIDDLE.value, Mode.QUALITY.value, PEER)
NAMED = 10  # answers to a text, as many as the product shows
RANKED = 100  # depth of a ranking; MELO's published figures stop there too


class Answer(NamedTuple):
    """A concept named for a text. A system without probabilities states its score and accepts nothing."""

    uri: str
    probability: float
    accepted: bool


class System(Protocol):
    """What a benchmark asks of a system. `note` says in a sentence what a reader of its figures must know."""

    note: str

    def answer(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[Answer]]:
        """The concepts named for each text, best first, at most `NAMED`; this is what is timed."""

    def rank(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
        """The best `RANKED` concepts of each text in order."""


def load_system(name: str, vocabulary: Vocabulary, cache: Path) -> System:
    """Make a system of this product ready for a vocabulary; vectors are kept in `cache`."""
    if name == CHAR_NGRAMS:
        return CharNgrams(vocabulary)
    return MatcherSystem(Matcher(vocabulary, mode=MODES[name], cache=cache, threads=1), MODES[name])


class MatcherSystem:
    """The product in one mode, asked as the site asks it. The language of a text is told, not detected."""

    def __init__(self, matcher: Matcher, wanted: Mode) -> None:
        self._matcher = matcher
        self.note = "" if matcher.mode is wanted else f"ran as {matcher.mode}: {matcher.fell_back}"

    def answer(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[Answer]]:
        """See System."""
        return self._match(texts, languages, NAMED)

    def rank(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
        """See System."""
        return [[one.uri for one in answers] for answers in self._match(texts, languages, RANKED)]

    def _match(self, texts: Sequence[str], languages: Sequence[str], top: int) -> list[list[Answer]]:
        """Texts of one language are passed together."""
        found: list[list[Answer]] = [[] for _ in texts]
        for language in dict.fromkeys(languages):
            rows = [at for at, one in enumerate(languages) if one == language]
            answers = self._matcher.match([texts[at] for at in rows], language=language, top=top, use=Use.SUGGEST)
            for at, answer in zip(rows, answers, strict=True):
                found[at] = [Answer(one.uri, one.probability, one.accepted) for one in answer.matches]
        return found


class CharNgrams:
    """Likeness of character n-grams alone, the best over sentences and labels: what needs no model at all."""

    note = "cosine of TF-IDF vectors; no probabilities, no threshold"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._uris = [concept.uri for concept in vocabulary.concepts]
        self._index = LexicalIndex(build_lexical_arrays([concept.all_labels() for concept in vocabulary.concepts]))

    def answer(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[Answer]]:
        """See System."""
        return [self._best(text, NAMED) for text in texts]

    def rank(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
        """See System."""
        return [[one.uri for one in self._best(text, RANKED)] for text in texts]

    def _best(self, text: str, top: int) -> list[Answer]:
        scores = np.zeros(len(self._uris), dtype=np.float32)
        for place in sentences(text):
            folded = [word.folded for word in words(text, place.start, place.end)]
            if folded:
                scores = np.maximum(scores, self._index.score(folded).cosine)
        order = np.argsort(-scores, kind="stable")[:top]
        return [Answer(self._uris[at], float(scores[at]), accepted=False) for at in order if scores[at] > 0]
