"""Synthetic courses and the questions put to them: titles and texts are labels of ESCO, all else is drawn from a seed.

A course is in one language. Its title is a label, its text two further ones. A question has 1 to 3 words of one label,
so that frequent words are asked for often, and a choice in three filters.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.catalogue.topics import read_topics

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import words_of
from synchromesh.search.contract import Document

LANGUAGES = {"en": 45, "de": 25, "fr": 12, "nl": 10, "sv": 8}
"""The languages of courses, with their share in percent."""

FILTERS: dict[str, tuple[str, ...]] = {
    "language": tuple(LANGUAGES),
    "mode": ("online", "presence", "blended", "unknown"),
    "price": ("free", "paid", "unknown"),
    "level": ("1", "2", "3"),
    "certificate": ("yes", "no", "unknown"),
    "country": ("DE", "AT", "FR", "NL", "SE", "PL", "CZ", "IT", "ES", "BE"),
    "field": tuple(f"field-{number}" for number in range(20)),
    "provider": tuple(f"provider-{number}" for number in range(300)),
    "link": ("fine", "broken", "none"),
    "origin": ("real", "sample"),
}
CHOSEN = ("language", "mode", "price")
COUNTED = ("language", "mode", "price", "level")
_SEED = 20_26


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Words of a query, and the value chosen of each filter of `CHOSEN`."""

    words: tuple[str, ...]
    language: str
    chosen: dict[str, str]


def read_labels(folder: Path) -> dict[str, list[str]]:
    """The labels of ESCO by language; `folder` is `data/esco`."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for half in (0, 1):
        for topic in read_topics(folder, half=half):
            for language, name in topic.names.items():
                if language in LANGUAGES:
                    labels[language].append(name)
    return dict(labels)


def make_courses(labels: dict[str, list[str]], number: int) -> Iterator[Document]:
    """So many courses; always the same ones, and the first of more are the same as fewer."""
    draw = random.Random(_SEED)
    languages = draw.choices(list(LANGUAGES), weights=list(LANGUAGES.values()), k=1000)
    for place in range(number):
        language = draw.choice(languages)
        known = labels[language]
        title, one, two = (known[int(draw.random() * len(known))] for _ in range(3))
        filters = {name: (draw.choice(values),) for name, values in FILTERS.items() if name != "language"}
        start = 20_500 + int(draw.random() * 600)
        yield Document(
            kind="course",
            uid=f"{place:08x}",
            slug=f"{place:08x}-{title[:20]}",
            titles={language: title},
            texts={language: f"{one}. {two}."},
            languages=(language,),
            filters=filters,
            numbers={"start": start, "until": start + 30, "price": int(draw.random() * 2000) * 100, "minutes": 600},
        )


def make_questions(labels: dict[str, list[str]], number: int) -> list[Question]:
    """So many questions."""
    draw = random.Random(_SEED + 1)
    questions: list[Question] = []
    while len(questions) < number:
        language = draw.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
        words = list(dict.fromkeys(words_of(fold(draw.choice(labels[language])))))
        size = min(draw.choice((1, 2, 3)), len(words))
        chosen = {name: draw.choice(FILTERS[name]) for name in CHOSEN} | {"language": language}
        questions.append(Question(words=tuple(draw.sample(words, size)), language=language, chosen=chosen))
    return questions
