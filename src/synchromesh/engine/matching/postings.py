"""Which labels hold a word: from values of words to the best label of each concept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.lexical_arrays import Floats, Ints, LexicalArrays, ranges

_HALF = 32  # bits
_LOWER = (1 << _HALF) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """For each word (CSR) the labels that hold it.

    Labels are numbered anew here: the first of each concept, in the order of concepts, then all others but those that
    repeat the words of another. What belongs to a label is written beside each posting, since a text touches thousands
    of them and reading in order is several times quicker than looking up.
    """

    start: Ints  # (words,)
    count: Ints  # (words,)
    label_and_concept: NDArray[np.int64]  # in the upper and the lower half, so that one look finds both
    per_length: NDArray[np.float32]  # 1 / length of the label's vector
    per_rarity: NDArray[np.float32]  # 1 / sum of the rarities of its words
    first_per_length: NDArray[np.float32]  # (concepts,)
    sums: NDArray[np.float32]  # (labels,) room for sums, used again for each text

    @classmethod
    def of_labels(cls, arrays: LexicalArrays) -> Postings:
        """Turn rows of words into postings."""
        is_first = np.zeros(len(arrays.label_length), dtype=np.bool_)
        is_first[arrays.concept_start] = True
        kept = np.concatenate([np.flatnonzero(is_first), np.flatnonzero(~(is_first | arrays.label_repeats))])
        number = np.full(len(arrays.label_length), -1)
        number[kept] = np.arange(len(kept))
        concept = np.cumsum(is_first) - 1
        row = np.repeat(np.arange(len(number)), np.diff(arrays.label_start))
        held = np.flatnonzero(number[row] >= 0)
        order = held[np.argsort(arrays.label_word[held], kind="stable")]
        row = row[order]
        count = np.bincount(arrays.label_word[order], minlength=len(arrays.vocabulary))
        per_length = (1 / np.maximum(arrays.label_length, 1e-6)).astype(np.float32)
        per_rarity = (1 / np.maximum(arrays.label_rarity, 1e-6)).astype(np.float32)
        return cls(
            start=np.cumsum(count) - count,
            count=count,
            label_and_concept=number[row] << _HALF | concept[row],
            per_length=per_length[row],
            per_rarity=per_rarity[row],
            first_per_length=per_length[arrays.concept_start],
            sums=np.zeros(len(kept), dtype=np.float32),
        )

    def highest_and_first(self, words: Ints, products: Floats) -> tuple[Floats, Floats]:
        """For each concept the best label and the first one: the sum of the products of its words, by its length."""
        sizes = self.count[words]
        at = ranges(self.start[words], sizes)
        best = self._best(at, np.repeat(products, sizes), self.per_length.take(at, mode="clip"))
        return best, self.sums[: len(best)] * self.first_per_length

    def highest(self, words: Ints, *values: Floats) -> list[Floats]:
        """For each concept the best label, by each of some values of words: their sum, by the rarity of all words."""
        sizes = self.count[words]
        at = ranges(self.start[words], sizes)
        scale = self.per_rarity.take(at, mode="clip")
        return [self._best(at, np.repeat(one, sizes), scale) for one in values]

    def _best(self, at: Ints, values: Floats, scale: Floats) -> Floats:
        concepts = self.label_and_concept.take(at, mode="clip")  # the quickest way to take; no place is beyond the end
        labels = concepts >> _HALF
        concepts &= _LOWER
        self.sums.fill(0)
        np.add.at(self.sums, labels, values)
        scaled = self.sums.take(labels, mode="clip")
        scaled *= scale
        best = np.zeros(len(self.first_per_length), dtype=np.float32)
        np.maximum.at(best, concepts, scaled)
        return best
