"""What a feed says about courses, whatever its format. Unknown is empty or None, never 0."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.money import Money

MODES = ("online", "on-site", "blended", "self-study", "in-company")
CERTIFICATES = ("none", "attendance", "certificate", "micro-credential", "qualification")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLinkRecord:
    """A course takes a person from `entry` (0 to 2, None where none is stated) to `level` (1 to 3) in a skill.

    `skill` is the slug or address of the skill, without spaces; `quote` the words of the source, "" for no text seen.
    """

    skill: str
    entry: int | None
    level: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One occurrence of a course; `dates_text` are the words of the source, `seats` a number of people."""

    position: str
    external_id: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    dates_text: str
    country: str
    nuts: str
    place: str
    language: str
    mode: str
    deadline_on: datetime.date | None
    seats: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """What is offered. `text_language` is the language these texts are in, `languages` those the course is taught in.

    `minutes` is the workload; texts ending in `_text` are the words of the source. `mode` is one of MODES,
    `certificate` one of CERTIFICATES, or "". ECTS are points of a higher-education body.
    """

    position: str
    external_id: str
    title: str
    text_language: str
    provider: str
    provider_country: str
    record_type: str
    topics: tuple[str, ...]
    summary: str
    description: str
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    subtitles: tuple[str, ...]
    mode: str
    minutes: int | None
    workload_text: str
    price: Money | None
    price_text: str
    certificate: str
    eqf_min: int | None
    eqf_max: int | None
    eqf_text: str
    ects: Decimal | None
    url: str
    skills: tuple[SkillLinkRecord, ...]
    runs: tuple[RunRecord, ...]
    source: str
    source_url: str
    source_on: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """All courses that could be read and the problems of the others; `format` is the name of the reader."""

    format: str
    courses: tuple[CourseRecord, ...]
    problems: tuple[Problem, ...] = ()
