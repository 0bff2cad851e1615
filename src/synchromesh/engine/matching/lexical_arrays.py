"""The labels of a vocabulary as bags of character n-grams, in arrays that are built once, stored and read again."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
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
_WORDS_AT_ONCE = 16  # whose products with all others the processor's cache holds
_RELATED = np.float32(0.1)  # below, shared n-grams of two words are chance and only cost time
_LEAST_RARITY = 0.1
_LEAST = np.float32(1e-9)  # what shares nothing is never related
_NOTHING = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalArrays:
    """What the index is made of.

    `label_*` are rows of labels (CSR over distinct words), sorted by concept; `concept_start` (concepts,) is the first
    label row of each concept. `word_gram*` are the n-grams of each word (CSR), `gram_*` the words of each n-gram (CSR).
    `related_*` are, for each word (CSR), the words that share enough n-grams with it, itself among them.
    """

    vocabulary: NDArray[np.str_]  # distinct words, sorted
    grams: NDArray[np.str_]  # distinct n-grams, sorted
    gram_start: Ints  # (grams + 1,)
    gram_word: Ints  # postings: word numbers
    gram_weight: Floats  # postings: tf x idf
    gram_idf: Floats  # (grams,)
    word_gram_start: Ints  # (words + 1,)
    word_gram: Ints  # numbers of n-grams, each once a word
    word_gram_weight: Floats  # tf x idf
    word_length: Floats  # (words,) length of the word's vector
    word_rarity: Floats  # (words,) idf of the word among labels
    label_start: Ints  # (labels + 1,)
    label_word: Ints  # word numbers of a label,
    label_word_is_new: NDArray[np.bool_]  # and whether the label has not held the word before
    label_length: Floats  # (labels,) length of the label's vector
    label_rarity: Floats  # (labels,) sum of rarities
    label_repeats: NDArray[np.bool_]  # (labels,) whether the concept has the same words in a label before
    concept_start: Ints  # (concepts,)
    related_start: Ints  # (words + 1,)
    related_word: Ints  # word numbers, rising
    related_product: Floats  # inner products of the vectors of two words


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
    numbers: Ints = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    numbers += np.arange(total)
    return numbers


def build_lexical_arrays(labels_by_concept: Sequence[Sequence[str]]) -> LexicalArrays:
    """Index the labels of concepts; the first label of each is the preferred one. A label without words stays empty."""
    label_words: list[list[str]] = []
    repeats: list[bool] = []
    concept_start = []
    for labels in labels_by_concept:
        concept_start.append(len(label_words))
        rows = [[word.folded for word in words(label)] for label in (labels or [""])]
        label_words += rows
        repeats += _repeats(rows)
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
    # A word that labels repeat again and again counts for little, but for something.
    rarity = np.maximum(np.log((1 + len(label_words)) / (1 + holding)) + 1, _LEAST_RARITY)
    arrays = LexicalArrays(
        vocabulary=np.array(vocabulary, dtype=np.str_),
        grams=np.array(grams, dtype=np.str_),
        gram_start=_starts(np.bincount(word_gram, minlength=len(grams))),
        gram_word=word_of[by_gram].astype(np.int32),
        gram_weight=weight[by_gram],
        gram_idf=idf.astype(np.float32),
        word_gram_start=word_gram_start,
        word_gram=word_gram,
        word_gram_weight=weight,
        word_length=np.sqrt(np.bincount(word_of, weights=weight**2, minlength=len(vocabulary))).astype(np.float32),
        word_rarity=rarity.astype(np.float32),
        label_start=label_start,
        label_word=label_word,
        label_word_is_new=_first_of_each(row_of * len(vocabulary) + label_word),
        label_length=spread.label_lengths(idf),
        label_rarity=np.bincount(row_of, weights=rarity[label_word], minlength=len(label_words)).astype(np.float32),
        label_repeats=np.array(repeats, dtype=np.bool_),
        concept_start=np.array(concept_start, dtype=np.int32),
        related_start=_NOTHING,
        related_word=_NOTHING,
        related_product=_NOTHING.astype(np.float32),
    )
    return _relate_words(arrays)


def related_words(
    arrays: LexicalArrays, starts: Ints, grams: Ints, weights: Floats, lengths: Floats
) -> tuple[Ints, Ints, Floats]:
    """The words of labels that share enough n-grams with some words, and their inner products with them.

    `grams` are the numbers of a word's n-grams that labels hold (CSR with `starts`), `weights` their tf x idf;
    `lengths` are those of the words' vectors. What comes back is CSR again: starts, words, products.
    """
    size, count = len(arrays.word_length), len(lengths)
    first = arrays.gram_start[grams]
    sizes = arrays.gram_start[grams + 1] - first
    at = ranges(first, sizes)
    row = np.repeat(np.repeat(np.arange(count), np.diff(starts)), sizes)
    products = np.zeros((count, size), dtype=np.float32)
    np.add.at(
        products.reshape(-1), row * size + arrays.gram_word[at], arrays.gram_weight[at] * np.repeat(weights, sizes)
    )
    likeness = products / (arrays.word_length * lengths[:, None])
    found = (likeness.reshape(-1) >= max(_RELATED, _LEAST)).nonzero()[0]
    return np.searchsorted(found, np.arange(count + 1) * size), found % size, products.reshape(-1)[found]


def _repeats(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Whether the same words stand in a row before, in any order: "manage a team" beside "manage the team"."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for row in rows:
        key = tuple(sorted(row))
        found.append(key in seen)
        seen.add(key)
    return found


def _first_of_each(values: Ints) -> NDArray[np.bool_]:
    """Whether a value stands at its place for the first time."""
    is_first = np.zeros(len(values), dtype=np.bool_)
    is_first[np.unique(values, return_index=True)[1]] = True
    return is_first


def _relate_words(arrays: LexicalArrays) -> LexicalArrays:
    found = []
    for first in range(0, len(arrays.word_length), _WORDS_AT_ONCE):
        starts = arrays.word_gram_start[first : first + _WORDS_AT_ONCE + 1]
        held = slice(starts[0], starts[-1])
        lengths = arrays.word_length[first : first + _WORDS_AT_ONCE]
        found.append(related_words(arrays, starts, arrays.word_gram[held], arrays.word_gram_weight[held], lengths))
    return replace(
        arrays,
        related_start=_starts(np.concatenate([np.diff(starts) for starts, _related, _products in found])),
        related_word=np.concatenate([related for _starts, related, _products in found]).astype(np.int32),
        related_product=np.concatenate([products for _starts, _related, products in found]),
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
