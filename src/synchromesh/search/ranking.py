"""Which texts of a document are searched, and how much each way of matching is worth: one rule for all backends.

A document's score is the sum over the words of the query of the sum over the clauses that match, each worth its weight
times 1, or times BM25 where the clause says so (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond", Foundations and Trends in Information Retrieval 3 (2009), 333-389). Clauses add up, so that a word
matching as typed also earns what its stem and its beginning earn: as typed always outranks nearly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import stem_of, tolerance
from synchromesh.search.contract import Document, Wanted

WORD_FIELDS: dict[str, float] = {"title_words": 5.0, "label_words": 4.0, "body_words": 1.0}
"""Fields cut into plain words, with their boost."""

STEM_FIELDS: dict[str, float] = {"title_stems": 5.0, "body_stems": 1.0}
"""Fields whose words have lost their English endings, with their boost."""

_STEM, _PREFIX, _NEAR = 0.5, 0.2, {1: 0.5, 2: 0.25}


class Match(Enum):
    """How the text of a clause is compared with the words of a field."""

    TERM = auto()
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


def field_texts(document: Document) -> dict[str, list[str]]:
    """The folded texts of each field. The body may hold any language: what is not English is in `body_words` too."""
    titles = {code: fold(title) for code, title in document.titles.items()}
    body = fold(document.body)
    return {
        "title_words": list(titles.values()),
        "title_stems": [titles["en"]] if "en" in titles else [],
        "label_words": [fold(label) for label in document.labels],
        "body_words": [body],
        "body_stems": [body],
    }


def clauses(wanted: Wanted) -> list[list[Clause]]:
    """For each word of the query the ways in which it may match; at least one must."""
    last = len(wanted.words) - 1
    return [
        list(_clauses_of(word, is_last=place == last, tolerant=wanted.tolerant))
        for place, word in enumerate(wanted.words)
    ]


def _clauses_of(word: str, *, is_last: bool, tolerant: bool) -> Iterator[Clause]:
    stem = stem_of(word)
    for field, boost in WORD_FIELDS.items():
        yield Clause(field=field, text=word, match=Match.TERM, weight=boost)
        if is_last:
            yield Clause(field=field, text=word, match=Match.PREFIX, weight=boost * _PREFIX)
    for field, boost in STEM_FIELDS.items():
        yield Clause(field=field, text=stem, match=Match.TERM, weight=boost * _STEM)
    if tolerant:
        yield from _near(WORD_FIELDS, word, share=1.0)
        yield from _near(STEM_FIELDS, stem, share=_STEM)


def _near(fields: dict[str, float], text: str, *, share: float) -> Iterator[Clause]:
    for field, boost in fields.items():
        for distance in range(1, tolerance(text) + 1):
            weight = boost * _NEAR[distance] * share
            yield Clause(field=field, text=text, match=Match.NEAR, weight=weight, distance=distance)
