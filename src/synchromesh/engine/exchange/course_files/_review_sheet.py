"""The parts of the sheet that a reviewer of a course looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.course_files._document import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReview:
    """An outcome in the source language, the anchors it stands for, and where it is taught and tested."""

    number: int
    text: str
    skills: tuple[tuple[str, int | None], ...]
    units: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReview:
    """A unit: stated and measured minutes, words of a sentence on average by language, what it teaches and asks.

    `missing` maps a language to the number of texts that the unit, its test and its questions lack in it.
    """

    key: str
    kind: str
    titles: Texts
    minutes: int
    measured: float
    sentence_words: Mapping[str, float]
    outcomes: tuple[int, ...]
    questions: int
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReview:
    """A question of the bank: which outcomes it tests, and the units whose tests may ask it."""

    key: str
    kind: str
    prompts: Texts
    outcomes: tuple[int, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPhrase:
    """Words that say nothing, where they stand."""

    unit: str
    language: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UncheckedSource:
    """A source with which nobody has compared the text, and the sentences that rest on it."""

    unit: str
    titles: Texts
    key: str
    title: str
    url: str
    date: str
    note: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReview:
    """The whole sheet. `minutes` are stated by the offer, None where it states none."""

    slug: str
    titles: Texts
    source_language: str
    languages: tuple[str, ...]
    minutes: int | None
    outcomes: tuple[OutcomeReview, ...]
    units: tuple[UnitReview, ...]
    questions: tuple[QuestionReview, ...]
    phrases: tuple[StockPhrase, ...]
    unchecked: tuple[UncheckedSource, ...]
    gaps: tuple[Problem, ...] = ()

    @property
    def unit_minutes(self) -> int:
        """The stated minutes of all units together."""
        return sum(unit.minutes for unit in self.units)

    @property
    def measured(self) -> float:
        """The measured minutes of all units together."""
        return sum(unit.measured for unit in self.units)
