"""Which texts of a document are searched, and how much each way of matching is worth: one rule for all backends.

A document's score is the sum over the words of the query of the sum over the clauses that match, each worth its weight
times 1, or times BM25 where the clause says so (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond", Foundations and Trends in Information Retrieval 3 (2009), 333-389). Clauses add up, so that a word
matching as typed also earns what its stem and its beginning earn: as typed always outranks nearly.

Each field holds three sorts of terms: words, which are the same in every language; stems, which carry the language of
their text, so that an ending is only taken off a word in its own language; and parts of compounds, likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import has_stems, stem_of, tolerance, words_of
from synchromesh.search.compounds import LINKS, Parts
from synchromesh.search.contract import Document, Wanted

FIELDS: dict[str, float] = {"title": 5.0, "label": 4.0, "text": 1.0}
"""The fields that hold words, with their boost."""

_MOST_REMEMBERED = 200_000
_STEM, _PREFIX, _PART, _NEAR = 0.5, 0.1, 0.05, {1: 0.5, 2: 0.25}

_NEAR_FIELDS = ("title", "label")
"""Fields in which words may be misspelled. In long texts some word is always spelled nearly so and means another thing:
"packed" for "hacked"."""


class Match(Enum):
    """How the text of a clause is compared with the terms of a field."""

    TERM = auto()
    CONSTANT = auto()
    PREFIX = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One way for a word to match. Only TERM is weighed by BM25; `distance` belongs to NEAR."""

    field: str
    text: str
    match: Match
    weight: float
    distance: int = 0


def stem_term(word: str, language: str) -> str:
    """The term for the stem of a folded word; no word has a colon."""
    return f":{language}:{stem_of(word, language)}"


def part_term(part: str, language: str) -> str:
    """The term for a part of a compound."""
    return f";{language}:{stem_of(part, language)}"


def field_terms(document: Document, parts: Parts) -> dict[str, list[str]]:
    """The terms of each field of a single document."""
    return {name: terms.split() for name, terms in Terms(parts).of_fields(document).items()}


class Terms:
    """Makes the terms of documents; it remembers what it made of a word, so one is made for many documents."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._further: dict[str, _Further] = {}

    def of_fields(self, document: Document) -> dict[str, str]:
        """The terms of each field, with spaces between them."""
        return {
            "title": " ".join([self._of_text(code, title) for code, title in document.titles.items()]),
            "label": " ".join([self._of_text(code, text) for code, texts in document.labels.items() for text in texts]),
            "text": " ".join([self._of_text(code, text) for code, text in document.texts.items()]),
        }

    def _of_text(self, language: str, text: str) -> str:
        further = self._further.get(language)
        if further is None or len(further) > _MOST_REMEMBERED:
            further = self._further[language] = _Further(language, self._parts)
        words = words_of(fold(text))
        return " ".join(words) + "".join([further[word] for word in words])


class _Further(dict[str, str]):
    """What a word of a language gives beside itself: its stem and its parts, each with a space before it."""

    def __init__(self, language: str, parts: Parts) -> None:
        super().__init__()
        self._language, self._parts = language, parts

    def __missing__(self, word: str) -> str:
        terms = [stem_term(word, self._language)] if has_stems(self._language) else []
        terms += [part_term(part, self._language) for part in self._parts.split(word, self._language)]
        self[word] = "".join(f" {term}" for term in terms)
        return self[word]


def written_languages(document: Document) -> set[str]:
    """The languages of its texts, as far as they make a difference to a query."""
    codes = {code for texts in (document.titles, document.labels, document.texts) for code in texts}
    return {code for code in codes if has_stems(code) or code in LINKS}


def clauses(wanted: Wanted, languages: Iterable[str]) -> list[list[Clause]]:
    """For each word of the query the ways in which it may match; at least one must.

    `languages` are the `written_languages` of all documents.
    """
    last = len(wanted.words) - 1
    known = sorted(languages)
    return [list(_clauses_of(word, wanted, known, is_last=place == last)) for place, word in enumerate(wanted.words)]


def _clauses_of(word: str, wanted: Wanted, languages: Iterable[str], *, is_last: bool) -> Iterator[Clause]:
    terms = [(word, Match.TERM, 1.0)]
    terms += [(stem_term(word, code), Match.TERM, _STEM) for code in languages if has_stems(code)]
    terms += [(part_term(word, code), Match.CONSTANT, _PART) for code in languages if code in LINKS]
    if is_last:
        terms.append((word, Match.PREFIX, _PREFIX))
    for field, boost in FIELDS.items():
        for text, match, share in terms:
            yield Clause(field=field, text=text, match=match, weight=boost * share)
    if wanted.tolerant:
        yield from _near(word, word, share=1.0)
        if has_stems(wanted.language):
            yield from _near(word, stem_term(word, wanted.language), share=_STEM)


def _near(word: str, text: str, *, share: float) -> Iterator[Clause]:
    for field in _NEAR_FIELDS:
        for distance in range(1, tolerance(word) + 1):
            weight = FIELDS[field] * _NEAR[distance] * share
            yield Clause(field=field, text=text, match=Match.NEAR, weight=weight, distance=distance)
