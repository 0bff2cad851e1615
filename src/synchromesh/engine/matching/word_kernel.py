"""What the words of texts have in common with the words of labels, by character n-grams.

For words of labels that was found out when the arrays were built, so most words of a text are looked up. All texts of a
call are looked up together: what one word needs is little, and calling numpy for it would cost more.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.lexical_arrays import (
    Floats,
    Ints,
    LexicalArrays,
    ranges,
    related_words,
    word_grams,
)

_MOST_CACHED_WORDS = 4096
_WORDS_AT_ONCE = 16
_ALIKE = np.float32(0.45)  # from here two words count as forms of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Words of labels that have something in common with a text.

    `related` share n-grams, `products` are their inner products with the text, by the length of the text's vector;
    `forms` are forms of a word of the text, `likeness` is their cosine with the likest one; `same` tells which of them
    are words of the text themselves.
    """

    related: Ints
    products: Floats
    forms: Ints
    likeness: Floats
    same: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stranger:
    """What `WordKernel` needs of a word that no label has; kept from one text to the next."""

    related: Ints
    products: Floats
    alike: Ints
    likeness: Floats
    grams: Ints  # its n-grams that labels hold,
    weights: Floats  # and their tf x idf
    strange: tuple[tuple[str, int], ...]  # its other n-grams with their counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The distinct words of several texts, one text after the other, each text's sorted; a column for each word."""

    texts: int
    text: Ints
    count: NDArray[np.float32]
    known: Ints  # columns of words that labels have,
    number: Ints  # and their numbers
    strangers: Sequence[tuple[int, _Stranger]]  # columns of other words


class WordKernel:
    """Compares words of texts with the words of labels. It keeps what it found out about words that labels lack."""

    def __init__(self, arrays: LexicalArrays) -> None:
        self._arrays = arrays
        self._gram_number = {gram: at for at, gram in enumerate(arrays.grams.tolist())}
        self._word_number = {word: at for at, word in enumerate(arrays.vocabulary.tolist())}
        self._rare = float(arrays.gram_idf.max(initial=1.0))
        self._remembered: OrderedDict[str, _Stranger] = OrderedDict()
        owner = np.repeat(np.arange(len(arrays.vocabulary)), np.diff(arrays.related_start))
        likeness = arrays.related_product / (arrays.word_length[arrays.related_word] * arrays.word_length[owner])
        alike = likeness >= _ALIKE
        self._alike_start = np.concatenate(([0], np.cumsum(alike)))[arrays.related_start]
        self._alike = arrays.related_word[alike]
        self._likeness = likeness[alike]

    def compare(self, texts: Sequence[Sequence[str]]) -> list[Compared]:
        """Compare the folded words of each text. What comes of one text depends on no other."""
        asked = self._ask(texts)
        arrays = self._arrays
        column, related, products = _looked_up(
            asked,
            arrays.related_start,
            (arrays.related_word, arrays.related_product),
            lambda one: (one.related, one.products),
        )
        products *= (asked.count / self._lengths(asked)[asked.text])[column]
        parts = np.searchsorted(asked.text[column], np.arange(asked.texts + 1))
        forms, likeness, same, form_parts = self._forms(asked)
        return [
            Compared(
                related=related[first:last],
                products=products[first:last],
                forms=forms[begin:end],
                likeness=likeness[begin:end],
                same=same[begin:end],
            )
            for first, last, begin, end in zip(parts[:-1], parts[1:], form_parts[:-1], form_parts[1:], strict=True)
        ]

    def _ask(self, texts: Sequence[Sequence[str]]) -> _Asked:
        """Sorted, so that sums of single precision come out the same for every order of the words."""
        counted = [sorted(Counter(folded).items()) for folded in texts]
        words = [word for row in counted for word, _count in row]
        number = np.array([self._word_number.get(word, -1) for word in words], dtype=np.int64)
        known = (number >= 0).nonzero()[0]
        others = (number < 0).nonzero()[0].tolist()
        strangers = self._strangers([words[at] for at in others])
        return _Asked(
            texts=len(texts),
            text=np.repeat(np.arange(len(texts)), [len(row) for row in counted]),
            count=np.array([count for row in counted for _word, count in row], dtype=np.float32),
            known=known,
            number=number[known],
            strangers=[(at, strangers[words[at]]) for at in others],
        )

    def _lengths(self, asked: _Asked) -> NDArray[np.float32]:
        """Length of each text's TF-IDF vector; n-grams that no label holds count as the rarest that one does."""
        arrays = self._arrays
        column, grams, weights = _looked_up(
            asked,
            arrays.word_gram_start,
            (arrays.word_gram, arrays.word_gram_weight),
            lambda one: (one.grams, one.weights),
        )
        key = asked.text[column] * len(arrays.grams) + grams
        order = np.argsort(key, kind="stable")
        begin = _begin(key[order])
        sums = (
            np.add.reduceat((weights * asked.count[column])[order].astype(np.float64), begin) if len(begin) else begin
        )
        squares = np.bincount(asked.text[column[order[begin]]], weights=sums**2, minlength=asked.texts)
        strange: Counter[tuple[int, str]] = Counter()
        for at, stranger in asked.strangers:
            for gram, count in stranger.strange:
                strange[int(asked.text[at]), gram] += count * int(asked.count[at])
        for (text, _gram), count in strange.items():
            squares[text] += (count * self._rare) ** 2
        return np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)

    def _forms(self, asked: _Asked) -> tuple[Ints, Floats, NDArray[np.bool_], Ints]:
        """Forms of each text's words, how alike the likest word is, whether it is the same, and where texts begin."""
        size = len(self._arrays.vocabulary)
        column, words, likeness = _looked_up(
            asked, self._alike_start, (self._alike, self._likeness), lambda one: (one.alike, one.likeness)
        )
        key = asked.text[column] * size + words
        order = np.argsort(key, kind="stable")
        begin = _begin(key[order])
        forms = key[order][begin]
        best = np.maximum.reduceat(likeness[order], begin) if len(begin) else likeness
        same = np.isin(forms, asked.text[asked.known] * size + asked.number, assume_unique=True)
        return forms % size, best, same, np.searchsorted(forms, np.arange(asked.texts + 1) * size)

    def _strangers(self, words: Sequence[str]) -> dict[str, _Stranger]:
        """What is known of words that labels lack; new ones are compared together."""
        new = [word for word in dict.fromkeys(words) if word not in self._remembered]
        for start in range(0, len(new), _WORDS_AT_ONCE):
            self._remember(new[start : start + _WORDS_AT_ONCE])
        found = {}
        for word in words:
            found[word] = self._remembered[word]
            self._remembered.move_to_end(word)
        while len(self._remembered) > _MOST_CACHED_WORDS:
            self._remembered.popitem(last=False)
        return found

    def _remember(self, words: Sequence[str]) -> None:
        arrays = self._arrays
        bags = [Counter(word_grams(word)) for word in words]
        known = [[number for gram in bag if (number := self._gram_number.get(gram)) is not None] for bag in bags]
        counts = [count for bag in bags for gram, count in bag.items() if gram in self._gram_number]
        strange = [tuple((gram, count) for gram, count in bag.items() if gram not in self._gram_number) for bag in bags]
        starts = np.cumsum([0, *map(len, known)])
        grams = np.array([number for numbers in known for number in numbers], dtype=np.int64)
        weights = np.array(counts, dtype=np.float32) * arrays.gram_idf[grams]
        rare = [sum((count * self._rare) ** 2 for _gram, count in several) for several in strange]
        squares = np.bincount(
            np.repeat(np.arange(len(words)), np.diff(starts)), weights=weights**2, minlength=len(words)
        )
        lengths = np.sqrt(squares + rare).astype(np.float32)
        begins, related, products = related_words(arrays, starts, grams, weights, lengths)
        likeness = products / (arrays.word_length[related] * np.repeat(lengths, np.diff(begins)))
        for at, word in enumerate(words):
            own, held = slice(begins[at], begins[at + 1]), slice(starts[at], starts[at + 1])
            alike = likeness[own] >= _ALIKE
            self._remembered[word] = _Stranger(
                related=related[own],
                products=products[own],
                alike=related[own][alike],
                likeness=likeness[own][alike],
                grams=grams[held],
                weights=weights[held],
                strange=strange[at],
            )


def _looked_up(
    asked: _Asked,
    start: Ints,
    columns: tuple[Ints, Floats],
    of_stranger: Callable[[_Stranger], tuple[Ints, Floats]],
) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """For each word that was asked for, its rows of a table (CSR) or what a stranger has instead.

    The column of the word, and the two columns of the table; in the order of the words.
    """
    first = start[asked.number].astype(np.int64)
    sizes = start[asked.number + 1] - first
    rows = ranges(first, sizes)
    others = [of_stranger(one) for _at, one in asked.strangers]
    column = np.repeat(
        np.concatenate([asked.known, np.array([at for at, _one in asked.strangers], dtype=np.int64)]),
        np.concatenate([sizes, np.array([len(numbers) for numbers, _values in others], dtype=np.int64)]),
    )
    order = np.argsort(column, kind="stable")
    numbers = np.concatenate([columns[0][rows], *(numbers for numbers, _values in others)])
    values = np.concatenate([columns[1][rows], *(values for _numbers, values in others)])
    return column[order], numbers[order].astype(np.int64), values[order].astype(np.float32)


def _begin(rising: Ints) -> Ints:
    """Where each distinct value of a rising array begins."""
    return np.concatenate(([True], rising[1:] != rising[:-1]))[: len(rising)].nonzero()[0]
