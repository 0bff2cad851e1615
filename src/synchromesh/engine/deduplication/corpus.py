"""Courses prepared for comparison, and how much each word says in this catalogue.

A word that few courses use says more than one that all use (inverse document frequency, K. Spärck Jones, "A
statistical interpretation of term specificity and its application in retrieval", Journal of Documentation 28, 1972).
Weights are whole numbers, so that sums do not depend on the order of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from sys import intern
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.addresses import PageAddress, read_address
from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.titles import Title, fold_words, read_title
from synchromesh.engine.vocabulary.folding import fold

LONGEST_TEXT = 6000  # characters that count
_SHINGLE = 3  # words; short enough to survive a changed word nearby, long enough to be rare
_LEGAL_FORMS = frozenset({
    "ab", "ag", "as", "aps", "bv", "doo", "eg", "ev", "eood", "gbr", "gmbh", "inc", "kft", "kg", "llc", "ltd", "mbh",
    "nv", "ood", "oy", "oyj", "plc", "sa", "sarl", "sas", "se", "sia", "sl", "slu", "spa", "spzoo", "srl", "sro",
    "uab", "ug", "zoo",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """A course with what is compared taken out of it; `row` is its place in the corpus."""

    row: int
    course: CourseProfile
    title: Title
    plain_title: str
    provider: frozenset[str]
    address: PageAddress
    text: frozenset[str]
    shingles: NDArray[np.uint64]


@dataclass(slots=True)
class Corpus:
    """Courses in the order of their keys with the weights of words. Make it with `prepare`.

    `text_totals` holds for each course how much the words of its text say together, `minutes` from 0 to 1 how much it
    says that two courses take so long: half the courses of a catalogue may last a day.
    """

    courses: list[Prepared]
    title_words: Mapping[str, int] = field(default_factory=dict)
    text_words: Mapping[str, int] = field(default_factory=dict)
    provider_words: Mapping[str, int] = field(default_factory=dict)
    title_counts: Mapping[str, int] = field(default_factory=dict)
    text_totals: Sequence[int] = ()
    minutes: Mapping[int, float] = field(default_factory=dict)
    titles_on_page: Mapping[PageAddress, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def title_weight(self, words: Collection[str]) -> int:
        """How much words of a title say together."""
        return _sum(self.title_words, words)

    def text_weight(self, words: Collection[str]) -> int:
        """How much words of a text say together."""
        return _sum(self.text_words, words)

    def provider_weight(self, words: Collection[str]) -> int:
        """How much words of a provider's name say together."""
        return _sum(self.provider_words, words)


def prepare(courses: Sequence[CourseProfile]) -> Corpus:
    """Prepare courses, which must already be in the order of their keys."""
    prepared = [_prepared(row, course) for row, course in enumerate(courses)]
    title_counts = _counts(set(one.title.words) for one in prepared)
    names = {one.provider for one in prepared if one.provider}
    pages = {(one.address, one.title.words) for one in prepared if one.address.page}
    text_words = _weights(_counts(one.text for one in prepared), len(prepared))
    return Corpus(
        courses=prepared,
        title_counts=title_counts,
        title_words=_weights(title_counts, len(prepared)),
        text_words=text_words,
        text_totals=[_sum(text_words, one.text) for one in prepared],
        provider_words=_weights(_counts(names), len(names)),
        minutes=_telling_minutes(courses),
        titles_on_page=Counter(address for address, _ in pages),
        places=frozenset(word for course in courses for place in course.places for word in fold_words(place)),
    )


def provider_words(name: str) -> frozenset[str]:
    """The words of a provider's name without its legal form: "Akademie X e. V." gives "akademie" and "x"."""
    words = [word for word in fold_words(name[:200].replace(".", "")) if word not in _LEGAL_FORMS]
    return frozenset(word for word in words if len(word) > 1) or frozenset(words)


def _prepared(row: int, course: CourseProfile) -> Prepared:
    words = [intern(word) for word in fold_words(course.text[:LONGEST_TEXT])]  # one copy of each, not one per course
    return Prepared(
        row=row,
        course=course,
        title=read_title(course.title, course.language),
        plain_title=" ".join(fold(course.title).split())[:300],
        provider=provider_words(course.provider),
        address=read_address(course.address),
        text=frozenset(words),
        shingles=shingles(words),
    )


def shingles(words: Sequence[str]) -> NDArray[np.uint64]:
    """Numbers of the runs of three words, each once; of all words together where there are fewer."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    mixed = np.zeros(max(1, len(words) - _SHINGLE + 1), dtype=np.uint64)
    for offset in range(min(_SHINGLE, len(words))):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + numbers[offset : offset + len(mixed)]
    return np.unique(mixed)


def _counts(documents: Iterable[Collection[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words in documents:
        counts.update(words)
    return counts


def _weights(counts: Mapping[str, int], documents: int) -> dict[str, int]:
    by_count = {count: round(1000 * log2((documents + 1) / count)) + 200 for count in set(counts.values())}
    return {word: by_count[count] for word, count in counts.items()}


def _telling_minutes(courses: Sequence[CourseProfile]) -> dict[int, float]:
    counts = Counter(course.minutes for course in courses if course.minutes is not None)
    return {minutes: min(1.0, log2((len(courses) + 1) / count) / 10) for minutes, count in counts.items()}


def _sum(weights: Mapping[str, int], words: Collection[str]) -> int:
    return sum([weights[word] for word in words])
