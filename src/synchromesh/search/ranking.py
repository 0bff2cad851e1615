"""Which texts of a document are searched, and how much each way of matching is worth: one rule for all backends.

A document's score is the sum over the words of the query of the sum over the clauses that match, each worth its weight
times 1, or times BM25 where the clause says so (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond", Foundations and Trends in Information Retrieval 3 (2009), 333-389). Clauses add up, so that a word
matching as typed also earns what its stem and its beginning earn: as typed always outranks nearly.

The field `text` has everything that is searched, titles and labels too, but only as stems and as parts of compounds:
whether a document has a word is decided there (`Clause.decides`), which is what counts need to know. `title` and
`label` have the words as they are written beside their stems, and say how much a document is about the word. Stems and
parts carry the language of their text, so that an ending is only taken off a word in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import has_stems, stem_of, tolerance, words_of
from synchromesh.search.compounds import LINKS, Parts
from synchromesh.search.contract import Document, Wanted

TEXT = "text"
FIELDS: dict[str, float] = {"title": 5.0, "label": 4.0, TEXT: 1.0}
"""The fields that hold terms, with their boost."""

COMMON = 100
"""A last word that so many documents have is meant as it stands, and not as the beginning of others."""

# Both chosen on the tuning half of the judged queries (benchmarks/search/JUDGED.md).
FURTHER_MEANINGS = 0.7
"""What a pair of the meaning is worth beside the one that weighs most."""
MEANT_AS_WELL = 20.0
"""What has the words earns its meaning so many times beside them; it decides between those that have them alike."""

_MOST_REMEMBERED = 200_000
_STEM, _PREFIX, _PART, _NEAR = 0.5, 0.1, 0.05, {1: 0.5, 2: 0.25}
_NO_STEMS = ""
_CODE = re.compile(r"[A-Za-z0-9-]*")

_NAMES = ("title", "label")
"""Fields that have words as they are written, which may be begun or misspelled. In long texts some word is always
spelled nearly so and means another thing: "packed" for "hacked"."""

IsCommon = Callable[[Sequence[str]], bool]
"""Whether terms of the field of all texts have `COMMON` documents or more, each counted for itself."""


class Match(Enum):
    """How the text of a clause is compared with the terms of a field."""

    TERM = auto()
    CONSTANT = auto()
    PREFIX = auto()
    NEAR = auto()


class Clause(NamedTuple):
    """One way for a word to match. Only TERM is weighed by BM25; `distance` belongs to NEAR.

    What matches at all is what matches in one of the clauses that decide; the others only add to the score. What has a
    clause's term has `within` in the field of all texts too, so that no document has the one where none has the other.
    """

    field: str
    text: str
    match: Match
    weight: float
    distance: int = 0
    decides: bool = True
    within: str = ""


def meaning_score(weights: Sequence[float]) -> float:
    """What a document earns by its pairs of the meaning."""
    greatest = max(weights, default=0.0)
    return greatest + FURTHER_MEANINGS * (sum(weights) - greatest)


def stem_term(word: str, language: str) -> str:
    """The term for the stem of a folded word, for the word itself in a language without stems; no word has a colon."""
    return f":{language}:{stem_of(word, language)}" if has_stems(language) else f":{_NO_STEMS}:{word}"


def part_term(part: str, language: str) -> str:
    """The term for a part of a compound."""
    return f";{language}:{stem_of(part, language)}"


def field_terms(document: Document, parts: Parts) -> dict[str, list[str]]:
    """The terms of each field of a single document."""
    return {name: terms.split() for name, terms in Terms(parts).of_fields(document).items()}


class Terms:
    """Makes the terms of documents; it remembers what it made of a word, so one is made for many documents.

    Terms have letters, digits, colons and semicolons, nothing else. Raises ValueError for a code of a language with
    other signs (a bug).
    """

    def __init__(self, parts: Parts) -> None:
        self._of = _Languages(parts)

    @property
    def languages(self) -> set[str]:
        """The `written_languages` of all documents so far."""
        return {code for code in self._of if _makes_a_difference(code)}

    def of_fields(self, document: Document) -> dict[str, str]:
        """The terms of each field, with spaces between them."""
        titles: list[str] = []
        labels: list[str] = []
        texts: list[str] = []
        for code, title in document.titles.items():
            stems, named = self._of[code]
            words = title.split()
            texts += map(stems.__getitem__, words)
            titles += map(named.__getitem__, words)
        for code, of_language in document.labels.items():
            stems, named = self._of[code]
            for label in of_language:
                words = label.split()
                texts += map(stems.__getitem__, words)
                labels += map(named.__getitem__, words)
        for code, text in document.texts.items():
            stems, _named = self._of[code]
            texts += map(stems.__getitem__, text.split())
        return {"title": " ".join(titles), "label": " ".join(labels), TEXT: " ".join(texts)}


class _Languages(dict[str, "tuple[_Stems, _Named]"]):
    """What is remembered of each language."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def __missing__(self, language: str) -> tuple[_Stems, _Named]:
        if not _CODE.fullmatch(language):
            raise ValueError(f"There is no language '{language}'.")
        stems = _Stems(language, self._parts)
        self[language] = stems, _Named(stems)
        return self[language]


class _Stems(dict[str, str]):
    """What is written between two spaces, with the stems and parts of its words ("" where it has no word)."""

    def __init__(self, language: str, parts: Parts) -> None:
        super().__init__()
        self._language, self._parts = language, parts

    def __missing__(self, written: str) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        terms = []
        for word in words_of(fold(written)):
            terms.append(stem_term(word, self._language))
            terms += [part_term(part, self._language) for part in self._parts.split(word, self._language)]
        self[written] = " ".join(terms)
        return self[written]


class _Named(dict[str, str]):
    """The same with the words themselves."""

    def __init__(self, stems: _Stems) -> None:
        super().__init__()
        self._stems = stems

    def __missing__(self, written: str) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[written] = " ".join([*words_of(fold(written)), self._stems[written]])
        return self[written]


def written_languages(document: Document) -> set[str]:
    """The languages of its texts, as far as they make a difference to a query."""
    codes = {code for texts in (document.titles, document.labels, document.texts) for code in texts}
    return {code for code in codes if _makes_a_difference(code)}


def _makes_a_difference(language: str) -> bool:
    return has_stems(language) or language in LINKS


def clauses(wanted: Wanted, languages: Iterable[str], is_common: IsCommon) -> list[list[Clause]]:
    """For each word of the query the ways in which it may match; at least one that decides must.

    `languages` are the `written_languages` of all documents.
    """
    last = len(wanted.words) - 1
    known = sorted(languages)
    return [
        list(_clauses_of(word, wanted, known, is_common if place == last else None))
        for place, word in enumerate(wanted.words)
    ]


def _clauses_of(word: str, wanted: Wanted, known: list[str], is_common: IsCommon | None) -> Iterator[Clause]:
    """Of the last word, the only one with `is_common`, also those in which it is only begun."""
    stems = dict.fromkeys(stem_term(word, code) for code in [*known, _NO_STEMS] if has_stems(code) or not code)
    parts = [part_term(word, code) for code in known if code in LINKS]
    ways = [(stem, Match.TERM, 1.0, _STEM) for stem in stems]
    ways += [(part, Match.CONSTANT, _PART, _PART) for part in parts]
    for text, match, share, _ in ways:
        yield Clause(TEXT, text, match, FIELDS[TEXT] * share)
    for field in _NAMES:
        boost = FIELDS[field]
        yield Clause(field, word, Match.TERM, boost, decides=False)
        for text, match, _, share in ways:
            yield Clause(field, text, match, boost * share, decides=False, within=text)
    if is_common and (wanted.tolerant or not is_common(list(stems))):
        yield from _begun(word, wanted.language)
    if wanted.tolerant:
        yield from _near(word, word, share=1.0)
        if has_stems(wanted.language):
            yield from _near(word, stem_term(word, wanted.language), share=_STEM)


def _begun(word: str, language: str) -> Iterator[Clause]:
    """In long texts, which have no words but stems, only in the language of the reader."""
    for field in _NAMES:
        yield Clause(field, word, Match.PREFIX, FIELDS[field] * _PREFIX)
    for code in dict.fromkeys((language if has_stems(language) else _NO_STEMS, _NO_STEMS)):
        yield Clause(TEXT, f":{code}:{word}", Match.PREFIX, FIELDS[TEXT] * _PREFIX)


def _near(word: str, text: str, *, share: float) -> Iterator[Clause]:
    for field in _NAMES:
        for distance in range(1, tolerance(word) + 1):
            weight = FIELDS[field] * _NEAR[distance] * share
            yield Clause(field, text, Match.NEAR, weight, distance)
