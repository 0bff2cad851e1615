"""Likeness of words and labels by character n-grams: finds spelling variants, inflections and parts of compounds.

The cosine of TF-IDF vectors of n-grams inside words is bilinear, so it factors exactly into a kernel between words and
a sum over the words of a label: n-grams are only ever compared between distinct words. For words of labels that was
done when the arrays were built; a text is scored by looking up its words and adding what they give to each label.

Source of the measure: Salton and Buckley 1988, Term-weighting approaches in automatic text retrieval (IPM 24), over
character n-grams as in Cavnar and Trenkle 1994.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from synchromesh.engine.matching.postings import Postings
from synchromesh.engine.matching.word_kernel import WordKernel


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
class LabelRows:
    """The labels of several concepts, in the order in which they were given, those without words left out.

    A word that a label repeats stands there once.
    """

    words: Ints  # numbers of words, one label after the other
    sizes: Ints  # (labels,) how many words each label has
    labels: Ints  # (concepts,) how many labels each concept has


class LexicalIndex:
    """Scores texts against the labels of concepts.

    One index serves one thread at a time: it keeps what it found out about words and writes while it scores. Threads
    that need one at once each make their own over the same arrays, which are never written.
    """

    def __init__(self, arrays: LexicalArrays) -> None:
        self._arrays = arrays
        self._words: list[str] = arrays.vocabulary.tolist()
        # Labels as evidence reads them: without empty ones and without words that a label repeats.
        self._label_word = arrays.label_word[arrays.label_word_is_new]
        starts = np.concatenate(([0], np.cumsum(arrays.label_word_is_new)))[arrays.label_start]
        sizes = np.diff(starts)
        self._label_size = sizes[sizes > 0]
        self._word_start = np.concatenate(([0], np.cumsum(self._label_size)))
        before = np.concatenate(([0], np.cumsum(sizes > 0)))
        self._label_start = before[np.append(arrays.concept_start, len(sizes))]
        self._kernel = WordKernel(arrays)
        self._postings = Postings.of_labels(arrays)

    def score(self, folded: Sequence[str]) -> LexicalScores:
        """Score the folded words of one text against every concept. The order of the words does not matter."""
        [found] = self.score_each([folded])
        return found

    def score_each(self, texts: Sequence[Sequence[str]]) -> Iterator[LexicalScores]:
        """Score several texts, which is quicker than one by one."""
        for found in self._kernel.compare(texts):
            cosine, first = self._postings.highest_and_first(found.related, found.products)
            rarity = self._arrays.word_rarity[found.forms]
            coverage, exact = self._postings.highest(found.forms, found.likeness * rarity, found.same * rarity)
            yield LexicalScores(cosine=cosine, first=first, coverage=coverage, exact=exact)

    def coverage_of_each(self, texts: Sequence[Sequence[str]]) -> Floats:
        """The coverage alone (texts x concepts), which is several times quicker to tell."""
        rows = [
            self._postings.highest(found.forms, found.likeness * self._arrays.word_rarity[found.forms])[0]
            for found in self._kernel.compare(texts)
        ]
        return np.stack(rows)

    @property
    def vocabulary(self) -> Sequence[str]:
        """The folded words of labels by their numbers."""
        return self._words

    @property
    def words_of_first_labels(self) -> Ints:
        """How many words the first label of each concept has."""
        arrays = self._arrays
        return arrays.label_start[arrays.concept_start + 1] - arrays.label_start[arrays.concept_start]

    def labels_of(self, concepts: Ints) -> LabelRows:
        """The labels of some concepts by their numbers."""
        first = self._label_start[concepts]
        labels = self._label_start[concepts + 1] - first
        rows = ranges(first, labels)
        sizes = self._label_size[rows]
        return LabelRows(words=self._label_word[ranges(self._word_start[rows], sizes)], sizes=sizes, labels=labels)


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
