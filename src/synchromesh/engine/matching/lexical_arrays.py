"""The labels of a vocabulary as bags of character n-grams, in arrays that are built once, stored and read again."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.matching.words import words

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
SHORTEST, LONGEST = 3, 5  # length of an n-gram, counting the blanks around a word
_LABELS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalArrays:
    """What the index is made of.

    `label_*` are rows of labels (CSR over distinct words), sorted by concept; `gram_*` are the postings of n-grams
    over distinct words; `concept_start` (concepts,) is the first label row of each concept.
    """

    vocabulary: NDArray[np.str_]  # distinct words, sorted
    grams: NDArray[np.str_]  # distinct n-grams, sorted
    gram_start: Ints  # (grams + 1,)
    gram_word: Ints  # postings: word numbers
    gram_weight: Floats  # postings: tf x idf
    gram_idf: Floats  # (grams,)
    word_length: Floats  # (words,) length of the word's vector
    word_rarity: Floats  # (words,) idf of the word among labels
    label_start: Ints  # (labels + 1,)
    label_word: Ints  # word numbers of a label
    label_length: Floats  # (labels,) length of the label's vector
    label_rarity: Floats  # (labels,) sum of rarities
    concept_start: Ints  # (concepts,)


def word_grams(word: str) -> list[str]:
    """The n-grams of a word with a blank on both sides; a word that is too short for any gives itself."""
    padded = f" {word} "
    found = [padded[at : at + size] for size in range(SHORTEST, LONGEST + 1) for at in range(len(padded) - size + 1)]
    return found or [padded]


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """The numbers start, start + 1, ... of several ranges in one array."""
    total = int(sizes.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    return np.arange(total) + offsets


def build_lexical_arrays(labels_by_concept: Sequence[Sequence[str]]) -> LexicalArrays:
    """Index the labels of concepts; the first label of each is the preferred one. A label without words stays empty."""
    label_words: list[list[str]] = []
    concept_start = []
    for labels in labels_by_concept:
        concept_start.append(len(label_words))
        label_words += [[word.folded for word in words(label)] for label in (labels or [""])]
    vocabulary = sorted({word for row in label_words for word in row}) or [""]
    number = {word: at for at, word in enumerate(vocabulary)}
    label_start = _starts([len(row) for row in label_words])
    label_word = np.array([number[word] for row in label_words for word in row], dtype=np.int32)
    row_of = np.repeat(np.arange(len(label_words)), np.diff(label_start))
    grams, word_gram_start, word_gram, word_gram_count = _grams_of_words(vocabulary)
    spread = _Spread(label_start, label_word, word_gram_start, word_gram, word_gram_count, len(grams))
    idf = np.log((1 + len(label_words)) / (1 + spread.labels_per_gram())) + 1
    weight = (word_gram_count * idf[word_gram]).astype(np.float32)
    word_of = np.repeat(np.arange(len(vocabulary)), np.diff(word_gram_start))
    by_gram = np.argsort(word_gram, kind="stable")
    holding = np.bincount(label_word, minlength=len(vocabulary))
    rarity = np.log((1 + len(label_words)) / (1 + holding)) + 1
    return LexicalArrays(
        vocabulary=np.array(vocabulary, dtype=np.str_),
        grams=np.array(grams, dtype=np.str_),
        gram_start=_starts(np.bincount(word_gram, minlength=len(grams))),
        gram_word=word_of[by_gram].astype(np.int32),
        gram_weight=weight[by_gram],
        gram_idf=idf.astype(np.float32),
        word_length=np.sqrt(np.bincount(word_of, weights=weight**2, minlength=len(vocabulary))).astype(np.float32),
        word_rarity=rarity.astype(np.float32),
        label_start=label_start,
        label_word=label_word,
        label_length=spread.label_lengths(idf),
        label_rarity=np.bincount(row_of, weights=rarity[label_word], minlength=len(label_words)).astype(np.float32),
        concept_start=np.array(concept_start, dtype=np.int32),
    )


def store_lexical_arrays(path: Path, arrays: LexicalArrays) -> None:
    """Write the arrays to one .npz file so that a reader sees the whole file or none, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, **{one.name: getattr(arrays, one.name) for one in fields(arrays)})
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def load_lexical_arrays(path: Path) -> LexicalArrays:
    """Read what `store_lexical_arrays` wrote. Raises InvalidInput when it is not such a file.

    That the arrays belong to a vocabulary is for the caller to see to, by the file's name.
    """
    wanted = {one.name for one in fields(LexicalArrays)}
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return LexicalArrays(**{name: stored[name] for name in sorted(wanted)})
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile) as error:
        raise InvalidInput(f"{path} holds no index of labels ({error}). Delete it; it is made again.") from error


def _starts(counts: Sequence[int] | Ints) -> Ints:
    starts = np.zeros(len(counts) + 1, dtype=np.int32)
    starts[1:] = np.cumsum(counts)
    return starts


def _grams_of_words(vocabulary: Sequence[str]) -> tuple[list[str], Ints, Ints, Floats]:
    """Distinct n-grams, and for each word its n-grams with their counts, as CSR."""
    counted = [Counter(word_grams(word)) for word in vocabulary]
    grams = sorted(set().union(*counted))
    number = {gram: at for at, gram in enumerate(grams)}
    word_gram = np.array([number[gram] for row in counted for gram in row], dtype=np.int32)
    counts = np.array([count for row in counted for count in row.values()], dtype=np.float32)
    return grams, _starts([len(row) for row in counted]), word_gram, counts


@dataclass(frozen=True, slots=True)
class _Spread:
    """Labels as bags of n-grams, spread out some thousand at a time so that memory stays flat."""

    label_start: Ints
    label_word: Ints
    gram_start: Ints
    word_gram: Ints
    count: Floats
    grams: int

    def labels_per_gram(self) -> Floats:
        found = np.zeros(self.grams)
        for _first, _last, _row, gram, _count in self._chunks():
            found += np.bincount(gram, minlength=self.grams)
        return found

    def label_lengths(self, idf: Floats) -> Floats:
        lengths = np.zeros(len(self.label_start) - 1, dtype=np.float32)
        for first, last, row, gram, count in self._chunks():
            squares = np.bincount(row - first, weights=(count * idf[gram]) ** 2, minlength=last - first)
            lengths[first:last] = np.sqrt(squares)
        return lengths

    def _chunks(self) -> Iterator[tuple[int, int, Ints, Ints, NDArray[np.float64]]]:
        """First and last label of a chunk; then label, n-gram and count of each distinct pair in it."""
        labels = len(self.label_start) - 1
        for first in range(0, labels, _LABELS_AT_ONCE):
            last = min(first + _LABELS_AT_ONCE, labels)
            held = self.label_word[self.label_start[first] : self.label_start[last]]
            sizes = np.diff(self.label_start[first : last + 1])
            per_word = np.diff(self.gram_start)[held]
            at = ranges(self.gram_start[held], per_word)
            row: NDArray[np.int64] = np.repeat(np.repeat(np.arange(first, last), sizes), per_word)
            keys, inverse = np.unique(row * self.grams + self.word_gram[at], return_inverse=True)
            counts = np.bincount(inverse, weights=self.count[at], minlength=len(keys)).astype(np.float64)
            yield first, last, keys // self.grams, keys % self.grams, counts
