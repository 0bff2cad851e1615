"""What a course file says: the offer, the outline with its contents, the tests, the questions and the files shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from synchromesh.engine.errors import Problem

Texts: TypeAlias = Mapping[str, str]
"""Language code to text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTaught:
    """The course takes a person from `entry` (0 to 2, None where none is stated) to `level` (1 to 3) in a skill.

    `quote` are words of the course itself that say so; "" where none are named.
    """

    skill: str
    level: int
    entry: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What the catalogue says of the course. `minutes` is the workload; None and "" mean unknown."""

    slug: str
    titles: Texts
    summaries: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    skills: tuple[SkillTaught, ...] = ()
    licence: str = ""
    keywords: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    mode: str = ""
    certificate: str = ""
    price_cents: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """One step of the course. `content` has the shape of its kind; `instrument` is a key of the file or ""."""

    key: str
    kind: str
    titles: Texts
    minutes: int = 5
    is_required: bool = True
    must_pass: bool = False
    content: Mapping[str, Any] = field(default_factory=dict)
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord:
    """A part of the course with its units in order."""

    key: str
    titles: Texts
    units: tuple[UnitRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """A pool of questions, by key, of which `count` are drawn."""

    questions: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRecord:
    """A test, quiz, assignment or questionnaire; empty limits are None."""

    key: str
    purpose: str
    titles: Texts
    introductions: Texts = field(default_factory=dict)
    minutes: int | None = None
    attempts_allowed: int | None = None
    attempt_rule: str = "best"
    pass_percent: int | None = None
    shuffle_questions: bool = False
    shuffle_choices: bool = True
    feedback: str = "after-end"
    parts: tuple[PartRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecord:
    """Where an outcome of the course is taught and tested: keys of units and of questions of the bank.

    `outcome` is its position in the outcomes of the source language, from 1. `skill` and `level` (1 to 3) say which
    anchor of the framework it stands for; "" and None where it stands for none.
    """

    outcome: int
    skill: str = ""
    level: int | None = None
    units: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDocument:
    """A whole course. `questions` are documents as `vocabulary.question_documents` writes them, `media` files by name.

    `problems` are what was wrong in a file that was read; a document with problems is no base for an import.
    """

    course: CourseFacts
    source_language: str
    languages: tuple[str, ...]
    note: str = ""
    attendance_percent: int | None = None
    issues_credential: bool = False
    sections: tuple[SectionRecord, ...] = ()
    coverage: tuple[CoverageRecord, ...] = ()
    instruments: tuple[InstrumentRecord, ...] = ()
    questions: tuple[Mapping[str, Any], ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def units(self) -> Iterator[UnitRecord]:
        """All units in their order."""
        return (unit for section in self.sections for unit in section.units)
