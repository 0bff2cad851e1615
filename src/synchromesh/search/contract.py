"""What goes into the index and what comes out: the types that every backend and every app with documents shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One record as the search sees it.

    `kind` is "role", "skill", "course" or "organisation"; `uid` is unique within the kind. `titles` maps language codes
    to titles; the code "" holds a name, which is the same in every language. `labels` are other words for it, `body`
    the remaining text of all languages together. `languages` are those a course is taught in, for other kinds those of
    the titles. `filters` holds further values to count, by the name of the filter.
    """

    kind: str
    uid: str
    slug: str
    titles: Mapping[str, str]
    labels: tuple[str, ...] = ()
    body: str = ""
    languages: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def facets(self) -> frozenset[tuple[str, str]]:
        """Every (filter, value) under which this document is counted, besides its kind."""
        languages = {("language", code) for code in self.languages}
        return frozenset(languages | {(name, value) for name, values in self.filters.items() for value in values})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backend is asked for: folded words (see `analysis`), all of which must match.

    `tolerant` lets words match that are spelled nearly so. No `kinds` means all of them.
    """

    words: tuple[str, ...]
    language: str = "en"
    kinds: tuple[str, ...] = ()
    limit: int = 20
    offset: int = 0
    tolerant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that matches. `language` is the language of `title`, which may not be the one asked for."""

    kind: str
    uid: str
    slug: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The hits asked for, how many match in all, and how many of those have each value of each filter.

    `exact` is False when nothing matched as it was typed and similar spellings were tried as well. `filters` always has
    "kind" and "language". The counts of "kind" leave the choice of kinds aside, so that a reader sees what the other
    kinds would give; all other counts are over the `total` matches. Values come most frequent first.
    """

    total: int
    exact: bool
    hits: tuple[Hit, ...]
    filters: dict[str, dict[str, int]]


class IndexUnusableError(Exception):
    """The index is missing, broken or of another version of the product. The remedy is to rebuild it."""


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts above 0, most frequent first, ties by value."""
    return dict(sorted(((value, n) for value, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))
