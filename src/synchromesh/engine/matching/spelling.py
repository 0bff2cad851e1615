"""Words of a vocabulary that are spelled nearly like a typed one, also where it is only begun.

Candidates share letter triples with the typed word; the distance decides among them.
Source of the distance: Damerau 1964, A technique for computer detection and correction of spelling errors (CACM 7), in
the form that changes no part twice (optimal string alignment): a letter too many, missing, wrong, or two swapped.
"""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA

from synchromesh.engine.matching.completion_arrays import CompletionArrays, gram_buckets
from synchromesh.engine.matching.lexical import ranges

_SHORTEST = 4  # a shorter word with an error could be any other
_LONG = 8  # from this length two errors are forgiven, before only one
_MOST_COMPARED = 400
_MOST_FOUND = 60
_TRIPLES_PER_ERROR = 4  # swapping two letters changes at most so many


def allowed_errors(word: str) -> int:
    """How many errors a folded word of this length may hold."""
    if len(word) < _SHORTEST:
        return 0
    return 1 if len(word) < _LONG else 2


def alike_words(arrays: CompletionArrays, word: str, *, begun: bool) -> list[tuple[int, int]]:
    """Numbers of the words spelled nearly like `word` and what each costs, cheapest first.

    A cost is twice the number of errors, plus one where only the beginning of a word fits (`begun` allows that).
    """
    errors = allowed_errors(word)
    if not errors:
        return []
    found = []
    for number in _candidates(arrays, word, errors):
        cost = _cost(word, arrays.word.text(number), errors, begun=begun)
        if cost is not None:
            found.append((cost, number))
    return [(number, cost) for cost, number in sorted(found)[:_MOST_FOUND]]


def _candidates(arrays: CompletionArrays, word: str, errors: int) -> list[int]:
    """Words that share enough triples, those with most first; bounded."""
    letters = np.frombuffer(f" {word}".encode("utf-32-le"), dtype=np.uint32)
    buckets = np.unique(gram_buckets(letters))
    starts = arrays.gram_start[buckets]
    holders = arrays.gram_word[ranges(starts, arrays.gram_start[buckets + 1] - starts)]
    shared = np.bincount(holders, minlength=len(arrays.word))
    least = max(1, len(buckets) - _TRIPLES_PER_ERROR * errors)
    enough = np.flatnonzero(shared >= least)
    if len(enough) > _MOST_COMPARED:
        lengths = np.diff(arrays.word.starts)[enough]
        # Of those that share as much, words of about the same length come first.
        order = np.lexsort((np.abs(lengths - len(word)), -shared[enough]))
        enough = enough[order[:_MOST_COMPARED]]
    return [int(number) for number in enough]


def _cost(word: str, other: str, errors: int, *, begun: bool) -> int | None:
    distance = OSA.distance(word, other, score_cutoff=errors)
    best = 2 * distance if distance <= errors else None
    if begun and len(other) > len(word):
        for length in range(len(word) - errors, len(word) + errors + 1):
            distance = OSA.distance(word, other[:length], score_cutoff=errors)
            if distance <= errors and (best is None or 2 * distance + 1 < best):
                best = 2 * distance + 1
    return best
