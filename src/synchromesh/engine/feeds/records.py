"""What a feed says about courses, whatever its format. Unknown is empty or None, never 0."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from synchromesh.engine.errors import Problem
from synchromesh.engine.vocabulary.money import Money

MODES = ("online", "on-site", "blended", "self-study", "in-company")
Texts: TypeAlias = Mapping[str, str]  # two-letter language code to text; "" where the feed does not say the language
CERTIFICATES = ("none", "attendance", "certificate", "micro-credential", "qualification")
ACCESSIBILITY = (
    "captions", "transcript", "sign-language", "audio-description", "screen-reader", "keyboard", "easy-language",
    "step-free",
)  # fmt: skip
ORIGINS = ("real", "starter", "example")


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
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """What is offered. Keys of `titles` and other texts are their languages, `languages` those the course is taught in.

    Of several titles the first is the course's main one. `minutes` is the workload; texts ending in `_text` are the
    words of the source. `mode` is one of MODES, `certificate` one of CERTIFICATES, or "". ECTS are points of a
    higher-education body. `keywords` are the source's own words for the subject, `licence` the name or address of the
    terms under which the texts may be used, `source_on` the day on which the source last changed or checked the entry.
    `accessibility` are those of ACCESSIBILITY that the source states; `origin`, one of ORIGINS or "", says whether the
    entry is real, a draft that waits to be checked, or invented.
    """

    position: str
    external_id: str
    titles: Texts
    provider: str
    provider_country: str
    record_type: str
    topics: tuple[str, ...]
    summaries: Texts
    descriptions: Texts
    outcomes: Mapping[str, tuple[str, ...]]
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
    provider_url: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    accessibility: tuple[str, ...] = ()
    origin: str = ""

    @property
    def title(self) -> str:
        """The main title."""
        return next(iter(self.titles.values()), "")

    @property
    def text_language(self) -> str:
        """The language of the main title, "" where the feed does not say it."""
        return next(iter(self.titles), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTerms:
    """What a file of courses says about itself: its title, who publishes it, when it was made, and on what terms.

    `licence` is the address of the terms, `address` that of the file.
    """

    title: str
    publisher: str
    licence: str
    address: str
    made_at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """What the operator of a source says once, because the feed itself does not.

    `columns` maps headings of a table, as the file spells them, to columns of the template ("" leaves a column out);
    `language`, `provider` and `currency` hold where an entry says nothing.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    provider: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An open feed: `format` is the name of the reader, `entries` gives courses and problems in the order of the file.

    Entries are read while one iterates, once. InvalidInput while iterating means that the feed as a whole is no use.
    """

    format: str
    entries: Iterator[CourseRecord | Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFeed:
    """A feed that was read to its end: all courses that could be read and the problems of the others."""

    format: str
    courses: tuple[CourseRecord, ...]
    problems: tuple[Problem, ...] = ()
