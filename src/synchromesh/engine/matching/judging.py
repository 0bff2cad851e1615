"""From candidates to probabilities, still as arrays: what is made into answers is the few best alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.ranker import Floats, Ranker
from synchromesh.engine.matching.segments import Span
from synchromesh.engine.matching.signals import Candidates, Listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Concepts in a text, a column each: number, output of the ranker, probability, and the piece that says so.

    `piece` counts in `pieces`, the sentences and clauses of the text.
    """

    concepts: NDArray[np.int64]
    outputs: Floats
    probabilities: Floats
    piece: NDArray[np.int64]
    pieces: Sequence[Span]

    def best(self, order: NDArray[np.int64], number: int) -> NDArray[np.int64]:
        """Which columns are the most probable, best first; `order` of concepts decides among equal ones."""
        return np.lexsort((order[self.concepts], -self.outputs, -self.probabilities))[:number]


NOTHING = Judged(
    concepts=np.zeros(0, dtype=np.int64),
    outputs=np.zeros(0, dtype=np.float32),
    probabilities=np.zeros(0, dtype=np.float32),
    piece=np.zeros(0, dtype=np.int64),
    pieces=(),
)


def judge_short(ranker: Ranker, listings: Listings, places: Sequence[Span], languages: Sequence[str]) -> list[Judged]:
    """Judge short texts by their candidates; `places` are where they stand in the text that they are from."""
    starts = listings.starts
    foreign = np.repeat([language != "en" for language in languages], np.diff(starts))
    outputs, probabilities = _rank(ranker, listings.together, starts, foreign)
    return [
        Judged(
            concepts=listings.together.concepts[first:last],
            outputs=outputs[first:last],
            probabilities=probabilities[first:last],
            piece=listings.together.piece[first:last],
            pieces=(place,),
        )
        for place, first, last in zip(places, starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]


def judge_page(ranker: Ranker, candidates: Candidates, pieces: Sequence[Span], language: str) -> Judged:
    """Judge a long text by its candidates, whose evidence is in `pieces`."""
    number = len(candidates.concepts)
    outputs, probabilities = _rank(ranker, candidates, np.array([0, number]), np.full(number, language != "en"))
    return Judged(
        concepts=candidates.concepts,
        outputs=outputs,
        probabilities=probabilities,
        piece=candidates.piece,
        pieces=pieces,
    )


def best_of_each(judged: Sequence[Judged]) -> Judged:
    """What was judged in parts as one text: each concept once, where it is most probable, else where it comes first."""
    if not judged:
        return NOTHING
    sizes = [len(one.pieces) for one in judged]
    concepts = np.concatenate([one.concepts for one in judged])
    outputs = np.concatenate([one.outputs for one in judged])
    probabilities = np.concatenate([one.probabilities for one in judged])
    before = np.cumsum(sizes) - sizes
    piece = np.concatenate([one.piece + first for one, first in zip(judged, before.tolist(), strict=True)])
    order = np.lexsort((-outputs, -probabilities, concepts))
    _concepts, first = np.unique(concepts[order], return_index=True)
    kept = order[first]
    return Judged(
        concepts=concepts[kept],
        outputs=outputs[kept],
        probabilities=probabilities[kept],
        piece=piece[kept],
        pieces=[place for one in judged for place in one.pieces],
    )


def _rank(
    ranker: Ranker, candidates: Candidates, starts: NDArray[np.int64], foreign: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    outputs = ranker.outputs(candidates.features, starts)
    if foreign.any():
        # Rankers learnt from English. That a text holds every word of a label is as good a sign in any language.
        named = ranker.named_outright(candidates.features["ex"], candidates.features["label words"])
        outputs = np.where(foreign, np.maximum(outputs, named), outputs)
    return outputs, ranker.probabilities(outputs)
