"""How alike two texts of different languages are in what they mean, passage by passage.

Reading takes a sentence encoder as long as all titles do, so only texts of pairs in doubt are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.corpus import Corpus
from synchromesh.engine.deduplication.passages import telling_passages

Vectors = NDArray[np.float32]
Read: TypeAlias = Callable[[Sequence[str]], Vectors]
"""An encoder: for each text a row of length 1."""
Rows: TypeAlias = tuple[int, int]

READ = ("read_alike", "read_best", "unread", "read_lead")
"""How near each passage of the shorter text is to its likest one in the other, on average; the nearest two; whether one
of the texts has nothing to read; and how far the pair lies above the best other one of either course."""
UNREAD = (0.0, 0.0, 1.0, 0.0)
_FEW = 20  # passages of a language that weigh as much as those of all


def read_pairs(corpus: Corpus, pairs: Collection[Rows], read: Read | None) -> Mapping[Rows, tuple[float, ...]]:
    """The features `READ` of pairs of rows; all are unread without an encoder."""
    if read is None or not pairs:
        return dict.fromkeys(pairs, UNREAD)
    passages = telling_passages(corpus, sorted({row for pair in pairs for row in pair}))
    meant = _meant(corpus, passages, read)
    alike = {pair: _alike(*(meant[row] for row in pair)) for pair in pairs if all(row in meant for row in pair)}
    highest = _two_highest(corpus, {pair: values[0] for pair, values in alike.items()})
    found = dict.fromkeys(pairs, UNREAD)
    for pair, (mean, best) in alike.items():
        sides = ((one, corpus.courses[other].course.language) for one, other in (pair, pair[::-1]))
        rivals = [_rival(highest[side], mean) for side in sides]
        found[pair] = (mean, best, 0.0, mean - max(rivals))
    return found


def _meant(corpus: Corpus, passages: Mapping[int, Sequence[str]], read: Read) -> Mapping[int, Vectors]:
    """The vectors of the passages of each row that has any, without what all of its language have in common."""
    texts = sorted({text for some in passages.values() for text in some}, key=lambda text: (len(text), text))
    if not texts:
        return {}
    vectors, place = read(texts), {text: at for at, text in enumerate(texts)}
    of_language: dict[str, list[int]] = defaultdict(list)
    for row, some in passages.items():
        of_language[corpus.courses[row].course.language].extend(place[text] for text in some)
    whole = vectors[[at for places in of_language.values() for at in places]].mean(axis=0)
    centres = {
        language: (vectors[places].sum(axis=0) + _FEW * whole) / (len(places) + _FEW)
        for language, places in of_language.items()
    }
    found = {}
    for row, some in passages.items():
        if some:
            own = vectors[[place[text] for text in some]] - centres[corpus.courses[row].course.language]
            found[row] = own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
    return found


def _alike(one: Vectors, other: Vectors) -> tuple[float, float]:
    cosines = one @ other.T
    there, back = cosines.max(axis=1), cosines.max(axis=0)
    shorter = there if len(there) < len(back) else back if len(back) < len(there) else np.concatenate((there, back))
    return float(shorter.mean()), float(cosines.max())


def _two_highest(corpus: Corpus, alike: Mapping[Rows, float]) -> Mapping[tuple[int, str], Sequence[float]]:
    """For each course and each other language how alike its two likest are, 0 where there are fewer."""
    found: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (first, second), value in alike.items():
        for one, other in ((first, second), (second, first)):
            key = one, corpus.courses[other].course.language
            found[key] = sorted((*found[key], value), reverse=True)[:2]
    return found


def _rival(highest: Sequence[float], own: float) -> float:
    """The best of the others: of two that are equally alike each is the other's rival."""
    return highest[1] if own == highest[0] else highest[0]
