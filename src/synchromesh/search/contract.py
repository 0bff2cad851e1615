"""What goes into the index and what comes out: the types that every backend and every app with documents shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One record as the search sees it.

    `kind` is "role", "skill", "course" or "organisation"; `uid` is unique within the kind. `titles` maps language codes
    to titles; the code "" holds a name, which is the same in every language. `labels` are other words for it, `texts`
    its remaining text, each by language code ("" where the language is not known). `languages` are those a course is
    taught in, for other kinds those of the titles. `filters` holds further values to choose and count by, by the name
    of the filter: codes or slugs, never moments. `numbers` holds whole numbers to order, to choose and to count by, by
    name: days since 1970-01-01, cents, minutes. What is unknown is left out, never 0.
    """

    kind: str
    uid: str
    slug: str
    titles: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def facets(self) -> frozenset[tuple[str, str]]:
        """Every (filter, value) under which this document is counted, besides its kind."""
        languages = {("language", code) for code in self.languages}
        return frozenset(languages | {(name, value) for name, values in self.filters.items() for value in values})


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Numbers from `least` to `most`, both included; None is no limit. What has no such number is in no range."""

    least: int | None = None
    most: int | None = None

    def has(self, number: int | None) -> bool:
        """Whether a number, None where it is unknown, lies in the range."""
        if number is None:
            return False
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A filter whose values are ranges of a number: {"this-month": Range(...)}; ranges may overlap.

    `unknown` is the value of what has no such number, None if that is not counted and cannot be chosen.
    """

    number: str
    ranges: Mapping[str, Range]
    unknown: str | None = None

    def values_of(self, number: int | None) -> tuple[str, ...]:
        """The values under which a number counts."""
        if number is None:
            return () if self.unknown is None else (self.unknown,)
        return tuple(value for value, band in self.ranges.items() if band.has(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How hits are ordered: by a number, what has none last, ties by kind and slug."""

    number: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backend is asked for: folded words (see `analysis`), all of which must match; without any, everything.

    `tolerant` lets words match that are spelled nearly so. No `kinds` means all of them. `chosen` has the values chosen
    of each filter: one of them must apply, of every filter named. `within` are ranges of numbers that must hold and
    belong to no filter. `bands` describes the filters whose values are ranges. `meant` are (filter, value) pairs that
    stand for what the words mean, with a weight from 0 to 1: a document with one of them matches too, after all those
    that have the words, in the order of the sum of its weights. `counted` names the filters to count, None for all. No
    `order` means best first, or by kind and slug where there is no word.
    """

    words: tuple[str, ...] = ()
    language: str = "en"
    kinds: tuple[str, ...] = ()
    limit: int = 20
    offset: int = 0
    tolerant: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, Range] = field(default_factory=dict)
    bands: Mapping[str, Bands] = field(default_factory=dict)
    meant: Mapping[tuple[str, str], float] = field(default_factory=dict)
    counted: tuple[str, ...] | None = None
    order: Order | None = None


class FoundBy(StrEnum):
    """Why a record is among the hits: it has the words, similar words, or what the words mean."""

    WORDS = "words"
    SIMILAR = "similar"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that matches. `language` is the language of `title`, which may not be the one asked for.

    `because` has the (filter, value) pair by which a hit was found by meaning.
    """

    kind: str
    uid: str
    slug: str
    title: str
    language: str
    found_by: FoundBy = FoundBy.WORDS
    because: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The hits asked for, how many match in all, and how many of those have each value of each filter.

    `exact` is False when nothing matched as it was typed and similar spellings were tried as well. `filters` always has
    "kind" and "language", unless other filters were asked for. The counts of a filter leave its own choice aside, so
    that a reader sees what its other values would give (for "kind" that is `Wanted.kinds`). `without` has, for each
    filter with a choice, how many would match in all if that choice were taken away. `by_words` is how many of `total`
    have the words themselves; the others were found by meaning. Values come most frequent first.
    """

    total: int
    exact: bool
    hits: tuple[Hit, ...]
    filters: dict[str, dict[str, int]]
    without: dict[str, int] = field(default_factory=dict)
    by_words: int = 0


class IndexUnusableError(Exception):
    """The index is missing, broken or of another version of the product. The remedy is to rebuild it."""


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts above 0, most frequent first, ties by value."""
    return dict(sorted(((value, n) for value, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))
