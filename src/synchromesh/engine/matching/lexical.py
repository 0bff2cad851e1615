"""Likeness of words and labels by character n-grams: finds spelling variants, inflections and parts of compounds.

The cosine of TF-IDF vectors of n-grams inside words is bilinear, so it factors exactly into a kernel between words and
a sum over the words of a label: a label index of 110,000 rows costs about one millisecond a sentence, because n-grams
are only ever compared between distinct words, and a word met before is looked up.

Source of the measure: Salton and Buckley 1988, Term-weighting approaches in automatic text retrieval (IPM 24), over
character n-grams as in Cavnar and Trenkle 1994.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from synchromesh.engine.matching.lexical_arrays import (
    Floats,
    Ints,
    LexicalArrays,
    build_lexical_arrays,
    load_lexical_arrays,
    ranges,
    store_lexical_arrays,
    word_grams,
)

_MOST_CACHED_WORDS = 4096
_RELATED = np.float32(0.1)  # below, shared n-grams of two words are chance and only cost time
_ALIKE = np.float32(0.45)  # from here two words count as forms of one


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalScores:
    """Scores of one query over all concepts.

    `cosine` is the best over a concept's labels, `first` that of its first label; `coverage` tells how much of the
    best covered label's words, weighted by rarity, the query holds (0 to 1), `exact` the same for whole words only.
    """

    cosine: Floats
    first: Floats
    coverage: Floats
    exact: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kernel:
    """What a word of a query has in common with the words of labels; kept from one text to the next."""

    number: int | None  # of the word itself among the words of labels
    related: Ints  # words of labels that share enough n-grams,
    products: Floats  # and their inner products with the word
    alike: Ints  # those that count as forms of the word,
    likeness: Floats  # and their cosines with it
    grams: Ints  # numbers of its n-grams that labels hold,
    weights: Floats  # and their tf x idf
    strange: Mapping[str, int]  # its other n-grams with their counts


class LexicalIndex:
    """Scores texts against the labels of concepts.

    One index serves one thread at a time: it keeps what it found out about words and writes while it scores. Threads
    that need one at once each make their own over the same arrays, which are never written.
    """

    def __init__(self, arrays: LexicalArrays) -> None:
        self._arrays = arrays
        self._gram_number = {gram: at for at, gram in enumerate(arrays.grams.tolist())}
        self._word_number = {word: at for at, word in enumerate(arrays.vocabulary.tolist())}
        self._rare = float(arrays.gram_idf.max(initial=1.0))
        self._remembered: OrderedDict[str, _Kernel] = OrderedDict()
        self._safe_label_length = np.maximum(arrays.label_length, 1e-6)
        self._safe_label_rarity = np.maximum(arrays.label_rarity, 1e-6)
        labels = np.arange(len(arrays.label_length), dtype=np.int64)
        counts = np.bincount(arrays.label_word, minlength=len(arrays.vocabulary))
        self._label_of = np.repeat(labels, np.diff(arrays.label_start))[np.argsort(arrays.label_word, kind="stable")]
        self._postings_start = np.concatenate(([0], np.cumsum(counts)))
        labels_of_concept = np.diff(np.append(arrays.concept_start, len(labels)))
        self._concept_of = np.repeat(np.arange(len(arrays.concept_start)), labels_of_concept)

    def score(self, folded: Sequence[str]) -> LexicalScores:
        """Score the folded words of one text against every concept. The order of the words does not matter."""
        arrays = self._arrays
        kernel = np.zeros(len(arrays.vocabulary), dtype=np.float32)
        alike = np.zeros_like(kernel)
        same = np.zeros_like(kernel)
        # Sorted, so that sums of single precision come out the same for every order of the words.
        counted = [(self._kernel(word), count) for word, count in sorted(Counter(folded).items())]
        for found, count in counted:
            kernel[found.related] += found.products * np.float32(count)
            alike[found.alike] = np.maximum(alike[found.alike], found.likeness)
            if found.number is not None:
                same[found.number] = 1
        sums = self._per_label(kernel)
        scale = self._query_length(counted)
        first = arrays.concept_start
        return LexicalScores(
            cosine=self._per_concept(sums, self._safe_label_length * scale),
            first=sums[first].astype(np.float32) / (self._safe_label_length[first] * scale),
            coverage=self._per_concept(self._per_label(alike * arrays.word_rarity), self._safe_label_rarity),
            exact=self._per_concept(self._per_label(same * arrays.word_rarity), self._safe_label_rarity),
        )

    def alike_words(self, folded: str, others: Sequence[str]) -> list[float]:
        """Likeness 0 to 1 of a word with each of some label words; 0 below the bound of `coverage`."""
        found = self._kernel(folded)
        by_number: dict[int | None, float] = dict(zip(found.alike.tolist(), found.likeness.tolist(), strict=True))
        return [by_number.get(self._word_number.get(other), 0.0) for other in others]

    def _per_label(self, of_words: Floats) -> Floats:
        """Sum over the words of each label."""
        held = np.flatnonzero(of_words > 0)
        starts = self._postings_start[held]
        sizes = self._postings_start[held + 1] - starts
        labels = self._label_of[ranges(starts, sizes)]
        weights = np.repeat(of_words[held], sizes)
        return cast("Floats", np.bincount(labels, weights=weights, minlength=len(self._arrays.label_length)))

    def _per_concept(self, of_labels: Floats, scale: Floats) -> Floats:
        """The highest of each concept's labels after division; few labels have a value, so only those are looked at."""
        best = np.zeros(len(self._arrays.concept_start), dtype=np.float32)
        touched = np.flatnonzero(of_labels > 0)  # numpy finds places of booleans many times faster than of numbers
        if len(touched):
            concepts = self._concept_of[touched]
            begin = np.flatnonzero(np.diff(concepts, prepend=-1))
            values = of_labels[touched].astype(np.float32) / scale[touched]
            best[concepts[begin]] = np.maximum.reduceat(values, begin)
        return best

    def _kernel(self, word: str) -> _Kernel:
        known = self._remembered.get(word)
        if known is not None:
            self._remembered.move_to_end(word)
            return known
        made = self._make_kernel(word)
        self._remembered[word] = made
        if len(self._remembered) > _MOST_CACHED_WORDS:
            self._remembered.popitem(last=False)
        return made

    def _make_kernel(self, word: str) -> _Kernel:
        arrays = self._arrays
        numbers, counts, strange = [], [], {}
        for gram, count in Counter(word_grams(word)).items():
            number = self._gram_number.get(gram)
            if number is None:
                strange[gram] = count
            else:
                numbers.append(number)
                counts.append(count)
        grams = np.array(numbers, dtype=np.int64)
        weights = np.array(counts, dtype=np.float64) * arrays.gram_idf[grams]
        length = np.sqrt((weights**2).sum() + sum((count * self._rare) ** 2 for count in strange.values()))
        sizes = arrays.gram_start[grams + 1] - arrays.gram_start[grams]
        at = ranges(arrays.gram_start[grams], sizes)
        summed = np.bincount(
            arrays.gram_word[at],
            weights=arrays.gram_weight[at] * np.repeat(weights.astype(np.float32), sizes),
            minlength=len(arrays.vocabulary),
        )
        held = np.flatnonzero(summed > 0)
        products = summed[held].astype(np.float32)
        likeness = products / (arrays.word_length[held] * np.float32(length or 1.0))
        related, alike = likeness >= _RELATED, likeness >= _ALIKE
        return _Kernel(
            number=self._word_number.get(word),
            related=held[related],
            products=products[related],
            alike=held[alike],
            likeness=likeness[alike],
            grams=grams,
            weights=weights,
            strange=strange,
        )

    def _query_length(self, counted: Sequence[tuple[_Kernel, int]]) -> np.float32:
        """Length of the TF-IDF vector of all words; n-grams that no label holds count as the rarest that one does."""
        if not counted:
            return np.float32(1.0)
        grams = np.concatenate([found.grams for found, _count in counted])
        weights = np.concatenate([found.weights * count for found, count in counted])
        _distinct, place = np.unique(grams, return_inverse=True)
        strange: Counter[str] = Counter()
        for found, count in counted:
            for gram, times in found.strange.items():
                strange[gram] += times * count
        total = float((np.bincount(place, weights=weights) ** 2).sum())
        total += sum((count * self._rare) ** 2 for count in strange.values())
        return np.float32(max(np.sqrt(total), 1e-6))


__all__ = [
    "LexicalArrays",
    "LexicalIndex",
    "LexicalScores",
    "build_lexical_arrays",
    "load_lexical_arrays",
    "ranges",
    "store_lexical_arrays",
    "word_grams",
]
